package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a route answers.
 *
 * @param body empty for 204
 * @param etag of the plan in the body
 */
record Answer(int status, Optional<ObjectNode> body, Optional<String> etag) {
  static Answer ok(ObjectNode body) {
    return new Answer(200, Optional.of(body), Optional.empty());
  }

  static Answer plan(int status, ObjectNode plan) {
    return new Answer(status, Optional.of(plan), Optional.of(plan.path("etag").asText()));
  }

  static Answer nothing() {
    return new Answer(204, Optional.empty(), Optional.empty());
  }

  Map<String, String> headers() {
    return etag.map(tag -> Map.of("ETag", tag)).orElse(Map.of());
  }
}
