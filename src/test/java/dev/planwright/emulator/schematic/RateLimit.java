package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Twenty reads and twenty writes in any second. What is refused does not count. */
final class RateLimit {
  private static final int PER_SECOND = 20;

  private final Store store;
  private final Map<String, Deque<Instant>> admitted = new HashMap<>();

  RateLimit(Store store) {
    this.store = store;
  }

  void admit(ObjectNode key, boolean write) {
    String who = store.holds(Question.RateScope.KEY) ? Store.text(key, "id") : Account.ID;
    Deque<Instant> recent =
        admitted.computeIfAbsent(who + (write ? " writes" : " reads"), it -> new ArrayDeque<>());
    Instant now = store.instant();
    while (!recent.isEmpty() && !recent.getFirst().isAfter(now.minusSeconds(1))) {
      recent.removeFirst();
    }
    if (recent.size() < PER_SECOND) {
      recent.addLast(now);
      return;
    }
    Refusal refusal = Refusal.of(429, "rate limit exceeded");
    if (store.holds(Question.RateHeader.RETRY_AFTER)) {
      refusal = refusal.withHeader("Retry-After", "1");
    } else if (store.holds(Question.RateHeader.RESET)) {
      String reset = String.valueOf(recent.getFirst().plusSeconds(2).getEpochSecond());
      refusal = refusal.withHeader("X-RateLimit-Reset", reset);
    }
    throw refusal;
  }
}
