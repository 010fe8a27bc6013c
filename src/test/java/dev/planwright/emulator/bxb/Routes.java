package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.function.Supplier;

/** What several resources answer alike. */
final class Routes {
  private Routes() {}

  /** 204 as the server sends it: with a content type. */
  static EmulatorResponse noContent() {
    return EmulatorResponse.empty(204).withHeader("content-type", "application/json");
  }

  static EmulatorResponse root() {
    ObjectNode about =
        BxbState.object()
            .put("app", "BoxBilling")
            .put("version", "0.7.0")
            .put("domain", "example.com")
            .put("status", "running");
    return EmulatorResponse.json(200, about);
  }

  /**
   * Answers a repeated {@code Idempotency-Key} from memory, comparing neither body nor path nor
   * method. Only successes are kept.
   */
  static EmulatorResponse once(Call call, BxbState state, Supplier<EmulatorResponse> work) {
    String key = call.request().header("idempotency-key").orElse("");
    if (key.isEmpty()) {
      return work.get();
    }
    if (key.length() > 255) {
      throw Refusal.of(400, "Idempotency-Key must be at most 255 characters");
    }
    String scoped = call.organization() + " " + key;
    EmulatorResponse kept = state.remembered().get(scoped);
    if (kept != null) {
      return kept.withHeader("Idempotency-Replayed", "true");
    }
    EmulatorResponse made = work.get();
    state.remembered().put(scoped, made);
    return made;
  }
}
