package dev.planwright.emulator.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;

/** The envelope that every answer with a body comes in. */
final class Answers {
  private Answers() {}

  static EmulatorResponse ok(JsonNode data) {
    return data(200, data);
  }

  static EmulatorResponse created(JsonNode data) {
    return data(201, data);
  }

  static EmulatorResponse page(JsonNode data, ObjectNode pagination) {
    ObjectNode envelope = Store.object().put("success", true);
    envelope.set("data", data);
    envelope.set("pagination", pagination);
    return EmulatorResponse.json(200, envelope);
  }

  static EmulatorResponse failed(int status, ObjectNode error) {
    ObjectNode envelope = Store.object().put("success", false);
    envelope.set("error", error);
    return EmulatorResponse.json(status, envelope);
  }

  private static EmulatorResponse data(int status, JsonNode data) {
    ObjectNode envelope = Store.object().put("success", true);
    envelope.set("data", data);
    return EmulatorResponse.json(status, envelope);
  }
}
