package dev.planwright.backend.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stops calling an account whose last {@value #FAILURES} calls all failed, and lets one call at a
 * time try again after 5 s, 10 s, 20 s ... 60 s.
 *
 * <p>All of them, not most: one Plan that a backend answers with 500 each time must not stop the
 * others. An answer below 500 is never a failure here, whatever it says.
 */
public final class AccountBreaker {
  private static final int FAILURES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /**
   * Why a call may not be made.
   *
   * @param since the first of the failures
   * @param next when a call may try again; not after now while another call is trying already
   */
  public record Open(Instant since, Instant next) {}

  private final InstantSource clock;
  private final CircuitBreaker breaker;
  private @Nullable Instant since;
  private Instant next = Instant.EPOCH;

  public AccountBreaker(String backend, InstantSource clock) {
    this.clock = clock;
    IntervalFunction pauses =
        IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2.0, LONGEST_PAUSE);
    this.breaker =
        CircuitBreaker.of(
            backend,
            CircuitBreakerConfig.custom()
                .slidingWindow(
                    FAILURES, FAILURES, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(attempt -> opens(pauses.apply(attempt)))
                .writableStackTraceEnabled(false)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
  }

  private synchronized Long opens(Long pauseMillis) {
    next = clock.instant().plusMillis(pauseMillis);
    return pauseMillis;
  }

  /** Asks without taking anything: whether a call would be refused for now. */
  public synchronized Optional<Open> refusal() {
    return breaker.getState() == State.OPEN && clock.instant().isBefore(next)
        ? Optional.of(open())
        : Optional.empty();
  }

  /**
   * Starts a call, to be ended by exactly one of {@link #answered}, {@link #failed} or {@link
   * #abandoned}.
   *
   * @return why not; empty when the call may be made
   */
  public synchronized Optional<Open> enter() {
    return breaker.tryAcquirePermission() ? Optional.empty() : Optional.of(open());
  }

  /** An answer below 500 came. */
  public synchronized void answered() {
    since = null;
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** No answer came, or a 5xx. */
  public synchronized void failed() {
    if (since == null) {
      since = clock.instant();
    }
    breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("call failed"));
  }

  /** The call was not made, or ended by us: says nothing about the backend. */
  public synchronized void abandoned() {
    breaker.releasePermission();
  }

  /** Whether calls are refused, or one is trying. */
  public synchronized boolean isOpen() {
    return breaker.getState() != State.CLOSED;
  }

  private Open open() {
    return new Open(since == null ? clock.instant() : since, next);
  }
}
