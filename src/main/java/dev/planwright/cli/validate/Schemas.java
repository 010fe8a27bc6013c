package dev.planwright.cli.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** The schemas of the three kinds, from the same files that are installed in a cluster. */
final class Schemas {
  /** Group and version of all kinds. */
  static final String API_VERSION = "planwright.dev/v1alpha1";

  private final Map<String, Schema> byKind;

  private Schemas(Map<String, Schema> byKind) {
    this.byKind = byKind;
  }

  /** Reads them from the class path. */
  static Schemas load() {
    Map<String, Schema> byKind = new LinkedHashMap<>();
    byKind.put("BillingBackend", spec("billingbackends"));
    byKind.put("Plan", spec("plans"));
    byKind.put("Price", spec("prices"));
    return new Schemas(byKind);
  }

  Set<String> kinds() {
    return byKind.keySet();
  }

  /** The schema of the spec of a kind. */
  Optional<Schema> of(String kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  private static Schema spec(String plural) {
    JsonNode definition = definition("/crds/" + plural + ".yaml");
    return new Schema(definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"));
  }

  private static JsonNode definition(String resource) {
    try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      Node document = GivenFile.parse(resource, true, in.readAllBytes()).documents().getFirst();
      return new YamlTree().json(document);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    } catch (YamlTree.Unusable e) {
      throw new IllegalStateException(resource + " is no definition of a kind", e);
    }
  }
}
