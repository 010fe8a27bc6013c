package dev.planwright.backend.bxb;

import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What hangs beside a plan: commitment, thresholds, entitlements, tax. None of them bears a key of
 * ours, so they are listed before they are written. bxb refuses a second entitlement to a feature
 * and a second application of a tax; commitments and thresholds it takes twice, so those are
 * journaled, see {@link Landing}.
 */
final class BxbChildren {
  private final Wanted wanted;
  private final BxbWorld world;
  private final BxbSettings settings;
  private final boolean freshPlan;
  private final ChildFields fields;

  private final List<Step> creates = new ArrayList<>();
  private final List<Step> deletes = new ArrayList<>();
  private final TreeSet<String> notOurs = new TreeSet<>();

  /**
   * Compares what is wanted with the world.
   *
   * @param freshPlan whether the plan is created in the same round, so that its id comes later
   */
  BxbChildren(Wanted wanted, BxbWorld world, BxbSettings settings, boolean freshPlan) {
    this.wanted = wanted;
    this.world = world;
    this.settings = settings;
    this.freshPlan = freshPlan;
    this.fields = new ChildFields(wanted, world, settings);
    commitments(world.plan().map(BxbPlan::commitments).orElse(List.of()));
    thresholds(world.plan().map(BxbPlan::thresholds).orElse(List.of()));
    entitlements(world.plan().map(BxbPlan::entitlements).orElse(List.of()));
    taxes(world.plan().map(BxbPlan::taxes).orElse(List.of()));
  }

  /** Adds the steps: what is missing first, so that a subscriber is never without. */
  void addAll(List<Step> steps) {
    steps.addAll(creates);
    steps.addAll(deletes);
  }

  /** Hashes of what somebody else made: it stays, and our mark remembers it. */
  Set<String> notOurs() {
    return notOurs;
  }

  /** The name under which a part of a plan is remembered as ours or as not ours. */
  static String hash(String id) {
    return Hash.of(id, 12);
  }

  private void commitments(List<BxbPlan.Commitment> remote) {
    List<BxbPlan.Commitment> left = new ArrayList<>(remote);
    wanted.commitment().ifPresent(cents -> commitment(left, cents));
    for (BxbPlan.Commitment it : left) {
      String amount = fields.major(it.amountCents());
      String was = it.type().equals(BxbPlan.MINIMUM) ? amount : it.type() + " " + amount;
      drop(
          it.id(),
          BxbStep.CHANGE_COMMITMENT,
          "remove a minimum commitment",
          List.of(new FieldChange(fields.commitment(), was, "")),
          BxbCalls.deleteCommitment(it.id()));
    }
  }

  /** Takes the one that is or becomes the commitment wanted out of those that are there. */
  private void commitment(List<BxbPlan.Commitment> left, BigDecimal cents) {
    String field = fields.commitment();
    Optional<BxbPlan.Commitment> same =
        left.stream()
            .filter(it -> it.type().equals(BxbPlan.MINIMUM))
            .filter(it -> Decimals.same(it.amountCents(), cents))
            .findFirst();
    Optional<BxbPlan.Commitment> other =
        left.stream()
            .filter(it -> it.type().equals(BxbPlan.MINIMUM))
            .min(Comparator.comparing(it -> !world.isOurs(hash(it.id()))));
    if (same.isPresent()) {
      left.remove(same.get());
    } else if (other.isPresent()) {
      left.remove(other.get());
      write(
          BxbStep.CHANGE_COMMITMENT,
          "change the minimum commitment of plan " + wanted.code(),
          new FieldChange(field, fields.major(other.get().amountCents()), fields.major(cents)),
          BxbCalls.updateCommitment(other.get().id(), cents));
    } else {
      createJournaled(
          Landing.COMMITMENT,
          BxbStep.CHANGE_COMMITMENT,
          "create the minimum commitment",
          List.of(new FieldChange(field, "", fields.major(cents))),
          BxbCalls.createCommitment(wanted.code(), cents));
    }
  }

