package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the CRDs from the types of this package. */
final class CrdFiles {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();

  private static final String GENERATED =
      "# Generated from dev.planwright.api.v1alpha1; see CrdsAreCurrentTest.\n";

  /** The keyed lists of each kind: what tells their items apart. */
  private static final Map<String, Map<String, List<String>>> LIST_MAPS =
      Map.of(
          "Plan",
          Map.of(
              "spec.entitlements", List.of("feature"),
              "spec.compatibleAddOns", List.of("name"),
              "spec.minimumCommitments", List.of("currency", "every"),
              "status.prices", List.of("name"),
              "status.conditions", List.of("type")),
          "Price",
          Map.of("status.conditions", List.of("type")),
          "BillingBackend",
          Map.of("status.conditions", List.of("type")));

  private static final Map<String, List<String>> LIST_SETS =
      Map.of(
          "Plan", List.of("spec.requiredPrices"),
          "Price", List.of("spec.countries", "spec.perUnit.filters[].values"),
          "BillingBackend", List.of());

  private CrdFiles() {}

  /** The CRDs by file name. */
  static Map<String, CustomResourceDefinition> generate() {
    Map<String, CustomResourceDefinition> crds = new TreeMap<>();
    CRDPostProcessor collect =
        new CRDPostProcessor() {
          @Override
          public HasMetadata process(HasMetadata crd, String version) {
            CustomResourceDefinition finished = finish((CustomResourceDefinition) crd);
            crds.put(finished.getSpec().getNames().getPlural() + ".yaml", finished);
            return finished;
          }
        };
    new CRDGenerator()
        .customResourceClasses(List.of(Plan.class, Price.class, BillingBackend.class))
        .forCRDVersions("v1")
        .withParallelGenerationEnabled(false)
        .withPostProcessor(collect)
        .withOutput(new Discard())
        .generate();
    return crds;
  }

  /** A CRD as it is kept in {@code crds/}. */
  static String yaml(CustomResourceDefinition crd) {
    try {
      JsonNode tree = YAML.readTree(Serialization.asYaml(crd));
      wholeNumbers(tree);
      return GENERATED + YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a CRD that was just made is no JSON", e);
    }
  }

