package dev.planwright.emulator.schematic;

import dev.planwright.emulator.EmulatorResponse;

/** Ends a call with an error answer: one sentence and no code. What was written is undone. */
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

  static Refusal of(int status, String error) {
    return new Refusal(EmulatorResponse.json(status, Store.object().put("error", error)));
  }

  static Refusal invalid(String error) {
    return of(400, error);
  }

  static Refusal missing(String what) {
    return of(404, what + " not found");
  }

  /** The same refusal with one header more. */
  Refusal withHeader(String name, String value) {
    return new Refusal(response.withHeader(name, value));
  }
}
