package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.client.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final String UID = "uid-1";

  private final ManualClock clock = new ManualClock();
  private final Settling settling = new Settling(Settling.Times.DEFAULT, clock);

  @Test
  void aChangeIsDoneOnceItHasBeenQuietForASecond() {
    assertThat(left("a")).contains(Duration.ofSeconds(1));
    pass(400);
    assertThat(left("a")).as("a run that comes early").contains(Duration.ofMillis(600));
    pass(600);
    assertThat(left("a")).isEmpty();
  }

  @Test
  void anotherChangeStartsTheSecondAnew() {
    left("a");
    pass(900);
    assertThat(left("b")).contains(Duration.ofSeconds(1));
    pass(1000);
    assertThat(left("b")).isEmpty();
  }

  @Test
  void livelyChangesWaitNoLongerThanTenSeconds() {
    left("0");
    for (int second = 1; second < 10; second++) {
      pass(950);
      assertThat(left("" + second)).as("after %s", clock.elapsed()).isPresent();
    }
    pass(950);
    assertThat(left("last")).as("9.5 s: what is left of the ten").contains(Duration.ofMillis(500));
    pass(500);
    assertThat(left("very last")).isEmpty();
  }

  @Test
  void whoHasAllThePricesItNamesWaitsForNothing() {
    assertThat(settling.left(UID, "a", true, List.of())).isEmpty();
    assertThat(settling.left(UID, "b", true, List.of("gone"))).isEmpty();
  }

  @Test
  void aPriceThatVanishedIsTakenForRemovedAfterThirtySeconds() {
    assertThat(left("a", "team-monthly")).contains(Duration.ofSeconds(30));
    pass(29_999);
    assertThat(left("a", "team-monthly")).contains(Duration.ofMillis(1));
    pass(1);
    assertThat(left("a", "team-monthly")).isEmpty();
  }

  @Test
  void eachVanishedPriceHasThirtySecondsOfItsOwn() {
    left("a", "team-monthly");
    pass(20_000);
    assertThat(left("b", "team-monthly", "team-yearly")).contains(Duration.ofSeconds(30));
    pass(15_000);
    assertThat(left("b", "team-monthly", "team-yearly")).contains(Duration.ofSeconds(15));
  }

  @Test
  void aPriceThatCameBackIsNotWaitedForAndVanishesAnewLater() {
    left("a", "team-monthly");
    pass(20_000);
    assertThat(left("a")).as("it is back").isEmpty();
    assertThat(left("a", "team-monthly")).contains(Duration.ofSeconds(30));
  }

  @Test
  void onceDoneTheNextChangeStartsAnew() {
    left("a", "team-monthly");
    pass(40_000);
    settling.done(UID);
    assertThat(settling.waited(UID)).isEqualTo(Duration.ZERO);
    assertThat(left("b", "team-monthly")).contains(Duration.ofSeconds(30));
  }

  @Test
  void waitedCountsFromTheFirstChangeThatIsNotDone() {
    assertThat(settling.waited(UID)).isEqualTo(Duration.ZERO);
    left("a");
    pass(700);
    left("b");
    pass(700);
    assertThat(settling.waited(UID)).isEqualTo(Duration.ofMillis(1400));
    assertThat(settling.waited("uid-2")).isEqualTo(Duration.ZERO);
  }

  private Optional<Duration> left(String inputs, String... vanished) {
    return settling.left(UID, inputs, false, List.of(vanished));
  }

  private void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }
}
