package dev.planwright.emulator.noderails;

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

  /** 400: one issue for each wrong field. */
  static Refusal invalid(ArrayNode issues) {
    ObjectNode error = coded("VALIDATION_ERROR", "Validation failed");
    error.set("details", issues);
    return answer(400, error);
  }

  /** 400: a rule that no single field breaks. */
  static Refusal invalid(String message) {
    return answer(400, coded("VALIDATION_ERROR", message));
  }

  static Refusal unauthenticated(String message) {
    return answer(401, coded("AUTHENTICATION_ERROR", message));
  }

  static Refusal forbidden(String message) {
    return answer(403, coded("AUTHORIZATION_ERROR", message));
  }

  static Refusal notFound(String what) {
    return answer(404, coded("NOT_FOUND", what + " not found"));
  }

  /** 429, with the seconds to wait in the header and in the body. */
  static Refusal tooMany(long retryAfter, long resetAt) {
    ObjectNode error = coded("RATE_LIMIT_EXCEEDED", "Too many requests");
    error.putObject("details").put("retryAfter", retryAfter);
    EmulatorResponse response =
        Answers.failed(429, error)
            .withHeader("Retry-After", String.valueOf(retryAfter))
            .withHeader("X-RateLimit-Limit", "200")
            .withHeader("X-RateLimit-Remaining", "0")
            .withHeader("X-RateLimit-Reset", String.valueOf(resetAt));
    return new Refusal(response);
  }

  /** 500: malformed JSON, a body too large, a number that the database cannot hold. */
  static Refusal crash() {
    return answer(500, coded("INTERNAL_ERROR", "Internal server error"));
  }

  /** Errors of version and idempotency have a type and no code. */
  static Refusal typed(int status, String type, String message) {
    return answer(status, Store.object().put("type", type).put("message", message));
  }

  private static Refusal answer(int status, ObjectNode error) {
    return new Refusal(Answers.failed(status, error));
  }

  private static ObjectNode coded(String code, String message) {
    return Store.object().put("code", code).put("message", message);
  }
}
