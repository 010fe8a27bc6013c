package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
  private static final String[] FILES = {
    "billing-backend.yaml", "providers.yaml", "plan.yaml", "prices.yaml"
  };

  @ParameterizedTest
  @ValueSource(strings = {"billing-backend.yaml", "providers.yaml", "plan.yaml", "prices.yaml"})
  void nothingIsLostOrAddedBetweenReadingAndWriting(String file) {
    for (JsonNode document : Manifests.documents(file)) {
      JsonNode written = Manifests.write(Manifests.read(document));

      assertThat(written.get("spec")).isEqualTo(document.get("spec"));
      assertThat(tree(written.path("status"))).isEqualTo(tree(document.path("status")));
    }
  }

  @Test
  void theExamplesUseEveryFieldOfTheSchema() {
    Set<String> unused = new TreeSet<>();
    for (CustomResourceDefinition crd : CrdFiles.generate().values()) {
      String kind = crd.getSpec().getNames().getKind();
      for (String part : List.of("spec", "status")) {
        List<JsonNode> examples =
            Stream.of(FILES)
                .flatMap(f -> Manifests.documents(f).stream())
                .filter(d -> d.get("kind").asText().equals(kind) && d.has(part))
                .map(d -> d.get(part))
                .toList();
        unused(kind + " " + part, CrdFiles.at(crd, part), examples, unused);
      }
    }
    assertThat(unused).isEmpty();
  }

  @Test
  void aFieldOfANewerVersionIsIgnoredAtEveryLevel() {
    for (String file : FILES) {
      for (JsonNode document : Manifests.documents(file)) {
        JsonNode newer = document.deepCopy();
        addUnknown(newer.get("spec"));
        addUnknown(newer.path("status"));

        assertThat(Manifests.read(newer).getSpec()).isEqualTo(Manifests.read(document).getSpec());
      }
    }
  }

  @Test
  void whatADocumentLeavesOutReadsAsEmpty() {
    JsonNode document = Manifests.documents("plan.yaml").getFirst().deepCopy();
    ((ObjectNode) document).putNull("status");
    ((ObjectNode) document)
        .putObject("spec")
        .putNull("entitlements")
        .putObject("metadata")
        .putNull("a");

    Plan plan = (Plan) Manifests.read(document);

    assertThat(plan.getStatus()).isEqualTo(PlanStatus.EMPTY);
    assertThat(plan.getSpec()).isEqualTo(PlanSpec.EMPTY);
    assertThat(new Plan().getSpec()).isEqualTo(PlanSpec.EMPTY);
    assertThat(new Price().getSpec().planName()).isEmpty();
    assertThat(new BillingBackend().getStatus()).isEqualTo(BillingBackendStatus.EMPTY);
  }

  private static void unused(
      String path, JSONSchemaProps schema, List<JsonNode> examples, Set<String> unused) {
    if (schema.getItems() != null) {
      List<JsonNode> items =
          examples.stream()
              .flatMap(e -> Stream.iterate(0, i -> i < e.size(), i -> i + 1).map(e::get))
              .toList();
      unused(path + "[]", schema.getItems().getSchema(), items, unused);
    }
    if (schema.getProperties() == null) {
      return;
    }
    schema
        .getProperties()
        .forEach(
            (name, property) -> {
              List<JsonNode> values =
                  examples.stream().filter(e -> e.has(name)).map(e -> e.get(name)).toList();
              if (values.isEmpty()) {
                unused.add(path + "." + name);
              } else {
                unused(path + "." + name, property, values, unused);
              }
            });
  }

  private static void addUnknown(JsonNode node) {
    node.forEach(RoundTripTest::addUnknown);
    if (node instanceof ObjectNode object && !object.isEmpty() && isRecord(object)) {
      object.put("fromTheFuture", true);
    }
  }

  /** Maps take any key, so that an unknown one there is a value: only records ignore it. */
  private static boolean isRecord(ObjectNode object) {
    return !object.has("tier")
        && !object.has("channel")
        && !object.has("archive")
        && !object.has("api-calls")
        && !object.has("sso")
        && !object.has("main");
  }

  private static JsonNode tree(JsonNode node) {
    return node.isMissingNode() ? JsonNodeFactory.instance.objectNode() : node;
  }
}
