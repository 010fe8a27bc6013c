package dev.planwright.controller;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What tools that wait for objects read out of one, by the documented rules of kstatus for kinds
 * that it does not know.
 */
enum Kstatus {
  CURRENT,
  IN_PROGRESS,
  FAILED,
  TERMINATING;

  static Kstatus of(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    JsonNode status = object.path("status");
    if (metadata.hasNonNull("deletionTimestamp")) {
      return TERMINATING;
    }
    if (status.hasNonNull("observedGeneration")
        && status.path("observedGeneration").asLong() != metadata.path("generation").asLong()) {
      return IN_PROGRESS;
    }
    for (JsonNode condition : status.path("conditions")) {
      if (isTrue(condition, "Reconciling")) {
        return IN_PROGRESS;
      }
      if (isTrue(condition, "Stalled")) {
        return FAILED;
      }
    }
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Ready") && !isTrue(condition, "Ready")) {
        return IN_PROGRESS;
      }
    }
    return CURRENT;
  }

  private static boolean isTrue(JsonNode condition, String type) {
    return condition.path("type").asText().equals(type)
        && condition.path("status").asText().equals("True");
  }
}
