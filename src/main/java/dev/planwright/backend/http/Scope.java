package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One JSON object while it is read, field by field. What nobody asked for, or has another shape
 * than the protocol says, is noted as unknown: it must not be lost by a later write.
 */
final class Scope {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,40}(\\.[0-9]{1,40})?");

  private final JsonNode node;
  private final String path;
  private final String prefix;
  private final SortedMap<String, String> into;
  private final List<String> unknown;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param path where the object stands, for people
   * @param prefix put before the names of its fields
   */
  Scope(
      JsonNode node,
      String path,
      String prefix,
      SortedMap<String, String> into,
      List<String> unknown) {
    this.node = node;
    this.path = path;
    this.prefix = prefix;
    this.into = into;
    this.unknown = unknown;
  }

  /** A field as it is; missing when it is left out or null. */
  JsonNode take(String name) {
    taken.add(name);
    JsonNode value = node.path(name);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** What was read into a field; {@code ""} for nothing. */
  String value(String name) {
    return into.getOrDefault(prefix + name, "");
  }

  void put(String name, String value) {
    if (!value.isEmpty()) {
      into.put(prefix + name, value);
    }
  }

  void text(String name) {
    text(name, "");
  }

  void text(String name, String fallback) {
    text(name, fallback, UnaryOperator.identity());
  }

  void text(String name, String fallback, UnaryOperator<String> spelling) {
    read(name, fallback, JsonNode::isTextual, value -> spelling.apply(value.asText()));
  }

  void decimal(String name) {
    decimal(name, "");
  }

  void decimal(String name, String fallback) {
    read(name, fallback, Scope::isDecimal, Scope::canonical);
  }

  void count(String name) {
    count(name, "");
  }

  void count(String name, String fallback) {
    read(name, fallback, JsonNode::isIntegralNumber, JsonNode::asText);
  }

  void flag(String name, String fallback) {
    read(name, fallback, JsonNode::isBoolean, JsonNode::asText);
  }

  /** A list whose order means nothing. */
  void words(String name) {
    read(
        name,
        "",
        JsonNode::isArray,
        list -> {
          Set<String> words = new TreeSet<>();
          list.forEach(word -> words.add(unmistakable(word)));
          return String.join(", ", words);
        });
  }

  /** An object of free words. */
  void map(String name) {
    for (Map.Entry<String, JsonNode> word : take(name).properties()) {
      if (word.getValue().isTextual()) {
        put(name + "." + word.getKey(), word.getValue().asText());
      } else {
        note(name + "." + word.getKey(), word.getValue());
      }
    }
  }

  /** An object whose fields are named {@code name.field}. */
  void object(String name, Consumer<Scope> reader) {
    JsonNode value = take(name);
    if (value.isObject()) {
      inner(value, path + name + ".", prefix + name + ".", reader);
    } else if (!value.isMissingNode()) {
      note(name, value);
    }
  }

  /** An object whose fields are named as if they stood here. */
  void inline(String name, Consumer<Scope> reader) {
    JsonNode value = take(name);
    if (value.isObject()) {
      inner(value, path + name + ".", prefix, reader);
    } else if (!value.isMissingNode()) {
      note(name, value);
    }
  }

  /** A list whose order means something. */
  void list(String name, Consumer<Scope> reader) {
    int index = 0;
    for (JsonNode entry : entries(name)) {
      String at = name + "[" + index + "].";
      inner(entry, path + at, prefix + at, reader);
      index++;
    }
  }

  /** A list whose order means nothing, each entry with a key of its own. */
  void keyed(String name, Function<JsonNode, String> key, Consumer<Scope> reader) {
    Set<String> keys = new HashSet<>();
    for (JsonNode entry : entries(name)) {
      String unique = key.apply(entry);
      for (int again = 2; !keys.add(unique); again++) {
        unique = key.apply(entry) + "#" + again;
      }
      String at = name + "." + unique + ".";
      inner(entry, path + at, prefix + at, reader);
    }
  }

  /** Notes what nobody asked for. */
  void close() {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!taken.contains(field.getKey()) && !field.getValue().isNull()) {
        note(field.getKey(), field.getValue());
      }
    }
  }

  /** The one spelling of a decimal; whatever else stands there as it is. */
  static String canonical(JsonNode value) {
    return isDecimal(value) ? Decimals.canonical(new BigDecimal(value.asText())) : value.asText();
  }

  /** The entries of a list; none, and a note, where something else stands. */
  JsonNode entries(String name) {
    JsonNode list = take(name);
    if (!list.isMissingNode() && !list.isArray()) {
      note(name, list);
      return MissingNode.getInstance();
    }
    return list;
  }

  /** Quoted where the comma that joins words stands inside one: no two lists may read alike. */
  private static String unmistakable(JsonNode word) {
    String text = word.asText();
    return text.contains(",") || text.contains("\"") ? word.toString() : text;
  }

  private static boolean isDecimal(JsonNode value) {
    return value.isTextual() && DECIMAL.matcher(value.asText()).matches();
  }

  private void read(
      String name,
      String fallback,
      java.util.function.Predicate<JsonNode> shape,
      Function<JsonNode, String> spelling) {
    JsonNode value = take(name);
    if (value.isMissingNode()) {
      put(name, fallback);
    } else if (shape.test(value)) {
      put(name, spelling.apply(value));
    } else {
      note(name, value);
    }
  }

  private void inner(JsonNode value, String at, String names, Consumer<Scope> reader) {
    Scope inner = new Scope(value, at, names, into, unknown);
    reader.accept(inner);
    inner.close();
  }

  private void note(String name, JsonNode value) {
    String shown = value.toString();
    unknown.add(
        path + name + " = " + (shown.length() <= 80 ? shown : shown.substring(0, 77) + "..."));
  }
}
