package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A body, read field by field; the first fault ends the call with a 400. Null counts as absent: the
 * vendor tells the two apart nowhere.
 */
final class Fields {
  private final ObjectNode body;
  private final Set<String> known = new HashSet<>();

  Fields(ObjectNode body) {
    this.body = body;
  }

  ObjectNode raw() {
    return body;
  }

  boolean has(String name) {
    known.add(name);
    return body.hasNonNull(name);
  }

  Optional<String> text(String name, int max) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!body.get(name).isTextual()) {
      throw Refusal.invalid(name + " must be a string");
    }
    String value = body.get(name).textValue();
    if (value.codePointCount(0, value.length()) > max) {
      throw Refusal.invalid(name + " must be at most " + max + " characters long");
    }
    return Optional.of(value);
  }

  String need(String name, int max) {
    return text(name, max)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> Refusal.invalid(name + " is required"));
  }

  Optional<String> choice(String name, List<String> choices) {
    Optional<String> value = text(name, Integer.MAX_VALUE);
    value.ifPresent(
        it -> {
          if (!choices.contains(it)) {
            throw Refusal.invalid(name + " must be one of " + String.join(", ", choices));
          }
        });
    return value;
  }

  String needChoice(String name, List<String> choices) {
    return choice(name, choices).orElseThrow(() -> Refusal.invalid(name + " is required"));
  }

  Optional<Boolean> bool(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!body.get(name).isBoolean()) {
      throw Refusal.invalid(name + " must be a boolean");
    }
    return Optional.of(body.get(name).booleanValue());
  }

  boolean needBool(String name) {
    return bool(name).orElseThrow(() -> Refusal.invalid(name + " is required"));
  }

  OptionalLong integer(String name, long min, long max) {
    if (!has(name)) {
      return OptionalLong.empty();
    }
    JsonNode value = body.get(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw Refusal.invalid(name + " must be an integer");
    }
    if (value.longValue() < min || value.longValue() > max) {
      throw Refusal.invalid(name + " must be between " + min + " and " + max);
    }
    return OptionalLong.of(value.longValue());
  }

  /** A text that holds a number which is not negative. */
  Optional<BigDecimal> decimal(String name) {
    Optional<String> text = text(name, 64);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("\\d+(\\.\\d+)?")) {
      throw Refusal.invalid(name + " must be a decimal that is not negative");
    }
    return Optional.of(new BigDecimal(text.get()));
  }

  Optional<Fields> object(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (body.get(name) instanceof ObjectNode object) {
      return Optional.of(new Fields(object));
    }
    throw Refusal.invalid(name + " must be an object");
  }

  Fields needObject(String name) {
    return object(name).orElseThrow(() -> Refusal.invalid(name + " is required"));
  }

  /** The elements; empty when the field is absent. */
  List<Fields> objects(String name, int max) {
    List<Fields> all = new ArrayList<>();
    for (JsonNode element : elements(name, max)) {
      if (!(element instanceof ObjectNode object)) {
        throw Refusal.invalid(name + " must hold objects");
      }
      all.add(new Fields(object));
    }
    return all;
  }

  List<String> texts(String name, int max) {
    List<String> all = new ArrayList<>();
    for (JsonNode element : elements(name, max)) {
      if (!element.isTextual()) {
        throw Refusal.invalid(name + " must hold strings");
      }
      all.add(element.textValue());
    }
    return all;
  }

  void needArray(String name) {
    if (!has(name)) {
      throw Refusal.invalid(name + " is required");
    }
  }

  /** Refuses what no reader asked for, when the vendor is assumed to be that strict. */
  void end(Store store) {
    if (store.holds(Question.UnknownField.REFUSED)) {
      body.fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name)) {
                  throw Refusal.invalid("unknown field " + name);
                }
              });
    }
  }

  private JsonNode elements(String name, int max) {
    if (!has(name)) {
      return Store.object();
    }
    JsonNode array = body.get(name);
    if (!array.isArray()) {
      throw Refusal.invalid(name + " must be an array");
    }
    if (array.size() > max) {
      throw Refusal.invalid(name + " must have at most " + max + " elements");
    }
    return array;
  }
}
