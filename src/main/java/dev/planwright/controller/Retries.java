package dev.planwright.controller;

import dev.planwright.backend.client.Backoff;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * When a Plan may be tried again. JOSDK runs early on any event and drops a reschedule when an
 * event came meanwhile, so the time is kept here and what is left of it is returned by each run.
 */
final class Retries {
  private record Wait(String inputs, int attempts, Instant notBefore) {}

  private final Map<String, Wait> waits = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final RandomGenerator random;

  Retries(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is left to wait.
   *
   * @param inputs names what the last try was made with: with anything else it starts at once
   */
  Optional<Duration> left(String uid, String inputs) {
    return Optional.ofNullable(waits.get(uid))
        .filter(wait -> wait.inputs().equals(inputs))
        .map(wait -> Duration.between(clock.instant(), wait.notBefore()))
        .filter(Duration::isPositive);
  }

  /** Whether the last try with these inputs failed. */
  boolean isRetry(String uid, String inputs) {
    Wait wait = waits.get(uid);
    return wait != null && wait.inputs().equals(inputs);
  }

  /** Notes a failed try, and says how long to wait. */
  Duration failed(String uid, String inputs, Reason reason, Optional<Duration> asked) {
    Wait before = waits.get(uid);
    int attempts = before != null && before.inputs().equals(inputs) ? before.attempts() + 1 : 1;
    Duration wait =
        reason.retry() == Reason.Retry.SOON ? Backoff.after(attempts, asked, random) : Backoff.SLOW;
    waits.put(uid, new Wait(inputs, attempts, clock.instant().plus(wait)));
    return wait;
  }

  /** Forgets all failures. */
  void clear(String uid) {
    waits.remove(uid);
  }
}
