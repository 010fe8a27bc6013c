package dev.planwright.sync;

import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Reason;
import java.util.List;
import java.util.stream.Collectors;

/** Sentences for people, bounded so that they fit into conditions and events. */
final class Messages {
  private static final int SHOWN = 8;

  private Messages() {}

  /** What would change, field by field. */
  static String fields(List<Step> steps) {
    List<String> all =
        steps.stream()
            .flatMap(
                step ->
                    step.changes().isEmpty()
                        ? java.util.stream.Stream.of(step.title())
                        : step.changes().stream().map(FieldChange::toString))
            .distinct()
            .toList();
    return list(all);
  }

  /** What was done: {@code price team-monthly: amount 49 -> 59 USD, new subscribers only}. */
  static String done(List<Step> steps, CatalogPlan plan) {
    return list(steps.stream().map(step -> one(step, plan)).distinct().toList());
  }

  private static String one(Step step, CatalogPlan plan) {
    boolean creates =
        switch (step.kind()) {
          case CREATE, KEYED_CREATE, CHILD_CREATE -> true;
          case WRITE, PUBLISH, ARCHIVE, DELETE -> false;
        };
    String whom =
        switch (step.affects()) {
          case NOBODY -> "";
          case NEW_SUBSCRIBERS -> creates ? "" : ", new subscribers only";
          case EXISTING_SUBSCRIBERS -> ", existing subscribers too";
        };
    if (creates || step.changes().isEmpty()) {
      return step.title() + whom;
    }
    String changes =
        step.changes().stream()
            .limit(SHOWN)
            .map(change -> change(change, plan))
            .collect(Collectors.joining(", "));
    int more = step.changes().size() - SHOWN;
    return changes + (more > 0 ? " and " + more + " more" : "") + whom;
  }

  /** A price's field is said with the price's name before it, and its amount with the currency. */
  private static String change(FieldChange change, CatalogPlan plan) {
    String[] path = change.field().split("\\.", 3);
    if (path.length < 3 || !path[0].equals("prices")) {
      return change.toString();
    }
    String currency =
        plan.prices().stream()
            .filter(price -> price.name().equals(path[1]) && path[2].equals("amount"))
            .map(price -> " " + price.currency())
            .findFirst()
            .orElse("");
    return "price "
        + path[1]
        + ": "
        + new FieldChange(path[2], change.from(), change.to())
        + currency;
  }

  /**
   * What to do about an object that is gone.
   *
   * @param wasSynced whether it was there as wanted once
   * @param isKnownByIdOnly whether the id is kept in an annotation
   * @param hash what the approve annotation has to name; {@code ""} where nothing can be approved
   */
  static String gone(
      CatalogPlan plan, String id, boolean wasSynced, boolean isKnownByIdOnly, String hash) {
    String annotate =
        "kubectl annotate bplan %s -n %s --overwrite ".formatted(plan.name(), plan.namespace());
    StringBuilder text =
        new StringBuilder(
            wasSynced
                ? id + " was there and is gone; " + Reason.REMOTE_MISSING.whatToDo()
                : id
                    + " is not on the account, and was never confirmed there: it may have been"
                    + " removed, or be the id of another account");
    if (!hash.isEmpty()) {
      text.append("; to have this Plan alone made anew, once: ")
          .append(annotate)
          .append("planwright.dev/approve=")
          .append(hash);
    }
    if (isKnownByIdOnly) {
      text.append("; if it is there under another id: ")
          .append(annotate)
          .append("planwright.dev/external-id=<that id>");
    }
    return text.toString();
  }

  /**
   * What to do about objects that may be this plan.
   *
   * @param hash what the approve annotation has to name; {@code ""} where nothing can be approved
   */
  static String alike(CatalogPlan plan, List<String> ids, String hash) {
    String annotate =
        "kubectl annotate bplan %s -n %s --overwrite ".formatted(plan.name(), plan.namespace());
    String all = list(ids);
    return "%s was made from here, is held by no Plan, and says what this one says but for its name, or once bore its name; if it is this one's: %splanwright.dev/external-id=%s"
            .formatted(all, annotate, ids.size() == 1 ? ids.getFirst() : "<its id>")
        + (hash.isEmpty()
            ? ""
            : "; to have another one made beside it, once: "
                + annotate
                + "planwright.dev/approve="
                + hash);
  }

  /** What the account lacks. */
  static String missing(List<Observation.MissingReference> missing, String backend) {
    return list(
            missing.stream()
                .map(
                    reference ->
                        "%s \"%s\" (%s%s) does not exist on the account"
                            .formatted(
                                reference.kind(),
                                reference.word(),
                                reference.field(),
                                reference.lookedFor().equals(reference.word())
                                    ? ""
                                    : ", looked for as " + reference.lookedFor()))
                .distinct()
                .toList())
        + "; create it there, or set spec.aliases of BillingBackend "
        + backend;
  }

  private static String list(List<String> all) {
    String shown = all.stream().limit(SHOWN).collect(Collectors.joining("; "));
    return all.size() <= SHOWN ? shown : shown + "; and " + (all.size() - SHOWN) + " more";
  }

  /** What kind of news it is that these were done. */
  static SyncEvent.Type type(List<Step> done, boolean isNew, boolean adopting, boolean reverting) {
    if (reverting) {
      return SyncEvent.Type.DRIFT_REVERTED;
    }
    if (adopting) {
      return SyncEvent.Type.ADOPTED;
    }
    if (done.stream().anyMatch(step -> step.kind() == Step.Kind.ARCHIVE)) {
      return SyncEvent.Type.ARCHIVED;
    }
    return isNew ? SyncEvent.Type.CREATED : SyncEvent.Type.UPDATED;
  }
}
