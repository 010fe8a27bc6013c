package dev.planwright.sync;

import static dev.planwright.sync.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiRequest;
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
    "CREATE, true, false",
    "CHILD_CREATE, true, true",
    "KEYED_CREATE, false, false",
    "WRITE, false, false",
    "PUBLISH, false, false",
    "ARCHIVE, false, false",
    "DELETE, false, false"
  })
  void onlyWhatDoneTwiceMakesTwoWaits(Step.Kind kind, boolean former, boolean own) {
    Step step = step(kind, "do it", Affects.NOBODY);

    assertThat(hold(Memory.Journal.CLOSED, former(7), step).isPresent())
        .as("a former leader may have sent one")
        .isEqualTo(former);
    assertThat(hold(late(step), former(0), step).isPresent())
        .as("one of ours was not answered; for a CREATE the provider looks")
        .isEqualTo(own);
  }

  @Test
  void whatAFormerOperatorMayHaveSentIsWaitedFor() {
    assertThat(hold(Memory.Journal.CLOSED, former(7), COMMITMENT))
        .contains(
            new Outcome.Unfinished(
                Reason.PROGRESSING,
                "a create of a former operator may still land until %s: nothing is created before that which could be there twice"
                    .formatted(clock.instant().plusSeconds(7)),
                Optional.of(Duration.ofSeconds(7))));
    assertThat(hold(Memory.Journal.CLOSED, former(0), COMMITMENT)).isEmpty();
  }

  @Test
  void oneOfManyStepsIsEnoughToWait() {
    Step write = step(Step.Kind.WRITE, "change the name", Affects.NOBODY);

    assertThat(hold(late(COMMITMENT), former(0), write, COMMITMENT)).isPresent();
  }

  @Test
  void aCreateThatWasNotAnsweredIsRepeatedOnceItCannotLandAnyMore() {
    Memory.Journal journal = late(COMMITMENT);

    assertThat(left(hold(journal, former(0), COMMITMENT))).contains(LONGEST);
    clock.advance(LONGEST.minusMillis(1));
    assertThat(left(hold(journal, former(0), COMMITMENT))).contains(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(hold(journal, former(0), COMMITMENT)).isEmpty();
  }

  @Test
  void anotherCreateIsNotWaitedFor() {
    Memory.Journal journal = late(COMMITMENT);

    assertThat(hold(journal, former(0), THRESHOLD)).isEmpty();
  }

  @Test
  void theOneThatMayLandLastIsWaitedFor() {
    Memory.Journal first = late(COMMITMENT);
    clock.advance(Duration.ofSeconds(20));
    Memory.Journal journal = LateCreates.unanswered(first, THRESHOLD, clock);
    clock.advance(Duration.ofSeconds(5));

    assertThat(left(hold(journal, former(0), COMMITMENT))).contains(Duration.ofSeconds(65));
    assertThat(left(hold(journal, former(0), COMMITMENT, THRESHOLD)))
        .contains(Duration.ofSeconds(85));
    assertThat(left(deletion(journal))).contains(Duration.ofSeconds(85));
    clock.advance(Duration.ofSeconds(85));
    assertThat(deletion(journal)).isEmpty();
  }

  @Test
  void aDeletionWaitsForWhatWasNotAnsweredAndForNothingElse() {
    assertThat(deletion(Memory.Journal.CLOSED)).isEmpty();
    assertThat(
            deletion(
                LateCreates.unanswered(
                    Memory.Journal.CLOSED, step(Step.Kind.WRITE, "w", Affects.NOBODY), clock)))
        .isEmpty();
    assertThat(deletion(late(COMMITMENT)))
        .contains(
            new Outcome.Unfinished(
                Reason.PROGRESSING,
                "a create of ours may still land or come to be shown until %s: nothing is there, which is looked at again then"
                    .formatted(sent.plus(LONGEST)),
                Optional.of(LONGEST)));
  }

  @Test
  void ofTwoTriesTheFirstIsRememberedPastTheReadBackAndSoughtByADeletionOnly() {
    Step plan =
        Step.of(Step.Kind.CREATE, "create plan", sending -> ApiRequest.of("create", "POST", "/"))
            .intent("plan")
            .build();
    Memory.Journal journal = LateCreates.unanswered(Memory.Journal.CLOSED, plan, clock);
    journal = LateCreates.answered(journal, plan, clock);
    Memory.Journal readBack = LateCreates.afterReadBack(journal, clock.instant());

    assertThat(readBack.intents()).hasSize(1);
    assertThat(LateCreates.left(readBack, clock.instant())).contains(LONGEST);
    assertThat(LateCreates.sought(readBack)).as("a sync looks for intents only").isEmpty();
    assertThat(LateCreates.soughtForRemoval(readBack))
        .extracting(Intent::what)
        .containsExactly("plan");
    clock.advance(LONGEST);
    assertThat(LateCreates.afterReadBack(journal, clock.instant()).isOpen()).isFalse();
  }

  private Memory.Journal late(Step step) {
    return LateCreates.unanswered(Memory.Journal.CLOSED, step, clock);
  }

  private Optional<Outcome> deletion(Memory.Journal journal) {
    return LateCreates.holdDeletion(journal, former(0), clock.instant());
  }

  private Optional<Outcome> hold(Memory.Journal journal, StatusStore store, Step... steps) {
    return LateCreates.hold(journal, List.of(steps), store, clock.instant());
  }

  private static Optional<Duration> left(Optional<Outcome> outcome) {
    return outcome.flatMap(
        it -> it instanceof Outcome.Unfinished unfinished ? unfinished.after() : Optional.empty());
  }

  private StatusStore former(int seconds) {
    return new StatusStore() {
      @Override
      public void write(Memory memory) {
        throw new AssertionError("asked only");
      }

      @Override
      public Optional<Instant> holdCreates() {
        return seconds == 0 ? Optional.empty() : Optional.of(clock.instant().plusSeconds(seconds));
      }

      @Override
      public Optional<String> whyNotRemove() {
        return Optional.empty();
      }
    };
  }
}
