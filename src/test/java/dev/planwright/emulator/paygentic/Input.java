package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads a body field by field: what is right becomes a column, what is wrong an error. */
final class Input {
  /** Whether a field may be missing, or null. */
  enum Need {
    REQUIRED,
    OPTIONAL,
    NULLABLE
  }

  private final ObjectNode in;
  private final ObjectNode columns = Store.object();
  private final ArrayNode errors = Store.array();
  private final Set<String> asked = new LinkedHashSet<>();
  private final boolean closed;

  /** A reader; a closed one takes every field that it is not asked for as an error. */
  Input(ObjectNode in, boolean closed) {
    this.in = in;
    this.closed = closed;
  }

  Input text(String name, Need need) {
    return put(name, need, JsonNode::isTextual, "Expected a string");
  }

  Input text(String name, Need need, String pattern) {
    return put(
        name,
        need,
        node -> node.isTextual() && node.textValue().matches(pattern),
        "Invalid string: must match " + pattern);
  }

  Input id(String name, Need need, Store.Kind kind) {
    return text(name, need, kind.idPattern());
  }

  Input oneOf(String name, Need need, List<String> values) {
    return put(
        name,
        need,
        node -> node.isTextual() && values.contains(node.textValue()),
        "Invalid option: expected one of " + values);
  }

  Input bool(String name, Need need) {
    return put(name, need, JsonNode::isBoolean, "Expected a boolean");
  }

  Input number(String name, Need need) {
    return put(name, need, JsonNode::isNumber, "Expected a number");
  }

  Input integer(String name, Need need, long min, long max) {
    return put(
        name,
        need,
        node -> whole(node, min, max),
        "Expected an integer from " + min + " to " + max);
  }

  Input time(String name, Need need) {
    return put(name, need, Input::isTime, "Invalid ISO datetime");
  }

  Input object(String name, Need need) {
    return put(name, need, JsonNode::isObject, "Expected an object");
  }

  /** An object whose values are all texts that match. */
  Input texts(String name, Need need, String pattern) {
    return put(
        name,
        need,
        node -> node.isObject() && all(node, it -> it.isTextual() && it.asText().matches(pattern)),
        "Expected an object of strings");
  }

  Input ids(String name, Need need, Store.Kind kind) {
    return put(
        name,
        need,
        node -> node.isArray() && all(node, it -> it.asText().matches(kind.idPattern())),
        "Expected an array of ids " + kind.idPattern());
  }

  Input objects(String name, Need need) {
    return put(
        name,
        need,
        node -> node.isArray() && all(node, JsonNode::isObject),
        "Expected an array of objects");
  }

  private Input put(String name, Need need, Predicate<JsonNode> valid, String otherwise) {
    asked.add(name);
    Optional<JsonNode> value = Optional.ofNullable(in.get(name));
    if (value.isEmpty()) {
      if (need == Need.REQUIRED) {
        wrong(name, "Required");
      }
    } else if ((value.get().isNull() && need == Need.NULLABLE) || valid.test(value.get())) {
      columns.set(name, value.get().deepCopy());
    } else {
      wrong(name, otherwise);
    }
    return this;
  }

  Input wrong(String field, String message) {
    errors.addObject().put("field", field).put("message", message).put("code", "INVALID_FIELD");
    return this;
  }

  boolean has(String name) {
    return in.has(name);
  }

  /** The columns so far; more errors may follow. */
  ObjectNode columns() {
    return columns;
  }

  /** The columns, when nothing was wrong. */
  ObjectNode done() {
    if (closed) {
      for (Map.Entry<String, JsonNode> field : in.properties()) {
        if (!asked.contains(field.getKey())) {
          wrong(field.getKey(), "Unrecognized key");
        }
      }
    }
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    return columns;
  }

  private static boolean all(JsonNode container, Predicate<JsonNode> condition) {
    for (JsonNode item : container) {
      if (!condition.test(item)) {
        return false;
      }
    }
    return true;
  }

  private static boolean whole(JsonNode node, long min, long max) {
    if (!node.isNumber()) {
      return false;
    }
    BigDecimal number = node.decimalValue();
    return number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(min)) >= 0
        && number.compareTo(BigDecimal.valueOf(max)) <= 0;
  }

  private static boolean isTime(JsonNode node) {
    try {
      OffsetDateTime.parse(node.asText(""));
      return node.isTextual();
    } catch (DateTimeException notATime) {
      return false;
    }
  }
}
