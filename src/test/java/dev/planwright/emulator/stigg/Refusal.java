package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.function.Supplier;

/** Ends a call with an error answer; what the call wrote before is undone. */
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

  static Refusal of(int status, String code, String message) {
    return with(status, StiggState.object().put("message", message).put("code", code));
  }

  /** A refusal for which the documentation has no code. */
  static Refusal uncoded(int status, String message) {
    return with(status, StiggState.object().put("message", message).putNull("code"));
  }

  static Refusal with(int status, ObjectNode body) {
    return new Refusal(EmulatorResponse.json(status, body));
  }

  /** Looks up what a body refers to. */
  static <T> T reference(StiggState state, Supplier<T> lookup) {
    try {
      return lookup.get();
    } catch (Refusal missing) {
      if (missing.response.status() != 404 || state.is(StiggSwitch.MISSING_REFERENCE_IS_404)) {
        throw missing;
      }
      throw new Refusal(
          new EmulatorResponse(400, missing.response.headers(), missing.response.body()));
    }
  }

  static Refusal bad(String message) {
    return of(400, "BadUserInput", message);
  }
}
