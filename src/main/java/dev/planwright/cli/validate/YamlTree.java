package dev.planwright.cli.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML as {@code kubectl} takes it for JSON: anchors and merge keys are followed, {@code NO} is a
 * boolean and a date is a text.
 */
final class YamlTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> TRUE = Set.of("yes", "true", "on", "y");

  /** More than a person writes; fewer than a text that is made to fill the memory. */
  private static final int MOST_NODES = 1_000_000;

  private static final int DEEPEST = 100;

  private final List<Twice> twice = new ArrayList<>();
  private int nodes;

  /** A key that stands twice in one mapping: the second place. */
  record Twice(Node node, String key) {}

  /** The document cannot be taken for JSON at all. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Node node;

    Unusable(Node node, String message) {
      super(message);
      this.node = node;
    }

    Node node() {
      return node;
    }
  }

  /** Keys that were written twice, in everything that was converted. */
  List<Twice> twice() {
    return List.copyOf(twice);
  }

  JsonNode json(Node node) throws Unusable {
    return json(node, 0);
  }

  private JsonNode json(Node node, int depth) throws Unusable {
    if (depth > DEEPEST || ++nodes > MOST_NODES) {
      throw new Unusable(
          node, "is nested too deep, is too long, or has an anchor that contains itself");
    }
    switch (node) {
      case ScalarNode scalar -> {
        return scalar(scalar);
      }
      case SequenceNode sequence -> {
        ArrayNode array = JSON.arrayNode(sequence.getValue().size());
        for (Node item : sequence.getValue()) {
          array.add(json(item, depth + 1));
        }
        return array;
      }
      case MappingNode mapping -> {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, NodeTuple> entry : entries(mapping, twice, 0).entrySet()) {
          object.set(entry.getKey(), json(entry.getValue().getValueNode(), depth + 1));
        }
        return object;
      }
      default -> throw new Unusable(node, "is no plain YAML");
    }
  }

  /** The fields of a mapping, those of its merge keys behind its own. */
  static Map<String, NodeTuple> entries(MappingNode mapping) {
    try {
      return entries(mapping, new ArrayList<>(), 0);
    } catch (Unusable e) {
      // Converting the same mapping said so before.
      return Map.of();
    }
  }

  /** As {@link #entries(MappingNode)}, for a mapping that nobody looked at before. */
  static Map<String, NodeTuple> checkedEntries(MappingNode mapping) throws Unusable {
    return entries(mapping, new ArrayList<>(), 0);
  }

  private static Map<String, NodeTuple> entries(MappingNode mapping, List<Twice> twice, int depth)
      throws Unusable {
    if (depth > DEEPEST) {
      throw new Unusable(mapping, "is merged into itself");
    }
    Map<String, NodeTuple> own = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new Unusable(
            tuple.getKeyNode(),
            "a key must be a plain word; a template has to be rendered first, as in \"helm template"
                + " . | planwright validate -\"");
      }
      if (key.getTag().equals(Tag.MERGE)) {
        merged.add(tuple.getValueNode());
      } else if (own.put(key.getValue(), tuple) != null) {
        twice.add(new Twice(key, key.getValue()));
      }
    }
    for (Node node : merged) {
      List<Node> parts = node instanceof SequenceNode list ? list.getValue() : List.of(node);
      for (Node part : parts) {
        if (!(part instanceof MappingNode other)) {
          throw new Unusable(part, "only an object can be merged with <<");
        }
        entries(other, twice, depth + 1).forEach(own::putIfAbsent);
      }
    }
    return own;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    if (tag.equals(Tag.NULL)) {
      return NullNode.getInstance();
    }
    if (tag.equals(Tag.BOOL) || (plain && text.matches("[yYnN]"))) {
      return BooleanNode.valueOf(TRUE.contains(text.toLowerCase(Locale.ROOT)));
    }
    // Sixty-based numbers are texts to kubectl.
    if (tag.equals(Tag.INT) && !text.contains(":")) {
      return integer(text);
    }
    if (tag.equals(Tag.FLOAT) && !text.contains(":")) {
      return decimal(text);
    }
    return TextNode.valueOf(text);
  }

  private static JsonNode integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    String bare = digits.replaceFirst("^[+-]", "");
    int radix = 10;
    if (bare.startsWith("0x")) {
      radix = 16;
      bare = bare.substring(2);
    } else if (bare.startsWith("0b")) {
      radix = 2;
      bare = bare.substring(2);
    } else if (bare.length() > 1 && bare.startsWith("0")) {
      radix = 8;
      bare = bare.substring(1);
    }
    try {
      BigInteger value = new BigInteger(bare, radix);
      return JSON.numberNode(negative ? value.negate() : value);
    } catch (NumberFormatException e) {
      return TextNode.valueOf(text);
    }
  }

  private static JsonNode decimal(String text) {
    try {
      return DecimalNode.valueOf(new BigDecimal(text.replace("_", "")));
    } catch (NumberFormatException e) {
      // Infinite, or no number: JSON has no word for it.
      return TextNode.valueOf(text);
    }
  }
}