  /** A bound is a double in the model, and {@code 9.007199254740991E15} is not for people. */
  private static void wholeNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String bound : List.of("minimum", "maximum")) {
        if (object.path(bound).isFloatingPointNumber()) {
          object.put(bound, object.get(bound).decimalValue().longValueExact());
        }
      }
    }
    node.forEach(CrdFiles::wholeNumbers);
  }

  /** The schema at a path such as {@code spec.entitlements[]}; the root for an empty one. */
  static JSONSchemaProps at(CustomResourceDefinition crd, String path) {
    JSONSchemaProps schema = version(crd).getSchema().getOpenAPIV3Schema();
    if (path.isEmpty()) {
      return schema;
    }
    for (String part : path.split("\\.", -1)) {
      boolean items = part.endsWith("[]");
      String name = items ? part.substring(0, part.length() - 2) : part;
      JSONSchemaProps next = schema.getProperties().get(name);
      if (next == null) {
        throw new IllegalArgumentException(crd.getMetadata().getName() + " has no " + path);
      }
      schema = items ? next.getItems().getSchema() : next;
    }
    return schema;
  }

  private static CustomResourceDefinition finish(CustomResourceDefinition crd) {
    String kind = crd.getSpec().getNames().getKind();
    crd.getSpec().getNames().setCategories(List.of("billing"));
    CustomResourceDefinitionVersion version = version(crd);
    version.setAdditionalPrinterColumns(columns(kind));
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    root.setDescription(description(kind));
    at(crd, "spec").setDescription("What the " + kind + " should be.");
    JSONSchemaProps status = at(crd, "status");
    status.setDescription("What was found and done; written by the operator only.");
    // Tools that wait for objects take one without a status for done: it has one from the start.
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    LIST_MAPS
        .getOrDefault(kind, Map.of())
        .forEach(
            (path, keys) -> {
              at(crd, path).setXKubernetesListType("map");
              at(crd, path).setXKubernetesListMapKeys(keys);
            });
    LIST_SETS
        .getOrDefault(kind, List.of())
        .forEach(path -> at(crd, path).setXKubernetesListType("set"));
    if (kind.equals("Plan")) {
      JSONSchemaProps remote = at(crd, "status.remote");
      remote.setType("object");
      remote.setXKubernetesPreserveUnknownFields(true);
      remote.setProperties(Map.of());
    }
    for (CelRule rule : CelRules.BY_KIND.getOrDefault(kind, List.of())) {
      JSONSchemaProps place = at(crd, rule.place());
      List<ValidationRule> rules = new ArrayList<>(place.getXKubernetesValidations());
      rules.add(validation(rule));
      place.setXKubernetesValidations(rules);
    }
    return crd;
  }

  private static ValidationRule validation(CelRule rule) {
    ValidationRule validation = new ValidationRule();
    validation.setRule(rule.expression());
    validation.setMessage(rule.message());
    rule.messageExpression().ifPresent(validation::setMessageExpression);
    return validation;
  }

  private static String description(String kind) {
    return switch (kind) {
      case "Plan" -> "A Plan is one thing that is sold, kept equal on a billing system.";
      case "Price" -> "A Price is one way to pay for a Plan of the same namespace.";
      default ->
          "A BillingBackend is one account of one billing system: where it is, the key, who we are"
              + " there, how hard it may be pushed.";
    };
  }

  private static List<CustomResourceColumnDefinition> columns(String kind) {
    CustomResourceColumnDefinition ready =
        column("READY", condition("status"), "True when all is done for this generation.");
    CustomResourceColumnDefinition externalId =
        column("EXTERNAL-ID", ".status.externalId", "The id on the billing system.");
    CustomResourceColumnDefinition age =
        typed(column("AGE", ".metadata.creationTimestamp", "How old the object is."), "date");
    return switch (kind) {
      case "Plan" ->
          List.of(
              column("KEY", ".status.key", "The identity of the plan on the account."),
              column("BACKEND", ".status.backend", "The BillingBackend."),
              ready,
              column("REASON", condition("reason"), "Why, in one word."),
              externalId,
              typed(column("PRICES", ".status.priceCount", "How many Prices."), "integer"),
              wide(
                  typed(column("SUBSCRIBERS", ".status.subscribers", "At last count."), "integer")),
              wide(column("ON-DELETE", ".status.onDelete", "What deleting the Plan would do.")),
              wide(typed(column("LAST-SYNC", ".status.lastSyncTime", "Last confirmed."), "date")),
              wide(column("MESSAGE", condition("message"), "Why, for a person.")),
              age);
      case "Price" ->
          List.of(
              column("PLAN", ".spec.planRef.name", "The Plan."),
              column("MODEL", ".status.summary.model", "The model."),
              column("AMOUNT", ".status.summary.amount", "What is paid."),
              column("EVERY", ".status.summary.every", "How often."),
              ready,
              externalId,
              age);
      default ->
          List.of(
              column("PROVIDER", ".status.provider", "The billing system."),
              column("ENVIRONMENT", ".status.account.environment", "What the key opens."),
              column("ACCOUNT", ".status.account.id", "The account that the key opens."),
              ready,
              typed(column("PLANS", ".status.plans", "How many Plans use it."), "integer"),
              age);
    };
  }

  private static String condition(String field) {
    return ".status.conditions[?(@.type==\"Ready\")]." + field;
  }

  private static CustomResourceColumnDefinition column(String name, String path, String text) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withJsonPath(path)
        .withType("string")
        .withDescription(text)
        .build();
  }

  private static CustomResourceColumnDefinition typed(
      CustomResourceColumnDefinition column, String type) {
    column.setType(type);
    return column;
  }

  private static CustomResourceColumnDefinition wide(CustomResourceColumnDefinition column) {
    column.setPriority(1);
    return column;
  }

  private static CustomResourceDefinitionVersion version(CustomResourceDefinition crd) {
    return crd.getSpec().getVersions().getFirst();
  }

  /** The generator wants to write somewhere; what it writes is collected by the post-processor. */
  private static final class Discard extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
    @Override
    protected ByteArrayOutputStream createStreamFor(String crdName) {
      return new ByteArrayOutputStream();
    }
  }
}
