package dev.planwright.cli.quickstart;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanSpec;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a file of manifests as strictly as a real API server would: a number where a string
 * belongs, a word that is none of the choices, a field that does not exist and a field that is
 * there twice are refused, since each of them would otherwise be a price that is silently another.
 */
final class ManifestReader {
  static final String DEFAULT_NAMESPACE = "default";

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "planwright.dev/v1alpha1 BillingBackend", BillingBackend.class,
          "planwright.dev/v1alpha1 Plan", Plan.class,
          "planwright.dev/v1alpha1 Price", Price.class,
          "v1 Namespace", Namespace.class,
          "v1 Secret", Secret.class);

  private static final Map<Class<? extends HasMetadata>, Class<?>> SPECS =
      Map.of(
          BillingBackend.class, BillingBackendSpec.class,
          Plan.class, PlanSpec.class,
          Price.class, PriceSpec.class);

  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonMapper JSON = mapper();

  private ManifestReader() {}

  private static JsonMapper mapper() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .withCoercionConfig(
            LogicalType.Textual,
            config -> {
              config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
        .disable(com.fasterxml.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .build();
  }

  /**
   * What a file holds.
   *
   * @param manifests only to be used when there are no problems
   * @param problems everything that is wrong, up to the first place where the YAML itself breaks
   */
  record Content(List<Manifest> manifests, List<Manifest.Problem> problems) {
    Content {
      manifests = List.copyOf(manifests);
      problems = List.copyOf(problems);
    }
  }

  static Content read(Path file) {
    List<Manifest> manifests = new ArrayList<>();
    List<Manifest.Problem> problems = new ArrayList<>();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        JsonParser parser = YAML.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        int line = parser.currentTokenLocation().getLineNr();
        if (token == JsonToken.START_OBJECT) {
          // Found by its first field, while a comment may stand between it and the dashes.
          JsonNode document = JSON.readTree(parser);
          object(file, line, (ObjectNode) document, manifests, problems);
        } else if (token != JsonToken.VALUE_NULL && !parser.getText().isEmpty()) {
          problems.add(new Manifest.Problem(file, line, "a document must be an object"));
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      problems.add(
          new Manifest.Problem(
              file, at == null ? 0 : at.getLineNr(), said(e.getOriginalMessage())));
    } catch (IOException e) {
      problems.add(new Manifest.Problem(file, 0, "cannot be read: " + e));
    }
    return new Content(manifests, problems);
  }

  private static void object(
      Path file,
      int line,
      ObjectNode document,
      List<Manifest> manifests,
      List<Manifest.Problem> problems) {
    String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    Class<? extends HasMetadata> type = KINDS.get(kind);
    String name = document.at("/metadata/name").asText();
    if (type == null) {
      problems.add(
          new Manifest.Problem(
              file, line, "\"" + kind.strip() + "\" is none of " + String.join(", ", known())));
      return;
    }
    if (name.isEmpty()) {
      problems.add(new Manifest.Problem(file, line, "metadata.name is missing"));
      return;
    }
    document.remove("status");
    try {
      checkSpec(document, type);
      HasMetadata object = JSON.treeToValue(document, type);
      List<String> unknown = new ArrayList<>();
      unknown(document, JSON.valueToTree(object), "", unknown);
      unknown.forEach(
          field ->
              problems.add(
                  new Manifest.Problem(
                      file, line, kindOf(document) + " " + name + ": there is no field " + field)));
      if (object.getMetadata().getNamespace() == null && !(object instanceof Namespace)) {
        object.getMetadata().setNamespace(DEFAULT_NAMESPACE);
      }
      manifests.add(new Manifest(file, line, object));
    } catch (JsonMappingException e) {
      problems.add(
          new Manifest.Problem(
              file,
              line,
              kindOf(document) + " " + name + ": " + path(e) + said(e.getOriginalMessage())));
    } catch (JsonProcessingException e) {
      problems.add(
          new Manifest.Problem(
              file, line, kindOf(document) + " " + name + ": " + said(e.getOriginalMessage())));
    }
  }

  /** By itself and strictly: an object as a whole takes what cannot be read as unknown. */
  private static void checkSpec(ObjectNode document, Class<? extends HasMetadata> type)
      throws JsonProcessingException {
    Class<?> spec = SPECS.get(type);
    if (spec == null) {
      return;
    }
    try {
      JSON.treeToValue(document.path("spec"), spec);
    } catch (JsonMappingException e) {
      e.prependPath(document, "spec");
      throw e;
    }
  }

  private static String kindOf(JsonNode document) {
    return document.path("kind").asText();
  }

  private static List<String> known() {
    return KINDS.keySet().stream().sorted().toList();
  }

  /** What is not there any more after the types have read it was no field of theirs. */
  private static void unknown(JsonNode sent, JsonNode kept, String at, List<String> fields) {
    if (sent instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              entry -> {
                JsonNode value = entry.getValue();
                Optional<JsonNode> known = Optional.ofNullable(kept.get(entry.getKey()));
                String path = (at.isEmpty() ? "" : at + ".") + entry.getKey();
                if (known.isPresent()) {
                  unknown(value, known.get(), path, fields);
                } else if (!isNothing(value)) {
                  fields.add(path);
                }
              });
    } else if (sent.isArray() && sent.size() == kept.size()) {
      for (int i = 0; i < sent.size(); i++) {
        unknown(sent.get(i), kept.get(i), at + "[" + i + "]", fields);
      }
    }
  }

  /** Types leave out what is empty. */
  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.asText().isEmpty());
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      } else {
        path.append('[').append(reference.getIndex()).append(']');
      }
    }
    return path.isEmpty() ? "" : path + ": ";
  }

  /** The first line in the words of a person who writes manifests, not in those of Java. */
  private static String said(String message) {
    String first = message.lines().findFirst().orElse("").strip();
    return first
        .replaceAll("`[\\w.]*[.$](\\w+)`", "$1")
        .replaceAll(
            "^Cannot coerce \\w+ value \\((.*?)\\) to String value.*$",
            "$1 must be a string: put it in quotes, as it should be read")
        .replaceAll("^Cannot deserialize value of type ", "not a value of ");
  }
}
