package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request that a route has accepted.
 *
 * @param key the API key's row
 * @param path values of the route's placeholders
 */
record Call(EmulatorRequest request, ObjectNode key, Map<String, String> path, Store store) {
  private static final Set<String> ARRAYS =
      Set.of(
          "ids",
          "feature_ids",
          "plan_ids",
          "plan_version_ids",
          "feature_type",
          "subscription_statuses",
          "subscription_types",
          "credit_type_ids");

  String environment() {
    return Store.text(key, "environment_id");
  }

  String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no placeholder " + name);
    }
    return value;
  }

  Fields body() {
    if (request.json().orElse(null) instanceof ObjectNode body) {
      return new Fields(body);
    }
    throw Refusal.invalid("the body must be a JSON object");
  }

  Optional<String> query(String name) {
    return request.query(name).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return query(name).filter(value -> value.equals("true")).isPresent();
  }

  /** All values of a parameter that takes several. */
  List<String> several(String name) {
    List<String> sent = request.query().getOrDefault(name, List.of());
    if (sent.isEmpty() || store.holds(Question.ArrayParameter.REPEATED)) {
      return sent;
    }
    return List.of(sent.getLast().split(",", -1));
  }

  EmulatorResponse created(JsonNode data) {
    return EmulatorResponse.json(201, envelope(data));
  }

  EmulatorResponse ok(JsonNode data) {
    return EmulatorResponse.json(200, envelope(data));
  }

  EmulatorResponse deleted() {
    return ok(Store.object().put("deleted", true));
  }

  private ObjectNode envelope(JsonNode data) {
    ObjectNode envelope = Store.object();
    envelope.set("data", data);
    ObjectNode params = envelope.putObject("params");
    request
        .query()
        .forEach(
            (name, values) -> {
              String last = values.getLast();
              if (ARRAYS.contains(name)) {
                ArrayNode array = params.putArray(name);
                several(name).forEach(array::add);
              } else if (last.equals("true") || last.equals("false")) {
                params.put(name, last.equals("true"));
              } else if (last.matches("\\d{1,9}")
                  && (name.equals("limit") || name.equals("offset"))) {
                params.put(name, Integer.parseInt(last));
              } else {
                params.put(name, last);
              }
            });
    return envelope;
  }
}
