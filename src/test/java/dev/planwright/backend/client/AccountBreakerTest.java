package dev.planwright.backend.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccountBreakerTest {
  private final ManualClock clock = new ManualClock();
  private final AccountBreaker breaker = new AccountBreaker("billing/main", clock);

  @Test
  void opensAfterFiveFailuresInARowAndSaysSinceWhenAndUntilWhen() {
    for (int i = 0; i < 5; i++) {
      assertThat(breaker.enter()).isEmpty();
      breaker.failed();
      clock.advance(Duration.ofSeconds(1));
    }

    AccountBreaker.Open open =
        new AccountBreaker.Open(ManualClock.START, ManualClock.START.plusSeconds(9));
    assertThat(breaker.refusal()).contains(open);
    assertThat(breaker.enter()).contains(open);
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void oneAnswerAmongFailuresKeepsItClosed() {
    for (int i = 0; i < 40; i++) {
      assertThat(breaker.enter()).isEmpty();
      if (i % 5 == 4) {
        breaker.answered();
      } else {
        breaker.failed();
      }
    }
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void afterThePauseOneCallTriesAndTheOthersAreStillRefused() {
    fail(5);
    clock.advance(Duration.ofMillis(5_001));

    assertThat(breaker.refusal()).isEmpty();
    assertThat(breaker.enter()).isEmpty();
    assertThat(breaker.enter()).isPresent();

    breaker.answered();
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.enter()).isEmpty();
    assertThat(breaker.enter()).isEmpty();
  }

  @Test
  void aTryThatFailsDoublesThePauseUpToAMinute() {
    fail(5);
    for (long pause : new long[] {5, 10, 20, 40, 60, 60}) {
      clock.advance(Duration.ofSeconds(pause).minusMillis(1));
      assertThat(breaker.enter()).as("after almost %s s", pause).isPresent();
      clock.advance(Duration.ofMillis(2));
      assertThat(breaker.enter()).as("after %s s", pause).isEmpty();
      breaker.failed();
    }
  }

  @Test
  void aTryThatWasGivenUpLeavesItToTheNext() {
    fail(5);
    clock.advance(Duration.ofSeconds(6));
    assertThat(breaker.enter()).isEmpty();
    breaker.abandoned();

    assertThat(breaker.enter()).isEmpty();
  }

  @Test
  void sinceWhenIsForgottenWithTheFirstAnswer() {
    fail(4);
    breaker.answered();
    clock.advance(Duration.ofMinutes(1));
    fail(5);

    assertThat(breaker.refusal())
        .hasValueSatisfying(
            open -> assertThat(open.since()).isEqualTo(ManualClock.START.plusSeconds(60)));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(breaker.enter()).isEmpty();
      breaker.failed();
    }
  }
}
