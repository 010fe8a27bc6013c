package dev.planwright.backend.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Property
  void everyPauseLiesBetweenOneSecondAndItsCeiling(
      @ForAll @IntRange(min = 1) int attempt, @ForAll long seed) {
    long ceiling = attempt > 8 ? 300_000 : Math.min(300_000, 1_000L * (1L << attempt));

    Duration pause = Backoff.after(attempt, Optional.empty(), new Random(seed));

    assertThat(pause.toMillis()).isBetween(1_000L, ceiling);
  }

  @Test
  void theWholeRangeIsUsedSoThatNobodyComesBackTogether() {
    RandomGenerator random = new Random(7);
    long low = Long.MAX_VALUE;
    long high = 0;
    for (int i = 0; i < 1_000; i++) {
      long pause = Backoff.after(20, Optional.empty(), random).toMillis();
      low = Math.min(low, pause);
      high = Math.max(high, pause);
    }
    assertThat(low).isLessThan(10_000);
    assertThat(high).isGreaterThan(290_000);
  }

  @Test
  void whatTheBackendAskedForWinsEvenBeyondTheLongestPause() {
    assertThat(Backoff.after(1, Optional.of(Duration.ofMinutes(30)), new Random(1)))
        .isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void aBackendThatAsksForNoPauseGetsTheShortestOne() {
    assertThat(Backoff.after(9, Optional.of(Duration.ZERO), new Random(1)))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void attemptsAreCountedFromOne() {
    assertThatThrownBy(() -> Backoff.after(0, Optional.empty(), new Random(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
