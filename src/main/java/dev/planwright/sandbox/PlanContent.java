package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a body becomes what is stored, and what is stored an answer. */
final class PlanContent {
  private PlanContent() {}

  /** The content of a valid body: without its owner, with ids for its prices. */
  static ObjectNode of(ObjectNode body, Optional<ObjectNode> before, IdSource ids) {
    ObjectNode content = Json.object();
    content.put("displayName", body.path("displayName").asText());
    content.put("type", body.path("type").asText("Plan"));
    content.put("pricing", body.path("pricing").asText("Paid"));
    content.put("lifecycle", body.path("lifecycle").asText("Active"));
    body.properties().stream()
        .filter(entry -> !content.has(entry.getKey()) && !entry.getKey().equals("owner"))
        .forEach(entry -> content.set(entry.getKey(), entry.getValue()));
    content.set("prices", withIds(body, before, ids));
    return content;
  }

  private static ArrayNode withIds(ObjectNode body, Optional<ObjectNode> before, IdSource ids) {
    List<JsonNode> stored = before.map(old -> Json.items(old, "prices")).orElse(List.of());
    // An id that the body claims for one price is not also handed to another by its name.
    Set<String> taken = new HashSet<>();
    Json.items(body, "prices").stream()
        .filter(price -> price.has("id"))
        .forEach(price -> taken.add(price.get("id").asText()));
    ArrayNode prices = Json.object().arrayNode();
    for (JsonNode price : Json.items(body, "prices")) {
      ObjectNode copy = Json.object();
      String id =
          price.has("id")
              ? price.get("id").asText()
              : stored.stream()
                  .filter(old -> continues(old, price))
                  .map(old -> old.path("id").asText())
                  .filter(taken::add)
                  .findFirst()
                  .orElseGet(() -> ids.next("price"));
      copy.put("id", id);
      price.properties().stream()
          .filter(entry -> !entry.getKey().equals("id"))
          .forEach(entry -> copy.set(entry.getKey(), entry.getValue()));
      prices.add(copy);
    }
    return prices;
  }

  private static boolean continues(JsonNode old, JsonNode price) {
    return old.path("name").equals(price.path("name"))
        && PriceValidation.modelOf(old).equals(PriceValidation.modelOf(price));
  }

  /** The same with another lifecycle. */
  static ObjectNode archived(ObjectNode content) {
    ObjectNode copy = content.deepCopy();
    copy.put("lifecycle", "Archived");
    return copy;
  }

  /** The whole plan as it is answered. */
  static ObjectNode answer(StoredPlan plan, SubscriberStore subscribers, boolean hidden) {
    ObjectNode json = Json.object();
    json.put("id", plan.id());
    json.put("key", plan.key());
    json.put("owner", plan.owner());
    json.put("version", plan.version());
    json.put("etag", plan.etag());
    json.put("archived", plan.archived());
    if (hidden) {
      json.putNull("subscribers");
    } else {
      Map<Integer, Integer> counts = subscribers.byVersion(plan.id());
      json.put("subscribers", counts.values().stream().mapToInt(Integer::intValue).sum());
      ArrayNode versions = json.putArray("subscribersByVersion");
      counts.forEach(
          (version, count) ->
              versions.addObject().put("version", version).put("subscribers", count));
    }
    json.put("createdAt", plan.createdAt().toString());
    json.put("updatedAt", plan.updatedAt().toString());
    json.setAll(plan.content());
    return json;
  }
}
