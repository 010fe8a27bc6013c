package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.ANSWERS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Answers kept under the idempotency key of a POST, for 24 hours. */
final class Replays {
  private static final Duration KEPT = Duration.ofHours(24);

  private final StiggState state;

  Replays(StiggState state) {
    this.state = state;
  }

  Optional<EmulatorResponse> find(EmulatorRequest request) {
    Optional<ObjectNode> kept = slot(request).flatMap(slot -> state.find(ANSWERS, slot));
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode row = kept.get();
    if (Instant.parse(row.path("at").textValue()).plus(KEPT).isBefore(state.instant())) {
      return Optional.empty();
    }
    boolean sameBody = row.path("sent").textValue().equals(request.text());
    if (!sameBody && state.is(StiggSwitch.IDEMPOTENCY_CHANGED_BODY_REFUSED)) {
      throw Refusal.uncoded(409, "this idempotency key was used with another body");
    }
    return Optional.of(
        new EmulatorResponse(
            row.path("status").intValue(),
            Map.of("content-type", "application/json"),
            row.path("answer").textValue().getBytes(StandardCharsets.UTF_8)));
  }

  void keep(EmulatorRequest request, EmulatorResponse response) {
    int worst = state.is(StiggSwitch.IDEMPOTENCY_KEEPS_ERRORS) ? 499 : 299;
    if (response.status() <= worst) {
      ObjectNode row = StiggState.object().put("at", state.instant().toString());
      row.put("sent", request.text()).put("status", response.status());
      row.put("answer", response.text());
      slot(request).ifPresent(slot -> state.put(ANSWERS, slot, row));
    }
  }

  private Optional<String> slot(EmulatorRequest request) {
    if (!request.method().equals("POST") || !state.is(StiggSwitch.IDEMPOTENCY_REPLAYS)) {
      return Optional.empty();
    }
    String path = state.is(StiggSwitch.IDEMPOTENCY_BY_PATH) ? " " + request.path() : "";
    return request.header("idempotency-key").map(key -> key + path);
  }
}
