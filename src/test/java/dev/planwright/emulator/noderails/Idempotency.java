package dev.planwright.emulator.noderails;

import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.noderails.Store.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers a repeated key from memory, before anybody asks who calls: all callers share the keys,
 * and neither method nor path nor body is compared.
 */
final class Idempotency {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration LOCKED = Duration.ofSeconds(60);
  private static final int LONGEST = 255;

  private final Store store;

  Idempotency(Store store) {
    this.store = store;
  }

  EmulatorResponse once(EmulatorRequest request, Function<EmulatorRequest, EmulatorResponse> work) {
    String key = request.header("idempotency-key").orElse("");
    boolean applies = List.of("POST", "PUT", "PATCH").contains(request.method());
    if (key.isEmpty() || !applies || store.on(Switch.IDEMPOTENCY_KEYS_ARE_IGNORED)) {
      return work.apply(request);
    }
    if (key.length() > LONGEST) {
      throw Refusal.typed(
          400, "invalid_request_error", "Idempotency-Key must be at most 255 characters");
    }
    String scoped = scope(request) + key;
    Optional<Kept> kept = kept(scoped);
    if (kept.isPresent()) {
      refuseAnother(kept.get(), request);
      return kept.get().answer().withHeader("Idempotent-Replayed", "true");
    }
    refuseLocked(key);
    EmulatorResponse answer = work.apply(request);
    if (answer.status() < 300 || !store.on(Switch.ONLY_SUCCESSES_ARE_REPLAYED)) {
      store.answers().put(scoped, new Kept(answer, text(request), store.now()));
    }
    return answer;
  }

  private String scope(EmulatorRequest request) {
    return store.on(Switch.IDEMPOTENCY_KEYS_ARE_SCOPED_TO_THE_CALLER)
        ? request.header("x-api-key").orElse("") + " "
        : "";
  }

  private Optional<Kept> kept(String scoped) {
    return Optional.ofNullable(store.answers().get(scoped))
        .filter(kept -> store.now().isBefore(kept.at().plus(KEPT)));
  }

  private void refuseAnother(Kept kept, EmulatorRequest request) {
    if (store.on(Switch.REUSED_KEYS_ARE_COMPARED) && !kept.request().equals(text(request))) {
      throw conflict("Idempotency-Key was used with another request");
    }
  }

  private void refuseLocked(String key) {
    Instant since = store.locks().get(key);
    if (since != null && store.now().isBefore(since.plus(LOCKED))) {
      throw conflict("A request with this Idempotency-Key is in progress");
    }
    store.locks().remove(key);
  }

  private static Refusal conflict(String message) {
    return Refusal.typed(409, "idempotency_error", message);
  }

  private static String text(EmulatorRequest request) {
    return request.method() + " " + request.target() + " " + request.text();
  }
}
