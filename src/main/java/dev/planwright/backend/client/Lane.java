package dev.planwright.backend.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are counted together: who waits for one, and how fast they may follow each other.
 * Whoever uses it holds the lock of its {@link AccountRate}.
 */
final class Lane {
  static final int SWEEP_SHARE = 4;
  // Rates are counted in calls per thousand seconds: whole numbers, and exact at the slow end.
  private static final long PER_SECOND = 1_000;
  private static final long FLOOR = 100;
  private static final long NANOS_PER_THOUSAND_SECONDS = 1_000_000_000_000L;
  // A thread wakes a little late; without this the rate would be lower by as much, each time.
  private static final Duration LATENESS = Duration.ofMillis(5);

  private final Deque<Waiter> foreground = new ArrayDeque<>();
  private final Deque<Waiter> sweep = new ArrayDeque<>();

  private long ceiling;
  private long rate;
  // Counts the halvings: a call sent before one says nothing about the rate after it.
  private long epoch;
  private Instant nextCall = Instant.EPOCH;
  private Instant nextSweep = Instant.EPOCH;

  /**
   * @param perSecond calls at most
   */
  Lane(int perSecond) {
    ceiling = ceiling(perSecond);
    rate = ceiling;
  }

  private static long ceiling(int perSecond) {
    return Math.max(1, perSecond) * PER_SECOND;
  }

  /** Another ceiling. What was learned is kept. */
  void adjust(int perSecond) {
    boolean wasUnlimited = rate == ceiling;
    ceiling = ceiling(perSecond);
    rate = wasUnlimited ? ceiling : Math.min(rate, ceiling);
  }

  /** Those who wait on this caller's behalf, in order of arrival. */
  Deque<Waiter> line(Caller caller) {
    return switch (caller) {
      case FOREGROUND -> foreground;
      case SWEEP -> sweep;
    };
  }

  @Nullable Waiter first() {
    Waiter edit = foreground.peekFirst();
    return edit == null ? sweep.peekFirst() : edit;
  }

  /** From when on this caller may make the next call. */
  Instant earliest(Caller caller) {
    return caller == Caller.SWEEP ? later(nextCall, nextSweep) : nextCall;
  }

  /**
   * A call is made now.
   *
   * @return what {@link #succeeded} and {@link #limited} want to know of it
   */
  long called(Instant now, Caller caller) {
    nextCall = due(nextCall, now).plus(spacing());
    if (caller == Caller.SWEEP) {
      nextSweep = due(nextSweep, now).plus(spacing().multipliedBy(SWEEP_SHARE));
    }
    return epoch;
  }

  /** When a call that is made now should have been made; after a pause that is now. */
  private static Instant due(Instant next, Instant now) {
    return next.isBefore(now.minus(LATENESS)) ? now : next;
  }

  void succeeded(long born) {
    if (born == epoch && rate < ceiling) {
      rate = Math.min(ceiling, rate + Math.max(1, ceiling / 100));
    }
  }

  void limited(Instant now, long born) {
    // Four calls in flight that all meet a 429 are one sign, not four.
    if (born == epoch) {
      epoch++;
      rate = Math.max(FLOOR, rate / 2);
    }
    nextCall = later(nextCall, now.plus(spacing()));
    nextSweep = later(nextSweep, now.plus(spacing().multipliedBy(SWEEP_SHARE)));
  }

  long callsPerThousandSeconds() {
    return rate;
  }

  private Duration spacing() {
    return Duration.ofNanos(NANOS_PER_THOUSAND_SECONDS / rate);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
