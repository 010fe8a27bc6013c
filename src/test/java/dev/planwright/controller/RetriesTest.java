package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.client.Backoff;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final String UID = "uid-1";

  private final ManualClock clock = new ManualClock();

  /** Always the longest pause that the jitter allows. */
  private final Retries retries =
      new Retries(
          clock,
          new RandomGenerator() {
            @Override
            public long nextLong() {
              throw new AssertionError("only bounded numbers are asked for");
            }

            @Override
            public long nextLong(long origin, long bound) {
              return bound - 1;
            }
          });

  @Test
  void aRunThatComesEarlyLearnsWhatIsLeft() {
    Duration wait = fail("a", Reason.BACKEND_UNAVAILABLE);
    assertThat(retries.left(UID, "a")).contains(wait);
    clock.advance(Duration.ofMillis(300));
    assertThat(retries.left(UID, "a")).contains(wait.minusMillis(300));
    clock.advance(wait.minusMillis(300));
    assertThat(retries.left(UID, "a")).isEmpty();
    assertThat(retries.isRetry(UID, "a")).as("the next try is one after a failure").isTrue();
  }

  @Test
  void anythingElseStartsAtOnce() {
    fail("a", Reason.BACKEND_REJECTED);
    assertThat(retries.left(UID, "b")).isEmpty();
    assertThat(retries.isRetry(UID, "b")).isFalse();
    assertThat(retries.left("uid-2", "a")).isEmpty();
    assertThat(retries.left(UID, "a")).as("looking forgets nothing").isPresent();
  }

  @Test
  void thePausesGrowToFiveMinutesAndStayThere() {
    List<Duration> pauses = new ArrayList<>();
    for (int attempt = 0; attempt < 12; attempt++) {
      pauses.add(fail("a", Reason.BACKEND_UNAVAILABLE));
    }
    assertThat(pauses.subList(0, 3))
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    assertThat(pauses).isSorted();
    assertThat(pauses.getLast()).isEqualTo(Backoff.MAX);
  }

  @Test
  void withOtherInputsAndAfterASuccessThePausesStartAnew() {
    fail("a", Reason.BACKEND_UNAVAILABLE);
    fail("a", Reason.BACKEND_UNAVAILABLE);
    assertThat(fail("b", Reason.BACKEND_UNAVAILABLE)).isEqualTo(Duration.ofSeconds(2));
    fail("b", Reason.BACKEND_UNAVAILABLE);
    retries.clear(UID);
    assertThat(retries.left(UID, "b")).isEmpty();
    assertThat(retries.isRetry(UID, "b")).isFalse();
    assertThat(fail("b", Reason.BACKEND_UNAVAILABLE)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whatThePersonHasToMendIsTriedEveryTenMinutes() {
    assertThat(fail("a", Reason.BACKEND_REJECTED)).isEqualTo(Backoff.SLOW);
    assertThat(fail("a", Reason.BACKEND_REJECTED)).isEqualTo(Backoff.SLOW);
    assertThat(retries.left(UID, "a")).contains(Backoff.SLOW);
  }

  @Test
  void whatTheBackendAsksForWins() {
    Optional<Duration> asked = Optional.of(Duration.ofMinutes(7));
    assertThat(retries.failed(UID, "a", Reason.RATE_LIMITED, asked)).isEqualTo(asked.get());
    assertThat(retries.left(UID, "a")).isEqualTo(asked);
  }

  private Duration fail(String inputs, Reason reason) {
    return retries.failed(UID, inputs, reason, Optional.empty());
  }
}
