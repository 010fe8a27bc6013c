package dev.planwright.cli.validate;

import dev.planwright.controller.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * One object of ours that was given.
 *
 * @param kind its kind
 * @param key namespace and name
 * @param file where it stands
 * @param document as it stands there
 * @param object as the operator would read it
 */
record Given(String kind, ObjectKey key, String file, MappingNode document, HasMetadata object) {
  /** As messages name it: {@code Plan shop/team}. */
  String title() {
    return kind + " " + key;
  }

  Place place() {
    return Spot.of(document, "").in(file);
  }
}
