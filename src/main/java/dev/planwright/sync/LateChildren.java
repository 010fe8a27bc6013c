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
final class LateChildren {
  /** A call's longest default time, and some more for a request that waits in a proxy. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final String CHILD = "child: ";

  private LateChildren() {}

  /** Notes a child whose create was not answered. */
  static Intent note(Step step, InstantSource clock) {
    return new Intent(CHILD + step.title(), clock.instant(), "", "");
  }

  /** Why these steps have to wait, and how long; empty to go on. */
  static Optional<Outcome> hold(
      Memory.Journal journal, List<Step> steps, StatusStore store, Instant now) {
    if (steps.stream().noneMatch(LateChildren::mayDouble)) {
      return Optional.empty();
    }
    Optional<Duration> former = store.holdCreates();
    if (former.isPresent()) {
      return wait("a former operator may have a create on its way", former.get());
    }
    return steps.stream()
        .flatMap(step -> journal.intent(CHILD + step.title()).stream())
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
            Reason.PROGRESSING,
            why + "; nothing is created before that is over",
            Optional.of(left)));
  }
}
