package dev.planwright.cli.validate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Where a field stands in a document: the nearest place above it when it does not stand there.
 *
 * @param mark of the key, or of the item of a list
 * @param path the path in one form, items of lists by their index; what was not found is kept as it
 *     was asked for
 * @param written the text of a plain value, as it was typed: {@code NO} and not false
 */
record Spot(Mark mark, String path, Optional<String> written) {
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");

  /**
   * Finds a field.
   *
   * @param path such as {@code spec.tiers[2].upTo}, {@code spec.entitlements[sso].limit} or {@code
   *     spec.metadata[a.b]}
   */
  static Spot of(MappingNode document, String path) {
    Node at = document;
    Mark mark = document.getStartMark();
    StringBuilder found = new StringBuilder();
    String rest = path;
    while (!rest.isEmpty()) {
      Step step = rest.startsWith("[") ? inBrackets(at, rest) : named(at, rest);
      if (step == null) {
        return new Spot(mark, found + rest, Optional.empty());
      }
      at = step.node();
      mark = step.mark();
      found.append(step.name());
      rest = step.rest();
    }
    return new Spot(mark, found.toString(), written(at));
  }

  private static Optional<String> written(Node node) {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }

  Place in(String file) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private record Step(Node node, Mark mark, String name, String rest) {
    /** The first of a path. */
    Step withoutDot() {
      return new Step(node, mark, name.substring(1), rest);
    }
  }

  private static @Nullable Step named(Node at, String rest) {
    if (!(at instanceof MappingNode mapping)) {
      return null;
    }
    String path = rest.startsWith(".") ? rest.substring(1) : rest;
    Map<String, NodeTuple> entries = YamlTree.entries(mapping);
    // The longest first: a key of metadata may have dots.
    return entries.keySet().stream()
        .filter(key -> isHead(path, key))
        .max(Comparator.comparingInt(String::length))
        .map(key -> step(entries, key, "." + key, path.substring(key.length())))
        .map(step -> rest.startsWith(".") ? step : step.withoutDot())
        .orElse(null);
  }

  private static boolean isHead(String path, String key) {
    return !key.isEmpty()
        && path.startsWith(key)
        && (path.length() == key.length()
            || path.charAt(key.length()) == '.'
            || path.charAt(key.length()) == '[');
  }

  private static @Nullable Step inBrackets(Node at, String rest) {
    int end = rest.indexOf(']');
    if (end < 0) {
      return null;
    }
    String word = rest.substring(1, end);
    String behind = rest.substring(end + 1);
    if (at instanceof MappingNode mapping) {
      Map<String, NodeTuple> entries = YamlTree.entries(mapping);
      return entries.containsKey(word) ? step(entries, word, "." + word, behind) : null;
    }
    if (at instanceof SequenceNode sequence) {
      List<Node> items = sequence.getValue();
      int index = INDEX.matcher(word).matches() ? Integer.parseInt(word) : indexOf(items, word);
      return index < 0 || index >= items.size()
          ? null
          : new Step(items.get(index), items.get(index).getStartMark(), "[" + index + "]", behind);
    }
    return null;
  }

  /** The item that holds the word, or all of several words. */
  private static int indexOf(List<Node> items, String word) {
    List<String> words = List.of(word.split(", ", -1));
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof MappingNode item) {
        List<String> values =
            YamlTree.entries(item).values().stream()
                .map(NodeTuple::getValueNode)
                .filter(ScalarNode.class::isInstance)
                .map(value -> ((ScalarNode) value).getValue())
                .toList();
        if (values.containsAll(words)) {
          return i;
        }
      }
    }
    return -1;
  }

  private static Step step(Map<String, NodeTuple> entries, String key, String name, String rest) {
    NodeTuple tuple = Objects.requireNonNull(entries.get(key), key);
    return new Step(tuple.getValueNode(), tuple.getKeyNode().getStartMark(), name, rest);
  }
}
