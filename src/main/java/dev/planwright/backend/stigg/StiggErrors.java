package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.ApiResponse;

/**
 * What Stigg says in an error, in any of the shapes that its documentation shows: a plain {@code
 * message} and {@code code}, the same inside of {@code error}, the edge's {@code error} word, and
 * GraphQL's {@code errors}.
 *
 * @param code {@code ""} where there is none
 * @param trace what the vendor's support asks for; {@code ""} where there is none
 */
record StiggErrors(String code, String message, String trace) {

  static StiggErrors of(ApiResponse answer) {
    JsonNode body = answer.body();
    JsonNode inner = body.path("error");
    JsonNode first = body.path("errors").path(0);
    String code =
        first(
            body.path("code"),
            inner.path("code"),
            inner,
            first.path("extensions").path("code"),
            first.path("code"));
    String message = first(body.path("message"), inner.path("message"), first.path("message"));
    String trace =
        first(
            body.path("traceId"),
            inner.path("traceId"),
            first.path("extensions").path("traceId"),
            body.path("requestId"));
    if (trace.isEmpty()) {
      trace =
          answer
              .header("x-trace-id")
              .or(() -> answer.header("x-request-id"))
              .or(() -> answer.header("traceparent"))
              .orElse("");
    }
    return new StiggErrors(code, message, trace);
  }

  /** For people. */
  String words() {
    String said = message.isEmpty() ? "without a reason" : message;
    return said
        + (code.isEmpty() ? "" : " (" + code + ")")
        + (trace.isEmpty() ? "" : " (trace " + trace + ")");
  }

  private static String first(JsonNode... nodes) {
    for (JsonNode node : nodes) {
      if (node.isTextual() && !node.textValue().isEmpty()) {
        return node.textValue();
      }
    }
    return "";
  }
}
