package dev.planwright.cli.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A part of the schema of a kind, as the API server holds it. Its rules in CEL are not evaluated:
 * the compiler holds each of them again.
 */
final class Schema {
  /** The words of a schema that are held here; {@code description} says nothing. */
  static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "properties",
          "additionalProperties",
          "required",
          "enum",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "items",
          "minItems",
          "maxItems",
          "maxProperties",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-validations",
          "description");

  /** The problem with an item of a list whose items differ. */
  static final String TWICE = "stands in the list twice";

  /** Patterns in the words of their rules. */
  private static final Map<String, Rule> BY_PATTERN =
      Map.of(
          Formats.AMOUNT, Rule.AMOUNT_FORMAT,
          Formats.RATE, Rule.RATE_FORMAT,
          Formats.CURRENCY, Rule.CURRENCY_FORMAT,
          Formats.COUNTRY, Rule.COUNTRY_FORMAT,
          Formats.KEY, Rule.KEY_FORMAT,
          Formats.OWNER_ID, Rule.OWNER_ID_FORMAT,
          Formats.NAME, Rule.NAME_FORMAT,
          Formats.WORD, Rule.WORD_FORMAT,
          Formats.DURATION, Rule.DURATION_FORMAT,
          Formats.URL, Rule.URL_FORMAT);

  private final JsonNode schema;
  private final String type;
  private final Map<String, Schema> properties = new TreeMap<>();
  private final Optional<Schema> additional;
  private final Optional<Schema> items;
  private final Set<String> words = new TreeSet<>();
  private final Optional<Pattern> pattern;

  /**
   * One thing that the schema refuses.
   *
   * @param rule the rule that says the same, where one does
   * @param path of the field
   * @param value what stands there
   * @param problem why it cannot be
   * @param instead what would work
   */
  record Breach(Optional<Rule> rule, String path, String value, String problem, String instead) {}

  Schema(JsonNode schema) {
    this.schema = schema;
    this.type = schema.path("type").asText();
    schema
        .path("properties")
        .properties()
        .forEach(entry -> properties.put(entry.getKey(), new Schema(entry.getValue())));
    this.additional = part("additionalProperties");
    this.items = part("items");
    schema.path("enum").forEach(word -> words.add(word.asText()));
    // Java's dollar sign would let a line break at the end pass.
    this.pattern =
        Optional.ofNullable(schema.get("pattern"))
            .map(text -> Pattern.compile(text.asText().replaceFirst("\\$$", "\\\\z")));
  }

  private Optional<Schema> part(String name) {
    return Optional.ofNullable(schema.get(name)).filter(JsonNode::isObject).map(Schema::new);
  }

  JsonNode source() {
    return schema;
  }

  Schema property(String name) {
    return Optional.ofNullable(properties.get(name)).orElseThrow();
  }

  Map<String, Schema> properties() {
    return properties;
  }

  /** Everything that is wrong with a value. */
  List<Breach> check(String path, JsonNode value) {
    List<Breach> breaches = new ArrayList<>();
    check(path, value, breaches);
    return breaches;
  }

  private void check(String path, JsonNode value, List<Breach> breaches) {
    if (!isOfType(value)) {
      breaches.add(ofType(path, value));
      return;
    }
    switch (type) {
      case "object" -> object(path, value, breaches);
      case "array" -> array(path, value, breaches);
      case "string" -> string(path, value.asText(), breaches);
      case "integer" -> range(path, value, breaches);
      default -> {
        // A boolean has nothing more to hold.
      }
    }
  }

  private boolean isOfType(JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      default -> throw new IllegalStateException("a type that is not held: " + type);
    };
  }

  private Breach ofType(String path, JsonNode value) {
    String shown = value.isValueNode() ? value.asText() : "";
    String is =
        switch (value.getNodeType()) {
          case OBJECT -> "is an object";
          case ARRAY -> "is a list";
          case STRING -> "is a text";
          case BOOLEAN -> "is a boolean";
          case NUMBER -> "is a number";
          case NULL, MISSING, BINARY, POJO -> "is nothing";
        };
    String instead =
        switch (type) {
          case "string" ->
              value.isValueNode() && !value.isNull()
                  ? "write a text: put it in quotes, as it should be read"
                  : "write a text";
          case "object" -> "write an object, such as {...}";
          case "array" -> "write a list, such as [...]";
          case "boolean" -> "write true or false";
          default -> "write a whole number without quotes";
        };
    return new Breach(Optional.empty(), path, shown, is, instead);
  }

  private void object(String path, JsonNode value, List<Breach> breaches) {
    int max = schema.path("maxProperties").asInt(Integer.MAX_VALUE);
    if (value.size() > max) {
      breaches.add(
          new Breach(
              Optional.of(Rule.LIST_LENGTH),
              path,
              "",
              "has " + value.size() + " entries",
              "use at most " + max + " entries"));
    }
    for (JsonNode name : schema.path("required")) {
      if (value.path(name.asText()).isNull() || !value.has(name.asText())) {
        breaches.add(
            new Breach(
                Optional.of(Rule.REQUIRED),
                path + "." + name.asText(),
                "",
                "is missing",
                "set it"));
      }
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      // The API server takes null for left out.
      if (!field.getValue().isNull()) {
        field(path, field.getKey(), field.getValue(), breaches);
      }
    }
  }

  private void field(String path, String name, JsonNode value, List<Breach> breaches) {
    Schema known = properties.get(name);
    if (known != null) {
      known.check(path + "." + name, value, breaches);
    } else if (additional.isPresent()) {
      additional.get().check(path + "[" + name + "]", value, breaches);
    } else {
      breaches.add(
          new Breach(
              Optional.of(Rule.KNOWN_FIELD),
              path + "." + name,
              "",
              "there is no such field",
              properties.isEmpty()
                  ? "remove it"
                  : Nearest.of(name, properties.keySet())
                      .map(meant -> "did you mean " + meant + "?")
                      .orElse("use one of " + String.join(", ", properties.keySet()))));
    }
  }

  private void array(String path, JsonNode value, List<Breach> breaches) {
    int min = schema.path("minItems").asInt(0);
    int max = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (value.size() < min || value.size() > max) {
      breaches.add(
          new Breach(
              Optional.of(Rule.LIST_LENGTH),
              path,
              "",
              "has " + value.size() + " items",
              value.size() < min ? "use at least " + min : "use at most " + max));
    }
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < value.size(); i++) {
      String at = path + "[" + i + "]";
      JsonNode item = value.get(i);
      items.ifPresent(schema -> schema.check(at, item, breaches));
      List<String> key = keyOf(item);
      if (!key.isEmpty() && !seen.add(key)) {
        breaches.add(
            new Breach(Optional.empty(), at, String.join(", ", key), TWICE, "write it once"));
      }
    }
  }

  /** What an item of a set or a list map is told from others by; empty for other lists. */
  private List<String> keyOf(JsonNode item) {
    return switch (schema.path("x-kubernetes-list-type").asText()) {
      case "set" -> List.of(item.asText());
      case "map" -> {
        List<String> key = new ArrayList<>();
        schema
            .path("x-kubernetes-list-map-keys")
            .forEach(name -> key.add(item.path(name.asText()).asText()));
        yield key;
      }
      default -> List.of();
    };
  }

  private void string(String path, String value, List<Breach> breaches) {
    if (!words.isEmpty() && !words.contains(value)) {
      String choice = "use one of " + String.join(", ", words);
      breaches.add(
          new Breach(
              Optional.of(Rule.ENUM),
              path,
              value,
              "is none of the words that the field knows",
              Nearest.of(value, words)
                  .map(it -> "did you mean " + it + "? " + choice)
                  .orElse(choice)));
      return;
    }
    int length = value.codePointCount(0, value.length());
    int min = schema.path("minLength").asInt(0);
    int max = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (length < min) {
      breaches.add(
          new Breach(Optional.of(Rule.REQUIRED), path, value, "is empty", "set it, or remove it"));
    } else if (length > max) {
      breaches.add(
          new Breach(
              Optional.of(Rule.TEXT_LENGTH),
              path,
              value,
              "has " + length + " characters",
              "use at most " + max + " characters"));
    } else if (pattern.isPresent() && !pattern.get().matcher(value).find()) {
      String form = schema.path("pattern").asText();
      Optional<Rule> rule = Optional.ofNullable(BY_PATTERN.get(form));
      breaches.add(
          new Breach(
              rule,
              path,
              value,
              "has a form that is not allowed",
              rule.map(it -> "a valid one " + it.sentence()).orElse("the form is " + form)));
    }
  }

  private void range(String path, JsonNode value, List<Breach> breaches) {
    JsonNode min = schema.path("minimum");
    JsonNode max = schema.path("maximum");
    boolean small = min.isNumber() && value.decimalValue().compareTo(min.decimalValue()) < 0;
    boolean great = max.isNumber() && value.decimalValue().compareTo(max.decimalValue()) > 0;
    if (small || great) {
      breaches.add(
          new Breach(
              Optional.of(Rule.QUANTITY_RANGE),
              path,
              value.asText(),
              small ? "is less than " + min.asText() : "is more than " + max.asText(),
              "use a whole number"
                  + (min.isNumber() ? " from " + min.asText() : "")
                  + (max.isNumber() ? " to " + max.asText() : "")));
    }
  }
}
