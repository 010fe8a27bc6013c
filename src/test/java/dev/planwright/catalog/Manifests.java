package dev.planwright.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Manifests as people write them, and changes to single fields of them. */
final class Manifests {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new YAMLFactory())
          .registerModule(new JavaTimeModule())
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final Map<String, ObjectNode> objects = new TreeMap<>();

  /** The given documents, one object each. */
  static Manifests of(String... documents) {
    Manifests manifests = new Manifests();
    for (String document : documents) {
      manifests.add(document);
    }
    return manifests;
  }

  private void add(String document) {
    ObjectNode object = (ObjectNode) yaml(document);
    object.withObject("/metadata").put("namespace", "shop");
    String name = object.at("/metadata/name").asText();
    objects.put(object.path("kind").asText() + " " + name, object);
  }

  /**
   * Changes fields, each given as {@code "Price team-monthly spec.flat.amount: '1e3'"}; without a
   * value the field is removed; {@code "+ "} before a whole document adds an object.
   */
  Manifests with(List<String> changes) {
    for (String change : changes) {
      if (change.startsWith("+ ")) {
        add(change.substring(2));
        continue;
      }
      if (change.startsWith("- ")) {
        objects.remove(change.substring(2));
        continue;
      }
      String[] words = change.split(" ", 3);
      int colon = words[2].indexOf(": ");
      String path = colon < 0 ? words[2] : words[2].substring(0, colon);
      JsonNode value = colon < 0 ? MissingNode.getInstance() : yaml(words[2].substring(colon + 2));
      set(object(words[0] + " " + words[1]), path.split("\\."), value);
    }
    return this;
  }

  private ObjectNode object(String name) {
    return Optional.ofNullable(objects.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no such object: " + name));
  }

  private static void set(ObjectNode object, String[] path, JsonNode value) {
    JsonNode at = object;
    for (int i = 0; i < path.length - 1; i++) {
      JsonNode next =
          at instanceof ArrayNode list ? list.get(Integer.parseInt(path[i])) : at.get(path[i]);
      at = next == null ? ((ObjectNode) at).putObject(path[i]) : next;
    }
    String last = path[path.length - 1];
    if (value.isMissingNode()) {
      ((ObjectNode) at).remove(last);
    } else if (at instanceof ArrayNode list) {
      list.set(Integer.parseInt(last), value);
    } else {
      ((ObjectNode) at).set(last, value);
    }
  }

  Optional<Plan> plan(String name) {
    return Optional.ofNullable(objects.get("Plan " + name)).map(node -> as(node, Plan.class));
  }

  BillingBackend backend() {
    return as(object("BillingBackend default"), BillingBackend.class);
  }

  List<Price> prices(String plan) {
    List<Price> prices = new ArrayList<>();
    for (ObjectNode object : objects.values()) {
      // A Price without planRef is put to every Plan, so that its mistake is seen.
      String of = object.at("/spec/planRef/name").asText("");
      if (object.path("kind").asText().equals("Price") && (of.equals(plan) || of.isEmpty())) {
        prices.add(as(object, Price.class));
      }
    }
    return prices;
  }

  Compilation compile(String plan) {
    return new CatalogCompiler((namespace, name) -> plan(name))
        .compile(plan(plan).orElseThrow(), prices(plan), backend().getSpec());
  }

  private static <T> T as(JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + node, e);
    }
  }

  private static JsonNode yaml(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
