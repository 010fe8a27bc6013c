package dev.planwright.sync;

import static dev.planwright.sync.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import dev.planwright.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateCreatesTest {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final Step COMMITMENT =
      step(Step.Kind.CHILD_CREATE, "add commitment", Affects.EXISTING_SUBSCRIBERS);
  private static final Step THRESHOLD =
      step(Step.Kind.CHILD_CREATE, "add threshold", Affects.EXISTING_SUBSCRIBERS);

  private final VirtualClock clock = new VirtualClock();
  private final Instant sent = clock.instant();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "CREATE, true",
    "CHILD_CREATE, true",
    "KEYED_CREATE, false",
    "WRITE, false",
    "PUBLISH, false",
    "ARCHIVE, false",
    "DELETE, false"
  })
  void onlyWhatDoneTwiceMakesTwoWaits(Step.Kind kind, boolean waits) {
    Step step = step(kind, "do it", Affects.NOBODY);
    Memory.Journal late = journal(LateCreates.note(step, clock));

    assertThat(hold(Memory.Journal.CLOSED, former(7), step).isPresent())
        .as("a former leader may have sent one")
        .isEqualTo(waits);
    assertThat(hold(late, former(0), step).isPresent())
        .as("one of ours was not answered")
        .isEqualTo(waits);
  }

  @Test
  void whatAFormerOperatorMayHaveSentIsWaitedFor() {
    assertThat(hold(Memory.Journal.CLOSED, former(7), COMMITMENT))
        .contains(
            new Outcome.Unfinished(
                Reason.PROGRESSING,
                "a former operator may have a create on its way; this waits until that is over",
                Optional.of(Duration.ofSeconds(7))));
    assertThat(hold(Memory.Journal.CLOSED, former(0), COMMITMENT)).isEmpty();
  }

  @Test
  void oneOfManyStepsIsEnoughToWait() {
    Step write = step(Step.Kind.WRITE, "change the name", Affects.NOBODY);

    assertThat(hold(journal(LateCreates.note(COMMITMENT, clock)), former(0), write, COMMITMENT))
        .isPresent();
  }

  @Test
  void aCreateThatWasNotAnsweredIsRepeatedOnceItCannotLandAnyMore() {
    Memory.Journal journal = journal(LateCreates.note(COMMITMENT, clock));

    assertThat(left(hold(journal, former(0), COMMITMENT))).contains(LONGEST);
    clock.advance(LONGEST.minusMillis(1));
    assertThat(left(hold(journal, former(0), COMMITMENT))).contains(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(hold(journal, former(0), COMMITMENT)).isEmpty();
  }

  @Test
  void anotherCreateIsNotWaitedFor() {
    Memory.Journal journal = journal(LateCreates.note(COMMITMENT, clock));

    assertThat(hold(journal, former(0), THRESHOLD)).isEmpty();
  }

  @Test
  void theOneThatMayLandLastIsWaitedFor() {
    Intent first = LateCreates.note(COMMITMENT, clock);
    clock.advance(Duration.ofSeconds(20));
    Memory.Journal journal = journal(first, LateCreates.note(THRESHOLD, clock));
    clock.advance(Duration.ofSeconds(5));

    assertThat(left(hold(journal, former(0), COMMITMENT))).contains(Duration.ofSeconds(65));
    assertThat(left(hold(journal, former(0), COMMITMENT, THRESHOLD)))
        .contains(Duration.ofSeconds(85));
    assertThat(left(LateCreates.holdDeletion(journal, clock.instant())))
        .contains(Duration.ofSeconds(85));
    clock.advance(Duration.ofSeconds(85));
    assertThat(LateCreates.holdDeletion(journal, clock.instant())).isEmpty();
  }

  @Test
  void aDeletionWaitsForWhatWasNotAnsweredAndForNothingElse() {
    Memory.Journal written = journal(new Intent("plan", sent, "key-1", "hash-1"));

    assertThat(LateCreates.holdDeletion(Memory.Journal.CLOSED, clock.instant())).isEmpty();
    assertThat(LateCreates.holdDeletion(written, clock.instant()))
        .as("the provider looks twice for what the journal names")
        .isEmpty();
    assertThat(
            LateCreates.holdDeletion(journal(LateCreates.note(COMMITMENT, clock)), clock.instant()))
        .contains(
            new Outcome.Unfinished(
                Reason.PROGRESSING,
                "a create that was not answered may still land; this waits until that is over",
                Optional.of(LONGEST)));
  }

  private Optional<Outcome> hold(Memory.Journal journal, StatusStore store, Step... steps) {
    return LateCreates.hold(journal, List.of(steps), store, clock.instant());
  }

  private static Memory.Journal journal(Intent... intents) {
    return new Memory.Journal(List.of(intents), Optional.empty());
  }

  private static Optional<Duration> left(Optional<Outcome> outcome) {
    return outcome.flatMap(
        it -> it instanceof Outcome.Unfinished unfinished ? unfinished.after() : Optional.empty());
  }

  private static StatusStore former(int seconds) {
    return new StatusStore() {
      @Override
      public void write(Memory memory) {
        throw new AssertionError("asked only");
      }

      @Override
      public Optional<Duration> holdCreates() {
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
      }

      @Override
      public Optional<String> whyNotRemove() {
        return Optional.empty();
      }
    };
  }
}
