package dev.planwright.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** What people put on a plan by hand, as texts that can be compared. */
final class Extras {
  private Extras() {}

  /** Notes what is there; null, nothing and empty are all nothing. */
  static void put(Map<String, String> into, String name, JsonNode value) {
    String text = value.isContainerNode() ? sorted(value) : value.asText("");
    boolean empty = value.isContainerNode() ? value.isEmpty() : value.isNull() || text.isEmpty();
    if (!empty) {
      into.put(name, text);
    }
  }

  /** The order of fields means nothing. */
  private static String sorted(JsonNode value) {
    if (!value.isObject()) {
      return value.toString();
    }
    Map<String, String> fields = new TreeMap<>();
    value.properties().forEach(it -> fields.put(it.getKey(), sorted(it.getValue())));
    return fields.toString();
  }
}
