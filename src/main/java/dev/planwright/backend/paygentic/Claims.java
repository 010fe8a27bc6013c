package dev.planwright.backend.paygentic;

import dev.planwright.catalog.Identity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which plan uses which price that no plan lists yet. Prices bear no mark, and two plans that are
 * made at one time must not use the same one. Lost with the process, and needed by none that comes
 * after it: it makes nothing before all that was sent has landed.
 */
final class Claims {
  /** By then a claimed price is in its plan, or its plan has been given up. */
  private static final Duration LASTING = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Claim> claims = new HashMap<>();
  private final Map<String, Claim> making = new HashMap<>();
  private final Map<String, List<String>> offered = new HashMap<>();
  private final Set<String> refused = new HashSet<>();

  private record Claim(Identity identity, Instant at) {}

  Claims(InstantSource clock) {
    this.clock = clock;
  }

  /** A price of this content is on its way to Paygentic. */
  void making(Identity identity, String content) {
    lock.lock();
    try {
      making.put(content + " " + identity, new Claim(identity, clock.instant()));
    } finally {
      lock.unlock();
    }
  }

  /** It was made, and is that plan's. */
  void made(Identity identity, String content, String priceId) {
    lock.lock();
    try {
      making.remove(content + " " + identity);
      claims.put(priceId, new Claim(identity, clock.instant()));
    } finally {
      lock.unlock();
    }
  }

  /** Whether the plan may use a price of this content; from now on nobody else may. */
  boolean take(Identity identity, String content, String priceId) {
    lock.lock();
    try {
      Instant since = clock.instant().minus(LASTING);
      claims.values().removeIf(it -> it.at().isBefore(since));
      making.values().removeIf(it -> it.at().isBefore(since));
      boolean another =
          refused.contains(priceId)
              || making.entrySet().stream()
                  .anyMatch(
                      it ->
                          it.getKey().startsWith(content + " ")
                              && !it.getValue().identity().equals(identity));
      Claim claim = claims.get(priceId);
      if (another || (claim != null && !claim.identity().equals(identity))) {
        return false;
      }
      claims.put(priceId, new Claim(identity, clock.instant()));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What was found is about to be used by this step. */
  void offer(String step, List<String> ids) {
    lock.lock();
    try {
      offered.put(step, List.copyOf(ids));
    } finally {
      lock.unlock();
    }
  }

  /** The step was refused: what it tried to use is not tried again. Whether there was any. */
  boolean refuse(String step) {
    lock.lock();
    try {
      List<String> ids = offered.remove(step);
      return ids != null && refused.addAll(ids);
    } finally {
      lock.unlock();
    }
  }

  /** What a call was refused for is about to go: it may be tried once more. */
  void forgive(String id) {
    lock.lock();
    try {
      refused.remove(id);
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody else uses it, and it was not refused before. */
  boolean isFree(Identity identity, String id) {
    lock.lock();
    try {
      Claim claim = claims.get(id);
      return !refused.contains(id) && (claim == null || claim.identity().equals(identity));
    } finally {
      lock.unlock();
    }
  }
}
