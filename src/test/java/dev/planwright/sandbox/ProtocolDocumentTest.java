package dev.planwright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolDocumentTest {
  private final ProtocolContract contract = ProtocolContract.load();

  @Test
  void everyFieldIsDescribed() {
    List<String> silent = new ArrayList<>();
    fields(contract.document(), "", silent, (field, at) -> describes(field) ? null : at);

    assertThat(silent).isEmpty();
  }

  /** A comma in a description that isn't quoted ends it, and makes a field of the rest. */
  @Test
  void nothingIsNamedWithoutAValue() {
    List<String> empty = new ArrayList<>();
    nulls(contract.document(), "", empty);

    assertThat(empty).isEmpty();
  }

  @Test
  void everyObjectIsClosed() {
    List<String> open = new ArrayList<>();
    objects(contract.document(), "", open);

    // Parts of a whole that is closed itself, and one that is free by nature.
    assertThat(open)
        .containsExactlyInAnyOrder(
            "/components/schemas/PlanContent", "/components/schemas/PriceContent");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> lost =
        contract.document().findValuesAsText("$ref").stream()
            .filter(ref -> contract.document().at(ref.substring(1)).isMissingNode())
            .toList();

    assertThat(lost).isEmpty();
  }

  @Test
  void theDocumentRefusesWhatNoServerMayAnswer() {
    String plan =
        """
        {"id":"p1","key":"team","owner":null,"version":1,"etag":"\\"p1.1\\"","archived":false,
         "subscribers":0,"type":"Plan","pricing":"Paid","lifecycle":"Active","displayName":"T",
         "createdAt":"2026-03-01T10:00:00Z","updatedAt":"2026-03-01T10:00:00Z",
         "prices":[{"id":"x","name":"a","currency":"USD","recurring":{"interval":"Month"},
         "flat":{"amount":"49.00"}}]}""";

    assertThat(errors(plan)).isEmpty();
    assertThat(errors(plan.replace("\"version\"", "\"extra\":1,\"version\""))).isNotEmpty();
    assertThat(errors(plan.replace("\"49.00\"", "49.00"))).isNotEmpty();
    assertThat(errors(plan.replace("\"49.00\"", "\"4.9e1\""))).isNotEmpty();
    assertThat(errors(plan.replace("\"flat\"", "\"dynamic\":{\"metric\":\"m\"},\"flat\"")))
        .isNotEmpty();
    assertThat(errors(plan.replace("\"id\":\"x\",", ""))).isNotEmpty();
    assertThat(errors(plan.replace("\"amount\"", "\"colour\":\"red\",\"amount\""))).isNotEmpty();
  }

  private List<String> errors(String plan) {
    return contract.errors("/components/schemas/Plan", plan.getBytes(StandardCharsets.UTF_8));
  }

  private interface Check {
    @org.jspecify.annotations.Nullable
    String of(JsonNode field, String at);
  }

  private boolean describes(JsonNode field) {
    return field.has("description")
        || (field.has("$ref")
            && contract.document().at(field.get("$ref").asText().substring(1)).has("description"));
  }

  private static void fields(JsonNode node, String at, List<String> found, Check check) {
    if (node.path("properties").isObject() && !at.endsWith("/properties")) {
      node.path("properties")
          .properties()
          .forEach(
              entry -> {
                String silent = check.of(entry.getValue(), at + "/" + entry.getKey());
                if (silent != null) {
                  found.add(silent);
                }
              });
    }
    if (node.isObject()) {
      node.properties().forEach(e -> fields(e.getValue(), at + "/" + e.getKey(), found, check));
    } else {
      node.forEach(item -> fields(item, at, found, check));
    }
  }

  private static void nulls(JsonNode node, String at, List<String> found) {
    node.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isNull()) {
                found.add(at + "/" + entry.getKey());
              }
              nulls(entry.getValue(), at + "/" + entry.getKey(), found);
            });
    if (node.isArray()) {
      node.forEach(item -> nulls(item, at, found));
    }
  }

  private static void objects(JsonNode node, String at, List<String> open) {
    boolean object = node.path("properties").isObject() && !at.endsWith("/properties");
    if (object
        && !node.has("unevaluatedProperties")
        && !node.path("additionalProperties").isObject()) {
      open.add(at);
    }
    if (node.isObject()) {
      node.properties().forEach(e -> objects(e.getValue(), at + "/" + e.getKey(), open));
    } else {
      node.forEach(item -> objects(item, at, open));
    }
  }
}
