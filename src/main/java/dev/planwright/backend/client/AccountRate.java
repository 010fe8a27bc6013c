package dev.planwright.backend.client;

import dev.planwright.backend.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How fast one account is called, by all who call it.
 *
 * <p>The rate starts at its ceiling, is halved by a 429, and grows by a hundredth of the ceiling
 * with each success, never below one call in ten seconds. Calls are spaced evenly rather than sent
 * in bursts, since backends count in windows we do not know. {@code Retry-After} stops everybody:
 * briefly by waiting, for longer by {@link Turn.Held}, so that nobody waits with what it read long
 * ago.
 *
 * <p>Foreground callers go before the sweep, each kind in order of arrival; the sweep takes at most
 * a quarter of the rate as it is, and a quarter of the calls in flight (one at least). Only the
 * first in line waits for a time; everybody else waits to be woken, so ten thousand waiting callers
 * cost nothing but their memory.
 */
public final class AccountRate {
  /** A wait longer than this is refused instead. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  // Rates are counted in calls per thousand seconds: whole numbers, and exact at the slow end.
  private static final long PER_SECOND = 1_000;
  private static final long FLOOR = 100;
  private static final long NANOS_PER_THOUSAND_SECONDS = 1_000_000_000_000L;
  private static final int SWEEP_SHARE = 4;
  // A thread wakes a little late; without this the rate would be lower by as much, each time.
  private static final Duration LATENESS = Duration.ofMillis(5);

  /** What a caller gets. */
  public sealed interface Turn {
    /** It may call now. To be closed, whatever happens. */
    non-sealed interface Permit extends Turn, AutoCloseable {
      /** An answer came that is not a 429. */
      void succeeded();

      /**
       * A 429 came.
       *
       * @param retryAfter what the backend asked for
       */
      void limited(Optional<Duration> retryAfter);

      /** The backend asked everybody to stay away, without saying that we were too fast. */
      void hold(Duration retryAfter);

      /** The call is over. Closing twice is closing once. */
      @Override
      void close();
    }

    /**
     * It may not call, and need not wait for its turn.
     *
     * @param rest how long the backend wants no calls
     */
    record Held(Duration rest) implements Turn {}
  }

  private final InstantSource clock;
  private final Waiting waiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Condition> foreground = new ArrayDeque<>();
  private final Deque<Condition> sweep = new ArrayDeque<>();

  private long ceiling;
  private int maxConcurrent;
  private long rate;
  // Counts the halvings: a call sent before one says nothing about the rate after it.
  private long epoch;
  private int inFlight;
  private int sweepsInFlight;
  private Instant nextCall = Instant.EPOCH;
  private Instant nextSweep = Instant.EPOCH;
  private Instant heldUntil = Instant.EPOCH;

  public AccountRate(Limits limits, InstantSource clock, Waiting waiting) {
    this.clock = clock;
    this.waiting = waiting;
    this.ceiling = ceiling(limits);
    this.maxConcurrent = concurrent(limits);
    this.rate = ceiling;
  }

  /** Waits in real time. */
  public AccountRate(Limits limits, InstantSource clock) {
    this(limits, clock, Waiting.REAL);
  }

