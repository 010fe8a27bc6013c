package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.sandbox.FieldError.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of one object. Each check says that the field is known; {@link #end} reports
 * those that nobody asked for. A checked field is optional unless {@link #required} names it.
 */
final class Fields {
  static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,20})?");

  private final ObjectNode node;
  private final String path;
  private final Errors errors;
  private final Set<String> known = new HashSet<>();

  Fields(ObjectNode node, String path, Errors errors) {
    this.node = node;
    this.path = path;
    this.errors = errors;
  }

  /** The path of a field: {@code trial.days}. */
  String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  JsonNode get(String field) {
    return node.path(field);
  }

  boolean has(String field) {
    return node.has(field);
  }

  void required(String... fields) {
    for (String field : fields) {
      if (!node.has(field)) {
        errors.add(at(field), null, Reason.REQUIRED, "is required");
      }
    }
  }

  /** Exactly one of these; answers the first that is there. */
  @Nullable String oneOf(String what, List<String> fields) {
    List<String> there = fields.stream().filter(node::has).toList();
    if (there.isEmpty()) {
      errors.add(
          path, null, Reason.REQUIRED, "needs " + what + ": one of " + String.join(", ", fields));
      return null;
    }
    if (there.size() > 1) {
      errors.invalid(
          path, null, "has " + String.join(" and ", there) + "; exactly one " + what + " is right");
    }
    return there.getFirst();
  }

  /** A text without control characters. */
  void line(String field, int longest) {
    text(field, longest, 1, text -> text.codePoints().noneMatch(Character::isISOControl));
  }

  /** A text that may have several lines, or none. */
  void lines(String field, int longest) {
    text(
        field,
        longest,
        0,
        text ->
            text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'));
  }

  private void text(
      String field, int longest, int shortest, java.util.function.Predicate<String> clean) {
    JsonNode value = take(field);
    if (value == null) {
      return;
    }
    int length = value.asText().codePointCount(0, value.asText().length());
    if (!value.isTextual() || length < shortest || length > longest) {
      errors.invalid(
          at(field), value, "must be a text of " + shortest + " to " + longest + " characters");
    } else if (!clean.test(value.textValue())) {
      errors.invalid(at(field), value, "has control characters");
    }
  }

  void pattern(String field, Pattern pattern, String right) {
    JsonNode value = take(field);
    if (value != null && !(value.isTextual() && pattern.matcher(value.textValue()).matches())) {
      errors.invalid(at(field), value, right);
    }
  }

  /** One of some words; answers the word, or null when it is missing or wrong. */
  @Nullable String word(String field, Set<String> words) {
    JsonNode value = take(field);
    if (value == null) {
      return null;
    }
    if (value.isTextual() && words.contains(value.textValue())) {
      return value.textValue();
    }
    errors.invalid(
        at(field), value, "must be one of " + String.join(", ", words.stream().sorted().toList()));
    return null;
  }

  /** A decimal string; answers its value, or null when it is missing or wrong. */
  @Nullable BigDecimal decimal(String field) {
    JsonNode value = take(field);
    if (value == null) {
      return null;
    }
    if (value.isTextual() && DECIMAL.matcher(value.textValue()).matches()) {
      return new BigDecimal(value.textValue());
    }
    errors.invalid(
        at(field),
        value,
        "must be a decimal string such as \"49.00\": at most 18 digits before and 20 after the"
            + " point, no sign, no exponent");
    return null;
  }

  /** A whole number; answers it, or null when it is missing or wrong. */
  @Nullable Long integer(String field, long least, long most) {
    JsonNode value = take(field);
    if (value == null) {
      return null;
    }
    if (value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= least
        && value.longValue() <= most) {
      return value.longValue();
    }
    errors.invalid(at(field), value, "must be a whole number from " + least + " to " + most);
    return null;
  }

  void bool(String field) {
    JsonNode value = take(field);
    if (value != null && !value.isBoolean()) {
      errors.invalid(at(field), value, "must be true or false");
    }
  }

  /** An object with fields of its own; its unknown fields are reported. */
  void object(String field, Consumer<Fields> check) {
    JsonNode value = take(field);
    if (value == null) {
      return;
    }
    if (value instanceof ObjectNode object) {
      Fields fields = new Fields(object, at(field), errors);
      check.accept(fields);
      fields.end();
    } else {
      errors.invalid(at(field), value, "must be an object");
    }
  }

  /** A list of objects; answers those that are objects. */
  List<ObjectNode> objects(String field, int least, int most, Consumer<Fields> check) {
    List<ObjectNode> found = new ArrayList<>();
    items(
        field,
        least,
        most,
        (item, where) -> {
          if (item instanceof ObjectNode object) {
            Fields fields = new Fields(object, where, errors);
            check.accept(fields);
            fields.end();
            found.add(object);
          } else {
            errors.invalid(where, item, "must be an object");
          }
        });
    return found;
  }

  /** A list of texts, each once. */
  void texts(String field, int least, int most, BiConsumer<JsonNode, String> check) {
    Set<String> seen = new HashSet<>();
    items(
        field,
        least,
        most,
        (item, where) -> {
          if (!item.isTextual()) {
            errors.invalid(where, item, "must be a text");
          } else if (!seen.add(item.textValue())) {
            errors.invalid(where, item, "comes twice");
          } else {
            check.accept(item, where);
          }
        });
  }

  private void items(String field, int least, int most, BiConsumer<JsonNode, String> each) {
    JsonNode value = take(field);
    if (value == null) {
      return;
    }
    if (!value.isArray() || value.size() < least || value.size() > most) {
      errors.invalid(at(field), null, "must be a list of " + least + " to " + most + " entries");
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      each.accept(value.get(i), at(field) + "[" + i + "]");
    }
  }

  /** Known, whatever it holds: somebody else checks it. */
  @Nullable JsonNode take(String field) {
    known.add(field);
    return node.get(field);
  }

  /** Reports the fields that nobody asked for. */
  void end() {
    node.properties()
        .forEach(
            entry -> {
              if (!known.contains(entry.getKey())) {
                errors.add(
                    at(entry.getKey()),
                    entry.getValue(),
                    Reason.UNSUPPORTED,
                    "is not a field that this server knows");
              }
            });
  }
}
