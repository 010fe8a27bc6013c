package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The example manifests of the tests, and how the operator reads and writes objects. */
final class Manifests {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifests() {}

  /** The documents of a file of {@code src/test/resources/manifests}. */
  static List<JsonNode> documents(String file) {
    YAMLMapper yaml = new YAMLMapper();
    try (InputStream in =
            Objects.requireNonNull(
                Manifests.class.getResourceAsStream("/manifests/" + file), file);
        MappingIterator<JsonNode> documents = yaml.readerFor(JsonNode.class).readValues(in)) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document as the operator's client reads it. */
  static CustomResource<?, ?> read(JsonNode document) {
    return SERIALIZATION.unmarshal(document.toString(), type(document.get("kind").asText()));
  }

  /** An object as the operator's client writes it. */
  static JsonNode write(CustomResource<?, ?> object) {
    return parse(SERIALIZATION.asJson(object));
  }

  /** A JSON text as a tree. */
  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<? extends CustomResource<?, ?>> type(String kind) {
    return switch (kind) {
      case "Plan" -> Plan.class;
      case "Price" -> Price.class;
      case "BillingBackend" -> BillingBackend.class;
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
