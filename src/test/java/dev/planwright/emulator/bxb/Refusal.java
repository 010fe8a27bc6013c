package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.planwright.emulator.EmulatorResponse;

/** Ends a call with an error answer; nothing may have been written before. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient EmulatorResponse response;

  private Refusal(EmulatorResponse response) {
    super("status " + response.status() + ": " + response.text(), null, false, false);
    this.response = response;
  }

  EmulatorResponse response() {
    return response;
  }

  /** 400, 401, 404, 405, 409: one sentence. */
  static Refusal of(int status, String detail) {
    return new Refusal(EmulatorResponse.json(status, BxbState.object().put("detail", detail)));
  }

  /** 422: one entry for each wrong field. */
  static Refusal invalid(ArrayNode errors) {
    return new Refusal(EmulatorResponse.json(422, BxbState.object().set("detail", errors)));
  }

  /** 500: an exception that nobody caught, told in plain text and without a reason. */
  static Refusal crash() {
    return new Refusal(EmulatorResponse.text(500, "Internal Server Error"));
  }
}
