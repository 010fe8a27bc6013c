package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A JSON object that a client sent, and what is demanded of its fields. */
final class Input {
  /** Ids of plans and products. */
  static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_|.-]*");

  static final int TEXT = 255;

  private final ObjectNode node;
  private final String at;
  private final StiggState state;
  private final Set<String> known = new LinkedHashSet<>();

  private Input(ObjectNode node, String at, StiggState state) {
    this.node = node;
    this.at = at;
    this.state = state;
  }

  static Input of(JsonNode json, String at, StiggState state) {
    if (json instanceof ObjectNode object) {
      return new Input(object, at, state);
    }
    throw Refusal.bad(at + " must be an object");
  }

  /** Where this object is in the body. */
  String at() {
    return at;
  }

  /** Whether the field was sent, be it as null. */
  boolean has(String name) {
    known.add(name);
    return node.has(name);
  }

  /** Whether the field was sent and is not null. */
  boolean holds(String name) {
    return has(name) && !node.path(name).isNull();
  }

  JsonNode raw(String name) {
    known.add(name);
    return node.path(name);
  }

  Refusal wrong(String name, String must) {
    return Refusal.bad(at + "." + name + " " + must);
  }

  /** Fields that nobody asked for are refused, or dropped. */
  void finish() {
    if (state.is(StiggSwitch.UNKNOWN_FIELDS_REFUSED)) {
      node.fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name)) {
                  throw wrong(name, "is not a field of this call");
                }
              });
    }
  }

  String text(String name, int max) {
    JsonNode value = raw(name);
    if (!value.isTextual() || value.textValue().length() > max) {
      throw wrong(name, "must be a string of at most " + max + " characters");
    }
    return value.textValue();
  }

  String id(String name) {
    String id = text(name, TEXT);
    if (!ID.matcher(id).matches()) {
      throw wrong(name, "must match ^[a-zA-Z0-9][a-zA-Z0-9_|.-]*$");
    }
    return id;
  }

  String word(String name, Set<String> words) {
    JsonNode value = raw(name);
    if (!value.isTextual() || !words.contains(value.textValue())) {
      throw wrong(name, "must be one of " + words);
    }
    return value.textValue();
  }

  BigDecimal number(String name) {
    JsonNode value = raw(name);
    if (!value.isNumber()) {
      throw wrong(name, "must be a number");
    }
    return value.decimalValue();
  }

  Input object(String name) {
    return of(raw(name), at + "." + name, state);
  }

  List<Input> objects(String name, int min, int max) {
    JsonNode value = raw(name);
    if (!value.isArray() || value.size() < min || value.size() > max) {
      throw wrong(name, "must be an array of " + min + " to " + max + " elements");
    }
    List<Input> all = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      all.add(of(value.get(i), at + "." + name + "[" + i + "]", state));
    }
    return all;
  }

  // ---- copying what was sent, and only that -------------------------------------------------

  private boolean copied(ObjectNode target, String name, boolean nullable) {
    if (!has(name)) {
      return true;
    }
    if (nullable && node.path(name).isNull()) {
      target.putNull(name);
      return true;
    }
    return false;
  }

  Input copyText(ObjectNode target, String name, boolean nullable) {
    return copyText(target, name, nullable, TEXT);
  }

  Input copyText(ObjectNode target, String name, boolean nullable, int max) {
    if (!copied(target, name, nullable)) {
      target.put(name, text(name, max));
    }
    return this;
  }

  Input copyWord(ObjectNode target, String name, boolean nullable, Set<String> words) {
    if (!copied(target, name, nullable)) {
      target.put(name, word(name, words));
    }
    return this;
  }

  Input copyNumber(ObjectNode target, String name, boolean nullable) {
    if (!copied(target, name, nullable)) {
      target.set(name, plain(number(name)));
    }
    return this;
  }

  Input copyFlag(ObjectNode target, String name, boolean nullable) {
    if (!copied(target, name, nullable)) {
      if (!raw(name).isBoolean()) {
        throw wrong(name, "must be true or false");
      }
      target.put(name, raw(name).booleanValue());
    }
    return this;
  }

  Input copyTexts(ObjectNode target, String name, boolean nullable) {
    if (!copied(target, name, nullable)) {
      JsonNode value = raw(name);
      if (!value.isArray()) {
        throw wrong(name, "must be an array of strings");
      }
      ArrayNode texts = target.putArray(name);
      for (JsonNode text : value) {
        if (!text.isTextual()) {
          throw wrong(name, "must be an array of strings");
        }
        texts.add(text.textValue());
      }
    }
    return this;
  }

  Input copyMetadata(ObjectNode target, boolean nullable) {
    if (nullable && has("metadata") && raw("metadata").isNull()) {
      target.putObject("metadata");
    } else if (has("metadata")) {
      JsonNode value = raw("metadata");
      ObjectNode map = StiggState.object();
      if (state.is(StiggSwitch.METADATA_MERGES) && target.path("metadata").isObject()) {
        map.setAll((ObjectNode) target.path("metadata"));
      }
      if (!value.isObject()) {
        throw Refusal.of(400, "InvalidMetadataError", "metadata must be an object of strings");
      }
      value
          .properties()
          .forEach(
              entry -> {
                if (!entry.getValue().isTextual()) {
                  throw Refusal.of(
                      400,
                      "InvalidMetadataError",
                      "metadata." + entry.getKey() + " must be a string");
                }
                map.set(entry.getKey(), entry.getValue());
              });
      target.set("metadata", map);
    }
    return this;
  }

  /** A number as the server gives it back: without zeros at the end, never with an exponent. */
  static JsonNode plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return DecimalNode.valueOf(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
  }
}
