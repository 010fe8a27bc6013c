package dev.planwright.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits until a Plan and its Prices have been quiet for a moment, so that one create carries all
 * and a backend with versions gets one version, not four.
 */
public final class Settling {
  /**
   * How long to wait.
   *
   * @param quiet without any change
   * @param atMost since the first change, however lively it goes on
   * @param removal before a price that vanished is taken for removed
   */
  public record Times(Duration quiet, Duration atMost, Duration removal) {
    public static final Times DEFAULT =
        new Times(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  private record Watch(String inputs, Instant first, Instant last, Map<String, Instant> gone) {}

  private final Map<String, Watch> watches = new ConcurrentHashMap<>();
  private final Times times;
  private final InstantSource clock;

  Settling(Times times, InstantSource clock) {
    this.times = times;
    this.clock = clock;
  }

  /**
   * How long to wait still.
   *
   * @param inputs names the manifests as they are now
   * @param complete whether the Plan says which prices it needs, and all are there: then nothing
   *     more is waited for
   * @param vanished prices that the backend has and no manifest names
   */
  Optional<Duration> left(
      String uid, String inputs, boolean complete, Collection<String> vanished) {
    Instant now = clock.instant();
    Watch watch =
        watches.compute(
            uid,
            (key, old) ->
                new Watch(
                    inputs,
                    old == null ? now : old.first(),
                    old == null || !old.inputs().equals(inputs) ? now : old.last(),
                    gone(old == null ? Map.of() : old.gone(), vanished, now)));
    if (complete) {
      return Optional.empty();
    }
    Instant settled = min(watch.last().plus(times.quiet()), watch.first().plus(times.atMost()));
    for (Instant since : watch.gone().values()) {
      Instant removable = since.plus(times.removal());
      settled = removable.isAfter(settled) ? removable : settled;
    }
    return Optional.of(Duration.between(now, settled)).filter(Duration::isPositive);
  }

  /** How long ago the first change came that is not done yet. */
  Duration waited(String uid) {
    Watch watch = watches.get(uid);
    return watch == null ? Duration.ZERO : Duration.between(watch.first(), clock.instant());
  }

  /** The Plan was brought up to date: the next change starts anew. */
  void done(String uid) {
    watches.remove(uid);
  }

  private static Map<String, Instant> gone(
      Map<String, Instant> before, Collection<String> vanished, Instant now) {
    Map<String, Instant> gone = new HashMap<>();
    vanished.forEach(price -> gone.put(price, before.getOrDefault(price, now)));
    return gone;
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
