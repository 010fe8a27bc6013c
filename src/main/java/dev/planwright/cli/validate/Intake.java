package dev.planwright.cli.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.catalog.Reason;
import dev.planwright.cli.validate.Note.Severity;
import dev.planwright.controller.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Takes documents for objects, and holds each against the schema of its kind. */
final class Intake {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "planwright";
  private static final String GROUP = NAME + ".dev";
  private static final String NO_MANIFEST =
      "is no manifest: it has neither apiVersion nor kind; what was meant to write manifests may"
          + " have failed";

  private final Schemas schemas;
  private final String namespace;
  private final Findings findings;
  private final Map<String, Given> objects = new LinkedHashMap<>();
  private int others;

  /**
   * An intake.
   *
   * @param namespace of objects that name none
   */
  Intake(Schemas schemas, String namespace, Findings findings) {
    this.schemas = schemas;
    this.namespace = namespace;
    this.findings = findings;
  }

  /** What was given, in its order; of an object that stands twice, the first. */
  List<Given> objects() {
    return List.copyOf(objects.values());
  }

  /** How many documents of other kinds there were. */
  int others() {
    return others;
  }

  void take(GivenFile file) {
    for (Node document : file.documents()) {
      try {
        document(file, document);
      } catch (YamlTree.Unusable e) {
        findings.add(Note.unusable(place(file.name(), e.node()), String.valueOf(e.getMessage())));
      }
    }
    file.broken().ifPresent(findings::add);
  }

  private void document(GivenFile file, Node document) throws YamlTree.Unusable {
    switch (document) {
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> {
        // Nothing between two lines of dashes.
      }
      case MappingNode mapping -> mapping(file, mapping);
      case SequenceNode list when !file.mustBeManifests() -> others++;
      default -> throw new YamlTree.Unusable(document, NO_MANIFEST);
    }
  }

  private void mapping(GivenFile file, MappingNode mapping) throws YamlTree.Unusable {
    Map<String, NodeTuple> fields = YamlTree.checkedEntries(mapping);
    String apiVersion = word(fields, "apiVersion");
    String kind = word(fields, "kind");
    boolean ours = apiVersion.startsWith(GROUP + "/");
    if (kind.equals("List") || (ours && kind.endsWith("List"))) {
      NodeTuple items = fields.get("items");
      if (items != null && items.getValueNode() instanceof SequenceNode list) {
        for (Node item : list.getValue()) {
          document(file, item);
        }
      }
    } else if (apiVersion.equals(Schemas.API_VERSION) && schemas.kinds().contains(kind)) {
      object(file.name(), mapping, kind);
    } else if (ours || isMeantForUs(apiVersion, kind)) {
      misnamed(file.name(), mapping, apiVersion, kind);
    } else if (apiVersion.isEmpty() && kind.isEmpty() && file.mustBeManifests()) {
      throw new YamlTree.Unusable(mapping, NO_MANIFEST);
    } else {
      others++;
      if (kind.equals("BillingBackend")) {
        foreign(file.name(), mapping, apiVersion, kind);
      }
    }
  }

  /**
   * A slip in the group would make a price go unnoticed. Others have kinds of these names too: of
   * the core group, which has no name, nobody has.
   */
  private boolean isMeantForUs(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    if (slash <= 0) {
      return schemas.kinds().contains(kind);
    }
    return Nearest.of(kind, schemas.kinds()).isPresent()
        && Stream.of(apiVersion.substring(0, slash).split("\\.", -1))
            .anyMatch(label -> Nearest.of(label, Set.of(NAME)).isPresent());
  }

  /** Nobody else is known to have this kind, so it may be meant for us. */
  private void foreign(String file, MappingNode mapping, String apiVersion, String kind) {
    findings.add(
        new Note(
            Severity.WARNING,
            Spot.of(mapping, "").in(file),
            "",
            "apiVersion",
            "",
            "apiVersion \"%s\", kind \"%s\": is no kind of Planwright, and ignored; if it is meant for it, use apiVersion: %s"
                .formatted(apiVersion, kind, Schemas.API_VERSION)));
  }

