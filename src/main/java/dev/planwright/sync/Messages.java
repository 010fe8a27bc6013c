package dev.planwright.sync;

import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Step;
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

  /** What was done: {@code change price team-monthly: amount 49 -> 59, new subscribers only}. */
  static String done(List<Step> steps) {
    return list(steps.stream().map(Messages::one).distinct().toList());
  }

  private static String one(Step step) {
    String changes =
        step.changes().stream()
            .limit(SHOWN)
            .map(FieldChange::toString)
            .collect(Collectors.joining(", "));
    String whom =
        step.affects() == Affects.NEW_SUBSCRIBERS
            ? ", new subscribers only"
            : step.affects() == Affects.EXISTING_SUBSCRIBERS ? ", existing subscribers too" : "";
    return step.title() + (changes.isEmpty() ? "" : ": " + changes) + whom;
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
}
