package dev.planwright.backend.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.backend.Limits;
import dev.planwright.backend.client.AccountRate.Kind;
import dev.planwright.backend.client.AccountRate.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AccountRateTest {
  private static final Limits TEN_PER_SECOND = new Limits(10, 4, Duration.ofSeconds(30));
  private static final Duration SLOT = Duration.ofMillis(100);

  private final ManualClock clock = new ManualClock();
  private final AccountRate rate = new AccountRate(TEN_PER_SECOND, clock, clock);

  @Test
  void theFirstCallGoesAtOnceAndTheOthersFollowEvenly() throws Exception {
    assertThat(timesOf(Caller.FOREGROUND, 4))
        .containsExactly(Duration.ZERO, SLOT, ms(200), ms(300));
  }

  @Test
  void aPauseSavesNoTurnsForABurst() throws Exception {
    call(Caller.FOREGROUND);
    clock.advance(Duration.ofMinutes(10));
    Duration start = clock.elapsed();

    List<Duration> times = timesOf(Caller.FOREGROUND, 11);

    assertThat(times.getLast().minus(start)).isEqualTo(ms(1000));
  }

  @Test
  void aThreadThatWakesALittleLateDoesNotLowerTheRate() throws Exception {
    AccountRate late =
        new AccountRate(
            TEN_PER_SECOND, clock, (condition, atMost) -> clock.advance(atMost.plusMillis(4)));
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      try (Turn.Permit permit = (Turn.Permit) late.acquire(Caller.FOREGROUND, Kind.READ)) {
        times.add(clock.elapsed());
        permit.succeeded();
      }
    }
    assertThat(times).containsExactly(Duration.ZERO, ms(104), ms(204), ms(304));
  }

  @Test
  void a429HalvesTheRateAndSuccessesRaiseItSlowlyToTheCeilingAndNoFurther() throws Exception {
    limited(Optional.empty());
    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(5_000);
    limited(Optional.empty());
    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(2_500);

    call(Caller.FOREGROUND);
    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(2_600);

    for (int i = 0; i < 100; i++) {
      call(Caller.FOREGROUND);
    }
    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(10_000);
  }

  @Test
  void theNextCallAfterA429KeepsTheSlowerPace() throws Exception {
    limited(Optional.empty());
    Duration before = clock.elapsed();

    call(Caller.FOREGROUND);

    assertThat(clock.elapsed().minus(before)).isEqualTo(ms(200));
  }

  @Test
  void theRateNeverFallsBelowOneCallInTenSeconds() throws Exception {
    for (int i = 0; i < 30; i++) {
      limited(Optional.empty());
    }
    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(100);
    Duration before = clock.elapsed();

    call(Caller.FOREGROUND);

    assertThat(clock.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void several429sOfCallsThatWereUnderWayTogetherCountOnce() throws Exception {
    List<Turn.Permit> permits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      permits.add(permit(Caller.FOREGROUND));
    }
    permits.getFirst().limited(Optional.empty());
    permits.get(1).limited(Optional.empty());
    permits.get(2).limited(Optional.empty());
    permits.get(3).succeeded();

    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(5_000);
  }

  @Test
  void aShortRetryAfterIsWaitedForByEverybody() throws Exception {
    Turn.Permit permit = permit(Caller.FOREGROUND);
    permit.limited(Optional.of(Duration.ofSeconds(3)));
    permit.close();
    Duration before = clock.elapsed();

    call(Caller.SWEEP);
    assertThat(clock.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aLongRetryAfterTurnsEverybodyAwayUntilItIsOver() throws Exception {
    limited(Optional.of(Duration.ofMinutes(2)));

    assertThat(rate.acquire(Caller.FOREGROUND, Kind.READ))
        .isEqualTo(new Turn.Held(Duration.ofMinutes(2)));
    assertThat(rate.acquire(Caller.SWEEP, Kind.READ))
        .isEqualTo(new Turn.Held(Duration.ofMinutes(2)));
    clock.advance(Duration.ofSeconds(90));
    assertThat(rate.acquire(Caller.FOREGROUND, Kind.READ))
        .isEqualTo(new Turn.Held(Duration.ofSeconds(30)));
    clock.advance(Duration.ofSeconds(30));
    assertThat(rate.acquire(Caller.FOREGROUND, Kind.READ)).isInstanceOf(Turn.Permit.class);
  }

  @Test
  void aShorterRetryAfterNeverEndsALongerOne() throws Exception {
    Turn.Permit one = permit(Caller.FOREGROUND);
    Turn.Permit other = permit(Caller.FOREGROUND);
    Duration before = clock.elapsed();
    one.limited(Optional.of(Duration.ofSeconds(8)));
    other.hold(Duration.ofMillis(1));

    call(Caller.FOREGROUND);

    assertThat(clock.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void theSweepAloneTakesAQuarterOfTheRateAsItIs() throws Exception {
    assertThat(timesOf(Caller.SWEEP, 3)).containsExactly(Duration.ZERO, ms(400), ms(800));

    limited(Optional.empty());
    Duration start = clock.elapsed();
    List<Duration> slower = timesOf(Caller.SWEEP, 2);
    assertThat(slower.getLast().minus(start)).isGreaterThanOrEqualTo(ms(1500));
  }

  @Test
  void anEditDuringASweepWaitsForLessThanOneSlot() throws Exception {
    timesOf(Caller.SWEEP, 20);
    Duration before = clock.elapsed();

    call(Caller.FOREGROUND);

    assertThat(clock.elapsed().minus(before)).isLessThanOrEqualTo(SLOT);
  }

  @Test
  void underLoadTheSweepGetsItsTurnOnlyWhenNobodyElseWaits() throws Exception {
    AccountRate real = new AccountRate(new Limits(1_000, 1, Duration.ofSeconds(1)), clock, clock);
    Turn.Permit busy = (Turn.Permit) real.acquire(Caller.FOREGROUND, Kind.READ);
    List<String> order = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Void>> done = new ArrayList<>();
    done.add(inLine(real, Caller.SWEEP, "sweep", order, 1));
    done.add(inLine(real, Caller.FOREGROUND, "first", order, 1));
    done.add(inLine(real, Caller.FOREGROUND, "second", order, 2));

    busy.close();

    CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    assertThat(order).containsExactly("first", "second", "sweep");
  }

  @Test
  void aSlowSweepNeverHoldsMoreThanAQuarterOfTheCallsInFlight() throws Exception {
    AccountRate eight = new AccountRate(new Limits(10, 8, Duration.ofSeconds(1)), clock, clock);
    eight.acquire(Caller.SWEEP, Kind.READ);
    eight.acquire(Caller.SWEEP, Kind.READ);
    List<String> order = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> third = inLine(eight, Caller.SWEEP, "third sweep", order, 1);

    for (int i = 0; i < 6; i++) {
      assertThat(eight.acquire(Caller.FOREGROUND, Kind.READ)).isInstanceOf(Turn.Permit.class);
    }

    assertThat(eight.inFlight()).isEqualTo(8);
    assertThat(third).isNotDone();
  }

  @Test
  void noMoreCallsAreInFlightThanAllowed() throws Exception {
    for (int i = 0; i < 4; i++) {
      permit(Caller.FOREGROUND);
    }
    List<String> order = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> fifth = inLine(rate, Caller.FOREGROUND, "fifth", order, 1);

    assertThat(rate.inFlight()).isEqualTo(4);
    assertThat(fifth).isNotDone();
  }

  @Test
  void anInterruptedCallerLeavesTheLineAndTakesNothing() throws Exception {
    List<Turn.Permit> permits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      permits.add(permit(Caller.FOREGROUND));
    }
    FutureTask<Turn> waiter = new FutureTask<>(() -> rate.acquire(Caller.FOREGROUND, Kind.READ));
    Thread thread = Thread.ofVirtual().start(waiter);
    Awaitility.await().until(() -> rate.waiting(Caller.FOREGROUND) == 1);

    thread.interrupt();

    assertThatThrownBy(() -> waiter.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(rate.waiting(Caller.FOREGROUND)).isZero();
    assertThat(rate.inFlight()).isEqualTo(4);
    permits.getFirst().close();
    permits.getFirst().close();
    assertThat(rate.inFlight()).isEqualTo(3);
  }

  @Test
  void aLongHoldTurnsThoseAwayWhoWaitAlready() throws Exception {
    List<Turn.Permit> permits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      permits.add(permit(Caller.FOREGROUND));
    }
    List<FutureTask<Turn>> waiters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FutureTask<Turn> waiter = new FutureTask<>(() -> rate.acquire(Caller.FOREGROUND, Kind.READ));
      Thread.ofVirtual().start(waiter);
      waiters.add(waiter);
    }
    Awaitility.await().until(() -> rate.waiting(Caller.FOREGROUND) == 3);

    permits.getFirst().limited(Optional.of(Duration.ofMinutes(5)));

    for (FutureTask<Turn> waiter : waiters) {
      assertThat(waiter.get(5, TimeUnit.SECONDS)).isInstanceOf(Turn.Held.class);
    }
  }

  @Test
  void otherCeilingsHoldFromTheNextCallOn() throws Exception {
    rate.adjust(new Limits(2, 1, Duration.ofSeconds(30)));
    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(2_000);
    rate.adjust(new Limits(20, 8, Duration.ofSeconds(30)));
    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(20_000);
    limited(Optional.empty());
    rate.adjust(new Limits(40, 8, Duration.ofSeconds(30)));
    assertThat(rate.callsPerThousandSeconds(Kind.READ)).isEqualTo(10_000);
  }

  @Test
  void countedTogetherReadsAndWritesTakeTurns() throws Exception {
    assertThat(timesOfPairs(rate, 3))
        .containsExactly(Duration.ZERO, SLOT, ms(200), ms(300), ms(400), ms(500));
  }

  @Test
  void countedApartReadsAndWritesHaveTheWholeRateEach() throws Exception {
    assertThat(timesOfPairs(apart(4), 3))
        .containsExactly(Duration.ZERO, Duration.ZERO, SLOT, SLOT, ms(200), ms(200));
  }

  @Test
  void countedApartA429OfTheOneSaysNothingOfTheOther() throws Exception {
    AccountRate both = apart(4);
    try (Turn.Permit permit = (Turn.Permit) both.acquire(Caller.FOREGROUND, Kind.WRITE)) {
      permit.limited(Optional.empty());
    }
    assertThat(both.callsPerThousandSeconds(Kind.WRITE)).isEqualTo(5_000);
    assertThat(both.callsPerThousandSeconds(Kind.READ)).isEqualTo(10_000);

    try (Turn.Permit permit = (Turn.Permit) both.acquire(Caller.FOREGROUND, Kind.READ)) {
      permit.limited(Optional.of(Duration.ofMinutes(2)));
    }
    assertThat(both.callsPerThousandSeconds(Kind.READ)).isEqualTo(5_000);
    assertThat(both.acquire(Caller.FOREGROUND, Kind.WRITE))
        .as("what the backend asks for, it asks of everybody")
        .isEqualTo(new Turn.Held(Duration.ofMinutes(2)));
  }

  @Test
  void countedApartTheyShareTheCallsInFlightInOrderOfArrivalTheForegroundFirst() throws Exception {
    AccountRate both = apart(1);
    Turn.Permit busy = (Turn.Permit) both.acquire(Caller.FOREGROUND, Kind.READ);
    clock.advance(Duration.ofMinutes(1)); // nobody has to wait for the pace
    List<String> order = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Void>> done = new ArrayList<>();
    done.add(inLine(both, Caller.SWEEP, Kind.READ, "sweep", order, 1));
    done.add(inLine(both, Caller.FOREGROUND, Kind.WRITE, "first", order, 1));
    done.add(inLine(both, Caller.FOREGROUND, Kind.READ, "second", order, 2));
    done.add(inLine(both, Caller.FOREGROUND, Kind.WRITE, "third", order, 3));

    busy.close();

    CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    assertThat(order).containsExactly("first", "second", "third", "sweep");
  }

  @Test
  void aProviderThatBeginsToCountApartIsTakenAtItsWord() throws Exception {
    rate.adjust(new Limits(10, true, 4, Duration.ofSeconds(30)));
    assertThat(timesOfPairs(rate, 2)).containsExactly(Duration.ZERO, Duration.ZERO, SLOT, SLOT);
  }

  private AccountRate apart(int maxConcurrent) {
    return new AccountRate(
        new Limits(10, true, maxConcurrent, Duration.ofSeconds(30)), clock, clock);
  }

  private List<Duration> timesOfPairs(AccountRate of, int pairs) throws InterruptedException {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      for (Kind kind : Kind.values()) {
        try (Turn.Permit permit = (Turn.Permit) of.acquire(Caller.FOREGROUND, kind)) {
          times.add(clock.elapsed());
          permit.succeeded();
        }
      }
    }
    return times;
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private CompletableFuture<Void> inLine(
      AccountRate line, Caller caller, String name, List<String> order, int then) {
    return inLine(line, caller, Kind.READ, name, order, then);
  }

  private CompletableFuture<Void> inLine(
      AccountRate line, Caller caller, Kind kind, String name, List<String> order, int then) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Turn.Permit permit = (Turn.Permit) line.acquire(caller, kind)) {
                order.add(name);
                permit.succeeded();
                done.complete(null);
              } catch (InterruptedException e) {
                done.completeExceptionally(e);
              }
            });
    Awaitility.await().until(() -> line.waiting(caller) == then);
    return done;
  }

  private Turn.Permit permit(Caller caller) throws InterruptedException {
    return (Turn.Permit) rate.acquire(caller, Kind.READ);
  }

  private void call(Caller caller) throws InterruptedException {
    try (Turn.Permit permit = permit(caller)) {
      permit.succeeded();
    }
  }

  private void limited(Optional<Duration> retryAfter) throws InterruptedException {
    try (Turn.Permit permit = permit(Caller.FOREGROUND)) {
      permit.limited(retryAfter);
    }
  }

  private List<Duration> timesOf(Caller caller, int calls) throws InterruptedException {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      try (Turn.Permit permit = permit(caller)) {
        times.add(clock.elapsed());
        permit.succeeded();
      }
    }
    return times;
  }
}
