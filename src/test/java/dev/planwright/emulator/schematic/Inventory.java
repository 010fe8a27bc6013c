package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.FEATURES;
import static dev.planwright.emulator.schematic.Store.Kind.GRANTS;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The catalogue, one line an object, without ids, times and archived versions. */
final class Inventory {
  private static final List<String> ASSIGNED =
      List.of(
          "id",
          "plan_id",
          "feature_id",
          "rule_id",
          "created_at",
          "updated_at",
          "original_plan_id",
          "version",
          "price_id",
          "price_external_id",
          "product",
          "_req",
          "_age",
          "_origin",
          "_version");

  private final Store store;

  Inventory(Store store) {
    this.store = store;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (ObjectNode plan : store.all(PLANS)) {
      lines.add("plan " + content(plan));
    }
    for (ObjectNode version : store.all(VERSIONS)) {
      if (!Store.is(version, "status", "archived")) {
        lines.add("version of " + name(PLANS, version, "plan_id") + " " + content(version));
      }
    }
    for (Store.Kind kind : List.of(ENTITLEMENTS, GRANTS)) {
      store.all(kind).forEach(row -> add(lines, kind, row));
    }
    return lines.stream().sorted().toList();
  }

  private void add(List<String> lines, Store.Kind kind, ObjectNode row) {
    String status =
        store
            .find(VERSIONS, Store.text(row, "_version"))
            .map(it -> Store.text(it, "status"))
            .orElse("orphan");
    if (!status.equals("archived")) {
      String word = kind == GRANTS ? "grant" : "entitlement";
      lines.add(
          "%s of %s, %s: %s %s"
              .formatted(
                  word,
                  name(PLANS, row, "plan_id"),
                  status,
                  name(FEATURES, row, "feature_id"),
                  content(row)));
    }
  }

  private String name(Store.Kind kind, ObjectNode row, String column) {
    return store
        .find(kind, Store.text(row, column))
        .map(it -> Store.text(it, "name"))
        .orElse("nothing");
  }

  /** Keys in alphabetical order: a changed row has them in another one than a new row. */
  private static JsonNode content(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode content = Store.object();
      object.properties().stream()
          .filter(it -> !ASSIGNED.contains(it.getKey()))
          .sorted(Map.Entry.comparingByKey())
          .forEach(it -> content.set(it.getKey(), content(it.getValue())));
      return content;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode content = array.arrayNode();
      array.forEach(it -> content.add(content(it)));
      return content;
    }
    return node;
  }
}
