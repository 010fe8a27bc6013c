package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final Map<String, CustomResourceDefinition> CRDS = CrdFiles.generate();

  @Test
  void everyFieldIsExplained() {
    List<String> bare = new ArrayList<>();
    everyField(
        (path, schema) -> {
          boolean isItem = path.endsWith("[]") || path.endsWith("{}");
          if (!isItem && (schema.getDescription() == null || schema.getDescription().isBlank())) {
            bare.add(path);
          }
        });
    assertThat(bare).isEmpty();
  }

  @Test
  void everyTextListMapAndNumberOfASpecIsBounded() {
    List<String> unbounded = new ArrayList<>();
    everyField(
        (path, schema) -> {
          if (!isBounded(path, schema)) {
            unbounded.add(path);
          }
        });
    assertThat(unbounded).isEmpty();
  }

  @Test
  void noFieldHasADefaultAndAStatusOnlyThatNobodyLookedYet() {
    List<String> defaulted = new ArrayList<>();
    everyField(
        (path, schema) -> {
          if (schema.getDefault() != null) {
            defaulted.add(path + " " + schema.getDefault());
          }
        });
    assertThat(defaulted)
        .containsExactlyInAnyOrderElementsOf(
            CRDS.keySet().stream()
                .map(file -> file + " status {\"observedGeneration\":-1}")
                .toList());
  }

  @Test
  void everyListThatIsNotAtomicSaysWhatTellsItsItemsApart() {
    assertThat(list("plans.yaml", "spec.entitlements").getXKubernetesListMapKeys())
        .containsExactly("feature");
    assertThat(list("plans.yaml", "status.prices").getXKubernetesListMapKeys())
        .containsExactly("name");
    for (String file : CRDS.keySet()) {
      assertThat(list(file, "status.conditions").getXKubernetesListMapKeys())
          .containsExactly("type");
    }
  }

  @Test
  void theSpecIsRequiredAndTheMemoryOfTheOperatorIsKeptWhole() {
    CRDS.values().forEach(crd -> assertThat(CrdFiles.at(crd, "").getRequired()).contains("spec"));
    JSONSchemaProps remote = list("plans.yaml", "status.remote");
    assertThat(remote.getType()).isEqualTo("object");
    assertThat(remote.getXKubernetesPreserveUnknownFields()).isTrue();
  }

  @Test
  void everyRuleThatCelHoldsIsInASchemaAndNoOtherIs() {
    Set<Rule> said =
        CelRules.BY_KIND.values().stream()
            .flatMap(List::stream)
            .map(CelRule::rule)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    assertThat(said)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Rule.values()).filter(r -> r.held() == Rule.Held.CEL).toList());
  }

  @Test
  void theModelsThatCelCountsAreThoseOfTheSchema() {
    List<String> others =
        List.of(
            "planRef",
            "externalId",
            "nickname",
            "invoiceDisplayName",
            "currency",
            "recurring",
            "oneTime",
            "billing",
            "countries",
            "trialDays",
            "sortOrder",
            "metadata");
    List<String> models = new ArrayList<>(list("prices.yaml", "spec").getProperties().keySet());
    models.removeAll(others);
    assertThat(CelRules.MODELS.stream().map(m -> m.replace("__", "")))
        .containsExactlyInAnyOrderElementsOf(models);
    assertThat(CelRules.PROVIDERS)
        .containsExactlyInAnyOrderElementsOf(
            list("billingbackends.yaml", "spec.provider").getProperties().keySet());
  }

  private static boolean isBounded(String path, JSONSchemaProps schema) {
    return switch (schema.getType()) {
      case "string" ->
          schema.getMaxLength() != null
              || "date-time".equals(schema.getFormat())
              || !schema.getEnum().isEmpty();
      case "array" -> schema.getMaxItems() != null;
      case "integer" ->
          schema.getMinimum() != null && (path.contains(" status") || schema.getMaximum() != null);
      case "object" ->
          schema.getAdditionalProperties() == null || schema.getMaxProperties() != null;
      default -> schema.getType().equals("boolean");
    };
  }

  private static JSONSchemaProps list(String file, String path) {
    CustomResourceDefinition crd = CRDS.get(file);
    assertThat(crd).as(file).isNotNull();
    return CrdFiles.at(Objects.requireNonNull(crd), path);
  }

  private static void everyField(BiConsumer<String, JSONSchemaProps> visitor) {
    CRDS.forEach(
        (file, crd) -> {
          for (String part : List.of("spec", "status")) {
            visit(file + " " + part, CrdFiles.at(crd, part), visitor);
          }
        });
  }

  private static void visit(
      String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visitor) {
    visitor.accept(path, schema);
    if (schema.getItems() != null) {
      visit(path + "[]", schema.getItems().getSchema(), visitor);
    }
    if (schema.getAdditionalProperties() != null) {
      visit(path + "{}", schema.getAdditionalProperties().getSchema(), visitor);
    }
    if (schema.getProperties() != null) {
      schema.getProperties().forEach((name, field) -> visit(path + "." + name, field, visitor));
    }
  }
}
