package dev.planwright.sync;

import dev.planwright.backend.Intent;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Creates that may still land: one whose answer was lost, and what a former leader may have sent in
 * its last moment. A second one would be a second object, such as a minimum commitment billed
 * twice, so nothing is created before the first cannot come any more.
 */
final class LateCreates {
  /** A call's longest default time, and some more for a request that waits in a proxy. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final String LATE = "late: ";

  private LateCreates() {}

  /** Notes a create that was not answered and that no journal entry was written for before. */
  static Intent note(Step step, InstantSource clock) {
    return new Intent(LATE + step.title(), clock.instant(), "", "");
  }

  /** Why these steps have to wait, and how long; empty to go on. */
  static Optional<Outcome> hold(
      Memory.Journal journal, List<Step> steps, StatusStore store, Instant now) {
    if (steps.stream().noneMatch(LateCreates::mayDouble)) {
      return Optional.empty();
    }
    Optional<Duration> former = store.holdCreates();
    if (former.isPresent()) {
      return wait("a former operator may have a create on its way", former.get());
    }
    List<Intent> late =
        steps.stream()
            .filter(LateCreates::mayDouble)
            .flatMap(step -> journal.intent(LATE + step.title()).stream())
            .toList();
    return wait(late, now);
  }

  /** Why a deletion that finds nothing has to look again: what was sent may still land. */
  static Optional<Outcome> holdDeletion(Memory.Journal journal, Instant now) {
    return wait(
        journal.intents().stream().filter(intent -> intent.what().startsWith(LATE)).toList(), now);
  }

  private static Optional<Outcome> wait(List<Intent> late, Instant now) {
    return late.stream()
        .map(intent -> Duration.between(now, intent.attempted().plus(LONGEST)))
        .filter(Duration::isPositive)
        .max(Duration::compareTo)
        .flatMap(left -> wait("a create that was not answered may still land", left));
  }

  private static boolean mayDouble(Step step) {
    return switch (step.kind()) {
      case CREATE, CHILD_CREATE -> true;
      case KEYED_CREATE, WRITE, PUBLISH, ARCHIVE, DELETE -> false;
    };
  }

  private static Optional<Outcome> wait(String why, Duration left) {
    return Optional.of(
        new Outcome.Unfinished(
            Reason.PROGRESSING, why + "; this waits until that is over", Optional.of(left)));
  }
}