  private void misnamed(String file, MappingNode mapping, String apiVersion, String kind) {
    String shown = "apiVersion \"" + apiVersion + "\", kind \"" + kind + "\"";
    String wanted =
        "apiVersion: %s and kind: %s"
            .formatted(
                Schemas.API_VERSION,
                Nearest.of(kind, schemas.kinds())
                    .orElse("one of " + String.join(", ", schemas.kinds())));
    findings.add(
        new Note(
            Severity.ERROR,
            Spot.of(mapping, "").in(file),
            "",
            apiVersion.equals(Schemas.API_VERSION) ? "kind" : "apiVersion",
            Reason.INVALID_SPEC.toString(),
            shown + ": there is no such kind; use " + wanted));
  }

  private void object(String file, MappingNode mapping, String kind) throws YamlTree.Unusable {
    YamlTree tree = new YamlTree();
    JsonNode json = tree.json(mapping);
    JsonNode metadata = json.path("metadata");
    String name = text(metadata.path("name"));
    String in = text(metadata.path("namespace"));
    ObjectKey key = new ObjectKey(in.isEmpty() ? namespace : in, name);
    Given given = new Given(kind, key, file, mapping, typed(kind, key, json));
    boolean first = isFirst(given);
    Headings headings = new Headings(given, findings);
    headings.check(json);
    for (YamlTree.Twice twice : tree.twice()) {
      headings.twice(place(file, twice.node()), twice.key());
    }
    if (first) {
      JsonNode spec = json.path("spec");
      if (!spec.isObject()) {
        findings.hasNoSpec(given);
      }
      if (spec.isMissingNode() || spec.isNull()) {
        headings.missing("spec", "write what the " + kind + " should be");
      } else {
        Schema schema = schemas.of(kind).orElseThrow();
        findings.schema(given, schema.check("spec", spec));
      }
    }
  }

  /** Two objects of one name: whichever is applied last would count. */
  private boolean isFirst(Given given) {
    if (given.key().name().isEmpty()) {
      return false;
    }
    Given before = objects.putIfAbsent(given.title(), given);
    if (before == null) {
      findings.know(given);
      return true;
    }
    findings.add(
        new Note(
            Severity.ERROR,
            given.place(),
            given.title(),
            "metadata.name",
            Reason.INVALID_SPEC.toString(),
            given.title()
                + " metadata.name: stands in "
                + before.place()
                + " too; remove one of the two, or give it another name"));
    return false;
  }

  private static HasMetadata typed(String kind, ObjectKey key, JsonNode json) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    // Nothing else of it counts here, and odd labels must not end the reading.
    object.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
    object.set("spec", json.path("spec").isObject() ? json.path("spec") : JSON.createObjectNode());
    try {
      return switch (kind) {
        case "Plan" -> JSON.treeToValue(object, Plan.class);
        case "Price" -> JSON.treeToValue(object, Price.class);
        case "BillingBackend" -> JSON.treeToValue(object, BillingBackend.class);
        default -> throw new IllegalArgumentException(kind);
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec of any form can be read", e);
    }
  }

  /** The word of a field that says what a document is; {@code ""} for none. */
  private static String word(Map<String, NodeTuple> fields, String name) throws YamlTree.Unusable {
    NodeTuple tuple = fields.get(name);
    if (tuple == null) {
      return "";
    }
    if (tuple.getValueNode() instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new YamlTree.Unusable(tuple.getValueNode(), "the " + name + " of a manifest is a word");
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.asText() : "";
  }

  private static Place place(String file, Node node) {
    return new Place(file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }

  /** For messages about what was asked for and is not there. */
  Optional<Given> find(String kind, ObjectKey key) {
    return Optional.ofNullable(objects.get(kind + " " + key));
  }
}
