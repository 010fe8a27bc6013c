package dev.planwright.sync;

import dev.planwright.backend.Intent;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Creates that may still come to light: one whose answer was lost, one that was answered and is not
 * shown yet, and what a former leader may have sent in its last moment. A second one would be a
 * second object, such as a minimum commitment billed twice, so nothing is created before the first
 * cannot come any more; and a deletion that finds nothing is not done before that, since what came
 * later would have nobody who takes it away.
 */
final class LateCreates {
  /** A call's longest default time, and some more for a request that waits in a proxy. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final String LATE = "late: ";
  private static final String LATE_INTENT = LATE + "intent: ";
  private static final String UNSEEN = "unseen: ";

  private LateCreates() {}

  /** Notes a create that was not answered: it may land even after a second one was. */
  static Memory.Journal unanswered(Memory.Journal journal, Step step, InstantSource clock) {
    return switch (step.kind()) {
      case CREATE -> journal.with(List.of(note(LATE_INTENT + step.intent(), clock)));
      case KEYED_CREATE, CHILD_CREATE -> journal.with(List.of(note(LATE + step.title(), clock)));
      case WRITE, PUBLISH, ARCHIVE, DELETE -> journal;
    };
  }

  /** Notes a plan or price that was made: until it was read back, reads may lag behind it. */
  static Memory.Journal answered(Memory.Journal journal, Step step, InstantSource clock) {
    return switch (step.kind()) {
      case CREATE, KEYED_CREATE -> journal.with(List.of(note(UNSEEN + step.title(), clock)));
      case CHILD_CREATE, WRITE, PUBLISH, ARCHIVE, DELETE -> journal;
    };
  }

  private static Intent note(String what, InstantSource clock) {
    return new Intent(what, clock.instant(), "", "");
  }

  /** What is still open when everything was read back: of two tries, the first may yet land. */
  static Memory.Journal afterReadBack(Memory.Journal journal, Instant now) {
    return new Memory.Journal(
        journal.intents().stream()
            .filter(intent -> intent.what().startsWith(LATE))
            .filter(intent -> now.isBefore(latest(intent)))
            .toList(),
        Optional.empty());
  }

  /** How long what is open may still land; empty when nothing is. */
  static Optional<Duration> left(Memory.Journal journal, Instant now) {
    return journal.intents().stream()
        .map(intent -> Duration.between(now, latest(intent)))
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  /**
   * How long before the absence of what was never confirmed is believed: at the second of two
   * complete looks, when whatever was sent has had its time to land and to come to be shown.
   */
  static Optional<Duration> unbelieved(Memory.Journal journal, Instant now) {
    Instant first = journal.lookedAt().orElse(now);
    Instant since =
        journal.intents().stream()
            .map(Intent::attempted)
            .filter(first::isBefore)
            .max(Comparator.naturalOrder())
            .orElse(first);
    return Optional.of(Duration.between(now, since.plus(LONGEST))).filter(Duration::isPositive);
  }

  /** The plan was seen: an earlier look that missed it counts no more, but for what is sought. */
  static Memory.Journal found(Memory.Journal journal) {
    return sought(journal).isEmpty()
        ? new Memory.Journal(journal.intents(), Optional.empty())
        : journal;
  }

  /** The intents that a provider has to look for: not our own notes. */
  static List<Intent> sought(Memory.Journal journal) {
    return journal.intents().stream()
        .filter(intent -> !intent.what().startsWith(LATE) && !intent.what().startsWith(UNSEEN))
        .toList();
  }

  /**
   * The same for a deletion, with the tries that came before one that was answered: where only an
   * intent tells what is ours, what lands late would be a stranger's without it.
   */
  static List<Intent> soughtForRemoval(Memory.Journal journal) {
    return Stream.concat(
            sought(journal).stream(),
            journal.intents().stream()
                .filter(intent -> intent.what().startsWith(LATE_INTENT))
                .map(
                    late ->
                        new Intent(
                            late.what().substring(LATE_INTENT.length()), late.attempted(), "", "")))
        .toList();
  }

  private static Instant latest(Intent intent) {
    return intent.attempted().plus(LONGEST);
  }

  /** Why these steps have to wait, and how long; empty to go on. */
  static Optional<Outcome> hold(
      Memory.Journal journal, List<Step> steps, StatusStore store, Instant now) {
    if (steps.stream().noneMatch(LateCreates::mayDouble)) {
      return Optional.empty();
    }
    Stream<Intent> late =
        steps.stream()
            // Of the others, the provider looks for what may have come before it plans another.
            .filter(step -> step.kind() == Step.Kind.CHILD_CREATE)
            .flatMap(step -> journal.intent(LATE + step.title()).stream());
    return wait("nothing is created before that which could be there twice", late, store, now);
  }

  /**
   * Why nothing is taken away yet: what a former operator sent may land after it, and nothing that
   * is left then leads to it.
   */
  static Optional<Outcome> holdRemoval(StatusStore store, Instant now) {
    return wait("nothing is taken away before that", Stream.empty(), store, now);
  }

  /**
   * Why a deletion that finds nothing has to look again: what was sent may still land, and then
   * nobody would be left to take it away. Holds even after something was taken away, since it need
   * not have been what was sent last.
   */
  static Optional<Outcome> holdDeletion(Memory.Journal journal, StatusStore store, Instant now) {
    return wait(
        "nothing is there, which is looked at again then", journal.intents().stream(), store, now);
  }

  private static Optional<Outcome> wait(
      String what, Stream<Intent> late, StatusStore store, Instant now) {
    Optional<Instant> former = store.holdCreates().filter(now::isBefore);
    Optional<Instant> own =
        late.map(LateCreates::latest).filter(now::isBefore).max(Comparator.naturalOrder());
    return former
        .map(until -> wait("a create of a former operator may still land", what, until, now))
        .or(
            () ->
                own.map(
                    until ->
                        wait(
                            "a create of ours may still land or come to be shown",
                            what,
                            until,
                            now)));
  }

  private static boolean mayDouble(Step step) {
    return switch (step.kind()) {
      case CREATE, CHILD_CREATE -> true;
      case KEYED_CREATE, WRITE, PUBLISH, ARCHIVE, DELETE -> false;
    };
  }

  private static Outcome wait(String why, String what, Instant until, Instant now) {
    // To the second, and none too early: it is read by people, and the same at every look.
    Instant said = until.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    return new Outcome.Unfinished(
        Reason.PROGRESSING,
        "%s until %s: %s".formatted(why, said, what),
        Optional.of(Duration.between(now, until)));
  }
}