  private void thresholds(List<BxbPlan.Threshold> remote) {
    List<BxbPlan.Threshold> left = new ArrayList<>(remote);
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, BxbPlan.Threshold> lacking = new LinkedHashMap<>();
    for (BxbPlan.Threshold threshold : wanted.thresholds()) {
      int number = numbers.merge(threshold.content(), 1, Integer::sum);
      if (take(left, it -> it.content().equals(threshold.content())).isEmpty()) {
        lacking.put(Landing.threshold(threshold, number), threshold);
      }
    }
    lacking.forEach((intent, threshold) -> threshold(intent, threshold, left));
    left.forEach(it -> drop(it, fields.removed(it)));
  }

  /** One of ours at the same amount gives way to it, which is one change and two calls. */
  private void threshold(String intent, BxbPlan.Threshold threshold, List<BxbPlan.Threshold> left) {
    Optional<BxbPlan.Threshold> before =
        take(
            left,
            it ->
                world.isOurs(hash(it.id()))
                    && it.currency().equals(threshold.currency())
                    && Decimals.same(it.amountCents(), threshold.amountCents()));
    List<FieldChange> changes =
        before.map(it -> fields.changed(it, threshold)).orElseGet(() -> fields.added(threshold));
    createJournaled(
        intent,
        BxbStep.CHANGE_THRESHOLD,
        "create usage threshold " + shown(threshold),
        changes,
        BxbCalls.createThreshold(wanted.code(), threshold));
    before.ifPresent(it -> drop(it, changes));
  }

  private void drop(BxbPlan.Threshold threshold, List<FieldChange> changes) {
    drop(
        threshold.id(),
        BxbStep.CHANGE_THRESHOLD,
        "remove usage threshold " + shown(threshold),
        changes,
        BxbCalls.deleteThreshold(threshold.id()));
  }

  private void entitlements(List<BxbPlan.Granted> remote) {
    Map<String, BxbPlan.Granted> byFeature = new LinkedHashMap<>();
    remote.forEach(it -> byFeature.put(it.featureId(), it));
    new TreeMap<>(wanted.grants())
        .forEach(
            (featureId, grant) -> {
              String feature = grant.entitlement().feature();
              String field = ChildFields.entitlement(grant.entitlement());
              BxbPlan.Granted before = byFeature.remove(featureId);
              if (before == null) {
                create(
                    BxbStep.CHANGE_ENTITLEMENT,
                    "grant " + feature,
                    new FieldChange(field, "", grant.value()),
                    planId -> BxbCalls.createEntitlement(planId, featureId, grant.value()));
              } else if (!before.value().equals(grant.value())) {
                write(
                    BxbStep.CHANGE_ENTITLEMENT,
                    "change what plan " + wanted.code() + " grants of " + feature,
                    new FieldChange(field, before.value(), grant.value()),
                    BxbCalls.updateEntitlement(before.id(), grant.value()));
              }
            });
    for (BxbPlan.Granted it : byFeature.values()) {
      String feature = settings.featureWord(world.directory(), it.featureId());
      dropOrAsk(
          it.id(),
          "entitlement " + feature + " (" + it.value() + ")",
          BxbStep.CHANGE_ENTITLEMENT,
          "no longer grant " + feature,
          new FieldChange(fields.entitlement(it), it.value(), ""),
          BxbCalls.deleteEntitlement(it.id()));
    }
  }

