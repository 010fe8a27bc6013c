package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  static Refusal of(int status, String message, String code) {
    return new Refusal(EmulatorResponse.json(status, body(status, message).put("code", code)));
  }

  static Refusal of(int status, String message) {
    return new Refusal(EmulatorResponse.json(status, body(status, message)));
  }

  static Refusal of(int status, String message, ObjectNode details) {
    ObjectNode body = body(status, message);
    body.set("details", details);
    return new Refusal(EmulatorResponse.json(status, body));
  }

  /** 400 with one entry for each wrong field. */
  static Refusal invalid(ArrayNode errors) {
    ObjectNode body =
        Store.object().put("error", "validation_error").put("message", "Validation failed");
    body.set("errors", errors);
    return new Refusal(EmulatorResponse.json(400, body));
  }

  /** 400 for one field. */
  static Refusal invalid(String field, String message) {
    ObjectNode error = Store.object().put("field", field).put("message", message);
    return invalid(Store.array().add(error));
  }

  static ObjectNode body(int status, String message) {
    String error =
        switch (status) {
          case 400 -> "bad_request";
          case 401 -> "unauthorized";
          case 403 -> "forbidden";
          case 404 -> "not_found";
          case 409 -> "conflict";
          case 429 -> "too_many_requests";
          default -> "internal_server_error";
        };
    return Store.object().put("error", error).put("message", message);
  }
}
