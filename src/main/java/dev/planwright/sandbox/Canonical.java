package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One form for all ways to say the same plan: decimals by value, defaults left out, lists sorted
 * where order means nothing. Two contents are the same version exactly when these are equal.
 */
final class Canonical {
  private static final Set<String> DECIMALS =
      Set.of(
          "amount",
          "unitAmount",
          "flatAmount",
          "upTo",
          "rate",
          "fixedAmount",
          "minAmount",
          "maxAmount");

  /** Lists in which order means nothing; tiers and filters are not among them. */
  private static final Set<String> UNORDERED =
      Set.of(
          "prices",
          "entitlements",
          "compatibleAddOns",
          "creditGrants",
          "minimumCommitments",
          "usageThresholds",
          "countries",
          "values");

  /** Fields whose default a client may say or leave out. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "type", "Plan",
          "pricing", "Paid",
          "lifecycle", "Active",
          "count", "1",
          "usageType", "Metered",
          "freeUnits", "0",
          "freeEvents", "0",
          "sortOrder", "0",
          "soft", "false",
          "onEnd", "ConvertToPaid");

  private Canonical() {}

  static boolean same(ObjectNode a, ObjectNode b) {
    return of(a).equals(of(b));
  }

  private static ObjectNode of(ObjectNode content) {
    ObjectNode copy = Json.object();
    // In the order of names, so that entries without a name sort alike however they were written.
    content.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> put(copy, content, entry.getKey(), entry.getValue()));
    return copy;
  }

  private static void put(ObjectNode target, ObjectNode source, String name, JsonNode value) {
    if (value.isContainerNode() && value.isEmpty() && !name.equals("oneTime")) {
      return;
    }
    if (value.asText().equals(DEFAULTS.get(name))
        || (name.equals("recurring") && value.isBoolean() && !value.booleanValue())
        || (name.equals("billing") && value.asText().equals(defaultBilling(source)))) {
      return;
    }
    if (name.equals("metadata")) {
      target.set(name, value);
    } else if (value instanceof ObjectNode object) {
      target.set(name, of(object));
    } else if (value instanceof ArrayNode array) {
      target.set(name, list(name, array));
    } else if (DECIMALS.contains(name) && Fields.DECIMAL.matcher(value.asText()).matches()) {
      target.put(name, Json.plain(new BigDecimal(value.asText())));
    } else {
      target.set(name, value);
    }
  }

  private static ArrayNode list(String name, ArrayNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(item -> items.add(item instanceof ObjectNode object ? of(object) : item));
    if (UNORDERED.contains(name)) {
      items.sort(Comparator.comparing(Canonical::orderBy));
    }
    ArrayNode sorted = Json.object().arrayNode();
    items.forEach(sorted::add);
    return sorted;
  }

  private static String orderBy(JsonNode item) {
    for (String identity : List.of("name", "feature", "credit")) {
      if (item.has(identity)) {
        return item.get(identity).asText();
      }
    }
    return item.toString();
  }

  /** When a price is charged that doesn't say. */
  static String defaultBilling(JsonNode price) {
    boolean licensed = price.path("perUnit").path("usageType").asText().equals("Licensed");
    return price.has("flat") || licensed ? "InAdvance" : "InArrears";
  }
}