  /** Other ceilings, from the next call on. What was learned is kept. */
  public void adjust(Limits limits) {
    lock.lock();
    try {
      boolean wasUnlimited = rate == ceiling;
      ceiling = ceiling(limits);
      maxConcurrent = concurrent(limits);
      rate = wasUnlimited ? ceiling : Math.min(rate, ceiling);
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a turn.
   *
   * @throws InterruptedException when interrupted; then no turn was taken
   */
  public Turn acquire(Caller caller) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Condition me = lock.newCondition();
      line(caller).addLast(me);
      try {
        return waitFor(caller, me);
      } finally {
        line(caller).remove(me);
        wakeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  private Turn waitFor(Caller caller, Condition me) throws InterruptedException {
    while (true) {
      Instant now = clock.instant();
      Duration held = Duration.between(now, heldUntil);
      if (held.compareTo(PATIENCE) > 0) {
        return new Turn.Held(held);
      }
      if (first() != me || !hasRoom(caller)) {
        me.await();
        continue;
      }
      Duration wait = Duration.between(now, earliest(caller));
      if (!wait.isPositive()) {
        return take(now, caller);
      }
      waiting.await(me, wait);
    }
  }

  private Permission take(Instant now, Caller caller) {
    nextCall = later(nextCall, now.minus(LATENESS)).plus(spacing());
    inFlight++;
    if (caller == Caller.SWEEP) {
      nextSweep = later(nextSweep, now.minus(LATENESS)).plus(spacing().multipliedBy(SWEEP_SHARE));
      sweepsInFlight++;
    }
    return new Permission(caller, epoch);
  }

  private boolean hasRoom(Caller caller) {
    return inFlight < maxConcurrent
        && (caller == Caller.FOREGROUND
            || sweepsInFlight < Math.max(1, maxConcurrent / SWEEP_SHARE));
  }

  private Instant earliest(Caller caller) {
    Instant any = later(nextCall, heldUntil);
    return caller == Caller.SWEEP ? later(any, nextSweep) : any;
  }

  private @Nullable Condition first() {
    Condition edit = foreground.peekFirst();
    return edit == null ? sweep.peekFirst() : edit;
  }

  private void wakeFirst() {
    Condition first = first();
    if (first != null) {
      first.signal();
    }
  }

  private void wakeAll() {
    foreground.forEach(Condition::signal);
    sweep.forEach(Condition::signal);
  }

  private Deque<Condition> line(Caller caller) {
    return switch (caller) {
      case FOREGROUND -> foreground;
      case SWEEP -> sweep;
    };
  }

  private Duration spacing() {
    return Duration.ofNanos(NANOS_PER_THOUSAND_SECONDS / rate);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static long ceiling(Limits limits) {
    return Math.max(1, limits.requestsPerSecond()) * PER_SECOND;
  }

  private static int concurrent(Limits limits) {
    return Math.max(1, limits.maxConcurrent());
  }

  /** The rate as it is, in calls per thousand seconds. */
  public long callsPerThousandSeconds() {
    lock.lock();
    try {
      return rate;
    } finally {
      lock.unlock();
    }
  }

  /** Calls under way. */
  public int inFlight() {
    lock.lock();
    try {
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  /** Callers in line. */
  public int waiting(Caller caller) {
    lock.lock();
    try {
      return line(caller).size();
    } finally {
      lock.unlock();
    }
  }

  private final class Permission implements Turn.Permit {
    private final Caller caller;
    private final long born;
    private boolean closed;

    Permission(Caller caller, long born) {
      this.caller = caller;
      this.born = born;
    }

    @Override
    public void succeeded() {
      lock.lock();
      try {
        if (born == epoch && rate < ceiling) {
          rate = Math.min(ceiling, rate + Math.max(1, ceiling / 100));
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void limited(Optional<Duration> retryAfter) {
      lock.lock();
      try {
        Instant now = clock.instant();
        // Four calls in flight that all meet a 429 are one sign, not four.
        if (born == epoch) {
          epoch++;
          rate = Math.max(FLOOR, rate / 2);
        }
        nextCall = later(nextCall, now.plus(spacing()));
        nextSweep = later(nextSweep, now.plus(spacing().multipliedBy(SWEEP_SHARE)));
        retryAfter.ifPresent(asked -> holdFrom(now, asked));
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void hold(Duration retryAfter) {
      lock.lock();
      try {
        holdFrom(clock.instant(), retryAfter);
      } finally {
        lock.unlock();
      }
    }

    private void holdFrom(Instant now, Duration asked) {
      heldUntil = later(heldUntil, now.plus(asked));
      if (asked.compareTo(PATIENCE) > 0) {
        wakeAll(); // to be refused at once instead of waiting for so long
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (!closed) {
          closed = true;
          inFlight--;
          if (caller == Caller.SWEEP) {
            sweepsInFlight--;
          }
          wakeFirst();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
