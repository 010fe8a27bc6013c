package dev.planwright.backend.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who may work on one account: at most so many at once, and a queue of keys for the others.
 *
 * <p>Nobody blocks. Who gets no permit is queued by its key alone and goes away; when its turn
 * comes the key is <em>offered</em>: a permit is reserved and the callback starts a fresh run,
 * which asks again and gets it. So nobody waits with a stale snapshot, and a second request of a
 * waiting key is the first one: it keeps its place and takes the better lane.
 *
 * <p>Order: the best lane first, within a lane by arrival. So that nothing starves, of the turns
 * given while a key has waited for {@link #OLD_AFTER} or longer, every {@value #OLDEST_EVERY}th
 * goes to the one that waited longest, in whatever lane. So ten thousand old entries delay a
 * person's edit by one turn in four, not by ten thousand turns, and the last of ten thousand
 * drifted Plans still gets its turn.
 *
 * <p>A reservation that is not taken within the given time is dropped: its object is gone, or its
 * run comes later and asks anew. A run that was offered a permit and finds nothing to do says so by
 * {@link #cancel}, one that has to wait for something else by {@link #decline}. All operations are
 * logarithmic at most; the callback is called without any lock held.
 *
 * @param <K> of a Plan; equal keys are one
 */
public final class Admission<K> {
  /** A waiting key that is older than this counts as old. */
  public static final Duration OLD_AFTER = Duration.ofSeconds(30);

  private static final int OLDEST_EVERY = 4;

  private record Entry<K>(K key, Lane lane, long arrival, Instant since) {}

  private final InstantSource clock;
  private final Duration reservation;
  private final Consumer<K> offer;
  private final Object lock = new Object();

  private final Map<K, Entry<K>> waiting = new HashMap<>();
  private final Map<Lane, NavigableMap<Long, Entry<K>>> lanes = new EnumMap<>(Lane.class);
  private final Set<K> admitted = new HashSet<>();
  // In order of offering, which is the order of expiry.
  private final LinkedHashMap<K, Instant> reserved = new LinkedHashMap<>();
  private int capacity;
  private long arrivals;
  // Turns given while somebody old waited, since somebody old got one.
  private int passedOver;

  /**
   * @param capacity how many work at once, at least one
   * @param reservation how long an offer stands
   * @param offer starts a run for a key; called without a lock, by whoever freed the permit
   */
  public Admission(int capacity, Duration reservation, InstantSource clock, Consumer<K> offer) {
    this.capacity = Math.max(1, capacity);
    this.reservation = reservation;
    this.clock = clock;
    this.offer = offer;
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new TreeMap<>());
    }
  }

  /**
   * Takes a permit, or queues the key.
   *
   * @return true when the permit is taken: {@link #release} must follow, whatever happens. False
   *     when the key is queued and will be offered; until then there is nothing to do
   */
  public boolean tryAdmit(K key, Lane lane) {
    List<K> offers = new ArrayList<>();
    boolean taken;
    synchronized (lock) {
      taken = take(key);
      if (!taken) {
        dropExpired();
        // First those who waited: a newcomer gets what they leave, in the same order as they.
        enqueue(key, lane);
        reserveFree(offers);
        taken = offers.remove(key) && take(key);
      }
    }
    announce(offers);
    return taken;
  }

  /** Gives a permit back; nothing happens when the key holds none. */
  public void release(K key) {
    change(() -> admitted.remove(key));
  }

  /** Gives back a permit that was offered and not taken; a key that waits keeps its place. */
  public void decline(K key) {
    change(() -> reserved.remove(key));
  }

  /** Forgets a key that waits or was offered a permit; a permit that it holds is kept. */
  public void cancel(K key) {
    change(
        () -> {
          reserved.remove(key);
          dequeue(key);
        });
  }

  /**
   * Drops reservations whose time is over. To be called every few seconds: a quiet account has no
   * other occasion.
   */
  public void tick() {
    change(() -> {});
  }

  /** Another capacity; who is admitted already stays. */
  public void resize(int capacity) {
    change(() -> this.capacity = Math.max(1, capacity));
  }

  /** How many keys wait, by lane. */
  public Map<Lane, Integer> depth() {
    synchronized (lock) {
      Map<Lane, Integer> depth = new EnumMap<>(Lane.class);
      lanes.forEach((lane, entries) -> depth.put(lane, entries.size()));
      return depth;
    }
  }

  /** How long the oldest waiting key has waited; zero when none does. */
  public Duration oldestWait() {
    synchronized (lock) {
      Entry<K> oldest = oldest();
      return oldest == null ? Duration.ZERO : Duration.between(oldest.since(), clock.instant());
    }
  }

  /** How many keys hold a permit or are offered one. */
  public int inUse() {
    synchronized (lock) {
      return admitted.size() + reserved.size();
    }
  }

  private void change(Runnable change) {
    List<K> offers = new ArrayList<>();
    synchronized (lock) {
      change.run();
      dropExpired();
      reserveFree(offers);
    }
    announce(offers);
  }

  /** What it holds already, or was offered. */
  private boolean take(K key) {
    if (reserved.remove(key) != null) {
      admitted.add(key);
    }
    return admitted.contains(key);
  }

  private void enqueue(K key, Lane lane) {
    Entry<K> known = waiting.get(key);
    if (known == null) {
      put(new Entry<>(key, lane, arrivals++, clock.instant()));
    } else if (lane.compareTo(known.lane()) < 0) {
      dequeue(key);
      put(new Entry<>(key, lane, known.arrival(), known.since()));
    }
  }

  private void put(Entry<K> entry) {
    waiting.put(entry.key(), entry);
    line(entry.lane()).put(entry.arrival(), entry);
  }

  private void dequeue(K key) {
    Entry<K> entry = waiting.remove(key);
    if (entry != null) {
      line(entry.lane()).remove(entry.arrival());
    }
  }

  private void dropExpired() {
    Instant now = clock.instant();
    var oldestFirst = reserved.values().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().isAfter(now)) {
      oldestFirst.remove();
    }
  }

  private void reserveFree(List<K> offers) {
    while (admitted.size() + reserved.size() < capacity) {
      Entry<K> next = next();
      if (next == null) {
        return;
      }
      dequeue(next.key());
      reserved.put(next.key(), clock.instant().plus(reservation));
      offers.add(next.key());
    }
  }

  private @Nullable Entry<K> next() {
    Entry<K> oldest = oldest();
    if (oldest == null) {
      return null;
    }
    if (oldest.since().plus(OLD_AFTER).isAfter(clock.instant())) {
      passedOver = 0;
    } else if (++passedOver == OLDEST_EVERY) {
      passedOver = 0;
      return oldest;
    }
    for (Lane lane : Lane.values()) {
      var first = line(lane).firstEntry();
      if (first != null) {
        return first.getValue();
      }
    }
    return null;
  }

  private @Nullable Entry<K> oldest() {
    Entry<K> oldest = null;
    for (Lane lane : Lane.values()) {
      var first = line(lane).firstEntry();
      if (first != null && (oldest == null || first.getKey() < oldest.arrival())) {
        oldest = first.getValue();
      }
    }
    return oldest;
  }

  private NavigableMap<Long, Entry<K>> line(Lane lane) {
    return Optional.ofNullable(lanes.get(lane)).orElseThrow();
  }

  /** Every key is offered, even when an earlier callback failed: nobody else would offer it. */
  private void announce(List<K> offers) {
    RuntimeException failure = null;
    for (K key : offers) {
      try {
        offer.accept(key);
      } catch (RuntimeException e) {
        // Any failure of the callback, which is not ours: the others must hear first.
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
