package dev.planwright.backend.client;

import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How fast one account is called, by all who call it.
 *
 * <p>The rate starts at its ceiling, is halved by a 429, and grows by a hundredth of the ceiling
 * with each success, never below one call in ten seconds. Calls are spaced evenly rather than sent
 * in bursts, since backends count in windows we do not know. Where a backend counts reads and
 * writes apart, each has a rate of its own: a sweep of reads slows down no write, and a 429 says
 * nothing about the other. {@code Retry-After} stops everybody: briefly by waiting, for longer by
 * {@link Turn.Held}, so that nobody waits with what it read long ago.
 *
 * <p>Foreground callers go before the sweep, each kind in order of arrival; the sweep takes at most
 * a quarter of the rate as it is, and a quarter of the calls in flight (one at least). Only the
 * first in line waits for a time; everybody else waits to be woken, so ten thousand waiting callers
 * cost nothing but their memory.
 */
public final class AccountRate {
  /** A wait longer than this is refused instead. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What a call may do there. */
  public enum Kind {
    READ,
    WRITE;

    static Kind of(ApiRequest request) {
      return request.mutates() ? WRITE : READ;
    }
  }

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
  // The writes go here too where the backend counts every call together.
  private final Lane reads;
  private final Lane writes;

  private boolean apart;
  private int maxConcurrent;
  private long arrivals;
  private int inFlight;
  private int sweepsInFlight;
  private Instant heldUntil = Instant.EPOCH;

  public AccountRate(Limits limits, InstantSource clock, Waiting waiting) {
    this.clock = clock;
    this.waiting = waiting;
    this.reads = new Lane(limits.requestsPerSecond());
    this.writes = new Lane(limits.requestsPerSecond());
    this.apart = limits.readsAndWritesApart();
    this.maxConcurrent = concurrent(limits);
  }

  /** Waits in real time. */
  public AccountRate(Limits limits, InstantSource clock) {
    this(limits, clock, Waiting.REAL);
  }

  /** Other ceilings, from the next call on. What was learned is kept. */
  public void adjust(Limits limits) {
    lock.lock();
    try {
      reads.adjust(limits.requestsPerSecond());
      writes.adjust(limits.requestsPerSecond());
      apart = limits.readsAndWritesApart();
      maxConcurrent = concurrent(limits);
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  private static int concurrent(Limits limits) {
    return Math.max(1, limits.maxConcurrent());
  }

  private Lane lane(Kind kind) {
    return switch (kind) {
      case READ -> reads;
      case WRITE -> apart ? writes : reads;
    };
  }

  /**
   * Waits for a turn.
   *
   * @throws InterruptedException when interrupted; then no turn was taken
   */
  public Turn acquire(Caller caller, Kind kind) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Lane lane = lane(kind);
      Waiter me = new Waiter(caller, arrivals++, lock.newCondition());
      lane.line(caller).addLast(me);
      try {
        return waitFor(lane, me);
      } finally {
        lane.line(caller).remove(me);
        wakeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  private Turn waitFor(Lane lane, Waiter me) throws InterruptedException {
    while (true) {
      Instant now = clock.instant();
      Duration held = Duration.between(now, heldUntil);
      if (held.compareTo(PATIENCE) > 0) {
        return new Turn.Held(held);
      }
      if (!me.equals(lane.first()) || !hasRoom(me.caller()) || isOvertaken(lane, me, now)) {
        me.turn().await();
        continue;
      }
      Duration wait = Duration.between(now, earliest(lane, me));
      if (!wait.isPositive()) {
        return take(now, lane, me.caller());
      }
      waiting.await(me.turn(), wait);
    }
  }

  /** Whether the first of the other lane could call now and comes before this one. */
  private boolean isOvertaken(Lane lane, Waiter me, Instant now) {
    Lane other = lane == reads ? writes : reads;
    Waiter rival = other.first();
    return rival != null
        && Waiter.ORDER.compare(rival, me) < 0
        && hasRoom(rival.caller())
        && !earliest(other, rival).isAfter(now);
  }

  private Permission take(Instant now, Lane lane, Caller caller) {
    inFlight++;
    if (caller == Caller.SWEEP) {
      sweepsInFlight++;
    }
    return new Permission(lane, caller, lane.called(now, caller));
  }

  private boolean hasRoom(Caller caller) {
    return inFlight < maxConcurrent
        && (caller == Caller.FOREGROUND
            || sweepsInFlight < Math.max(1, maxConcurrent / Lane.SWEEP_SHARE));
  }

  private Instant earliest(Lane lane, Waiter waiter) {
    return later(lane.earliest(waiter.caller()), heldUntil);
  }

  private void wakeFirst() {
    wake(reads.first());
    wake(writes.first());
  }

  private static void wake(@Nullable Waiter waiter) {
    if (waiter != null) {
      waiter.turn().signal();
    }
  }

  private void wakeAll() {
    for (Lane lane : List.of(reads, writes)) {
      for (Caller caller : Caller.values()) {
        lane.line(caller).forEach(AccountRate::wake);
      }
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** The rate as it is, in calls per thousand seconds. */
  public long callsPerThousandSeconds(Kind kind) {
    lock.lock();
    try {
      return lane(kind).callsPerThousandSeconds();
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
      return reads.line(caller).size() + writes.line(caller).size();
    } finally {
      lock.unlock();
    }
  }

  private final class Permission implements Turn.Permit {
    private final Lane lane;
    private final Caller caller;
    private final long born;
    private boolean closed;

    Permission(Lane lane, Caller caller, long born) {
      this.lane = lane;
      this.caller = caller;
      this.born = born;
    }

    @Override
    public void succeeded() {
      lock.lock();
      try {
        lane.succeeded(born);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void limited(Optional<Duration> retryAfter) {
      lock.lock();
      try {
        Instant now = clock.instant();
        lane.limited(now, born);
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
