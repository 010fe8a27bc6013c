package dev.planwright.cli.validate;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The file that Kustomize says an object comes from, under {@code buildMetadata:
 * [originAnnotations]}. The line is not told there, and a patch may have changed what stands in it.
 */
final class Origin {
  private static final String ANNOTATION = "config.kubernetes.io/origin";

  private Origin() {}

  /** The path, from the directory that was built; empty for none, or one in another repository. */
  static Optional<String> of(Given given) {
    return inside(given.document(), "metadata")
        .flatMap(metadata -> inside(metadata, "annotations"))
        .flatMap(annotations -> text(annotations, ANNOTATION))
        .flatMap(Origin::path);
  }

  private static Optional<String> path(String origin) {
    byte[] bytes = origin.getBytes(StandardCharsets.UTF_8);
    return GivenFile.parse(ANNOTATION, true, bytes).documents().stream()
        .findFirst()
        .filter(MappingNode.class::isInstance)
        .map(MappingNode.class::cast)
        .filter(where -> text(where, "repo").isEmpty())
        .flatMap(where -> text(where, "path"))
        .filter(Origin::isPath);
  }

  private static boolean isPath(String text) {
    try {
      return !Path.of(text).isAbsolute() && !text.isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Optional<MappingNode> inside(MappingNode mapping, String field) {
    return value(mapping, field).filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
  }

  private static Optional<String> text(MappingNode mapping, String field) {
    return value(mapping, field)
        .filter(ScalarNode.class::isInstance)
        .map(node -> ((ScalarNode) node).getValue());
  }

  private static Optional<Node> value(MappingNode mapping, String field) {
    Map<String, NodeTuple> entries = YamlTree.entries(mapping);
    return Optional.ofNullable(entries.get(field)).map(NodeTuple::getValueNode);
  }
}