  private void taxes(List<BxbPlan.AppliedTax> remote) {
    List<BxbPlan.AppliedTax> left = new ArrayList<>(remote);
    wanted
        .tax()
        .ifPresent(
            tax -> {
              if (take(left, it -> it.taxId().equals(tax.id())).isEmpty()) {
                create(
                    BxbStep.CHANGE_TAX,
                    "apply tax " + tax.code(),
                    new FieldChange("tax.code", "", tax.code()),
                    planId -> BxbCalls.applyTax(planId, tax.code()));
              }
            });
    for (BxbPlan.AppliedTax it : left) {
      dropOrAsk(
          it.id(),
          "tax " + it.taxId(),
          BxbStep.CHANGE_TAX,
          "remove tax " + it.taxId(),
          new FieldChange("tax.code", it.taxId(), ""),
          BxbCalls.removeTax(it.id()));
    }
  }

  /** A create that bxb answers with 409 when it is there already. */
  private void create(
      BxbStep step, String title, FieldChange change, Function<String, ApiRequest> request) {
    Optional<String> known = world.plan().map(BxbPlan::id);
    creates.add(
        Step.of(
                Step.Kind.CHILD_CREATE,
                title + " of plan " + wanted.code(),
                sending ->
                    request.apply(known.orElseGet(() -> sending.handles().require(Handles.PLAN))))
            .changes(List.of(change))
            .affects(affects(step))
            .learn(
                (handles, answer) ->
                    settings.marks()
                        ? handles
                        : BxbCalls.withId(
                            answer.body(),
                            id -> Recollection.made(handles, List.of(hash(id))),
                            handles))
            // Somebody made the same entitlement in between; the next look compares its value.
            .alsoDone(409)
            .build());
  }

  /** A create that makes a second one when it is sent twice. */
  private void createJournaled(
      String intent, BxbStep step, String title, List<FieldChange> changes, ApiRequest request) {
    creates.add(
        Step.of(Step.Kind.CREATE, title + " of plan " + wanted.code(), sending -> request)
            .intent(intent)
            .changes(changes)
            .affects(affects(step))
            .build());
  }

  private void write(BxbStep step, String title, FieldChange change, ApiRequest request) {
    creates.add(
        Step.of(Step.Kind.WRITE, title, sending -> request)
            .changes(List.of(change))
            .affects(step.affects())
            .build());
  }

  /**
   * Takes away what is ours. Without a mark a commitment or threshold never is: {@link BxbCheck}
   * refuses a manifest that names one.
   */
  private void drop(
      String id, BxbStep step, String title, List<FieldChange> changes, ApiRequest request) {
    if (world.isOurs(hash(id))) {
      deletes.add(removal(step, title, changes, request).build());
    } else {
      notOurs.add(hash(id));
    }
  }

  /** The same; where nobody can tell whose it is, the step is there to be blocked and said. */
  private void dropOrAsk(
      String id, String what, BxbStep step, String title, FieldChange change, ApiRequest request) {
    switch (world.origin(hash(id))) {
      case OURS -> deletes.add(removal(step, title, List.of(change), request).build());
      case NOT_OURS -> notOurs.add(hash(id));
      case UNKNOWN ->
          deletes.add(removal(step, title, List.of(change), request).erases(List.of(what)).build());
    }
  }

  private Step.Builder removal(
      BxbStep step, String title, List<FieldChange> changes, ApiRequest request) {
    return Step.of(Step.Kind.DELETE, title + " of plan " + wanted.code(), sending -> request)
        .changes(changes)
        .affects(step.affects())
        .removes()
        .alsoDone(404);
  }

  private Affects affects(BxbStep step) {
    return (freshPlan ? BxbStep.COMPLETE_NEW_PLAN : step).affects();
  }

  private static <T> Optional<T> take(List<T> from, Predicate<T> wanted) {
    Optional<T> found = from.stream().filter(wanted).findFirst();
    found.ifPresent(from::remove);
    return found;
  }

  private String shown(BxbPlan.Threshold threshold) {
    return fields.major(threshold.amountCents())
        + " "
        + threshold.currency()
        + (threshold.recurring() ? " recurring" : "")
        + (threshold.displayName().isEmpty() ? "" : " \"" + threshold.displayName() + "\"");
  }
}
