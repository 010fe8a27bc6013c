package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object as loosely as the server does, gathering its 422 entries; what it is not asked
 * for is ignored. A reader gives null for what is absent, null or wrong; {@link #check} then
 * refuses.
 */
final class Fields {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  enum Need {
    REQUIRED,
    OPTIONAL,
    NULLABLE
  }

  private final JsonNode object;
  private final List<Object> location;
  private final ArrayNode errors;

  private Fields(JsonNode object, List<Object> location, ArrayNode errors) {
    this.object = object;
    this.location = location;
    this.errors = errors;
  }

  static Fields of(ObjectNode object, String where) {
    return new Fields(object, List.of(where), JSON.arrayNode());
  }

  static Fields ofBody(EmulatorRequest request) {
    ArrayNode errors = JSON.arrayNode();
    Fields body = new Fields(request.json().orElse(JSON.nullNode()), List.of("body"), errors);
    if (request.text().isBlank()) {
      body.error(null, "missing", "Field required", JSON.nullNode(), null);
    } else if (request.json().isEmpty()) {
      errors.add(notJson(request.text()));
    } else if (!body.object.isObject()) {
      body.error(
          null,
          "model_attributes_type",
          "Input should be a valid dictionary or object to extract fields from",
          body.object,
          null);
    }
    body.check();
    return body;
  }

  private static ObjectNode notJson(String text) {
    int at = text.indexOf('{') + 1;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    boolean badName =
        text.stripLeading().startsWith("{") && at < text.length() && text.charAt(at) != '"';
    ObjectNode error = JSON.objectNode().put("type", "json_invalid");
    error.putArray("loc").add("body").add(badName ? at : 0);
    error.put("msg", "JSON decode error").putObject("input");
    error
        .putObject("ctx")
        .put(
            "error",
            badName ? "Expecting property name enclosed in double quotes" : "Expecting value");
    return error;
  }

  /** Refuses with everything found wrong so far. */
  void check() {
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  boolean has(String name) {
    return object.has(name);
  }

  boolean isNull(String name) {
    return object.path(name).isNull();
  }

  /** The whole object, as it came. */
  JsonNode raw() {
    return object;
  }

  @Nullable String text(String name, Need need, int min, int max) {
    JsonNode value = field(name, need);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      error(name, "string_type", "Input should be a valid string", value, null);
      return null;
    }
    int length = value.textValue().codePointCount(0, value.textValue().length());
    if (length < min) {
      String unit = min == 1 ? " character" : " characters";
      ObjectNode bound = JSON.objectNode().put("min_length", min);
      error(name, "string_too_short", "String should have at least " + min + unit, value, bound);
      return null;
    }
    if (length > max) {
      ObjectNode bound = JSON.objectNode().put("max_length", max);
      error(
          name,
          "string_too_long",
          "String should have at most " + max + " characters",
          value,
          bound);
      return null;
    }
    return value.textValue();
  }

  @Nullable String choice(String name, Need need, List<String> allowed) {
    JsonNode value = field(name, need);
    if (value == null) {
      return null;
    }
    if (value.isTextual() && allowed.contains(value.textValue())) {
      return value.textValue();
    }
    List<String> quoted = allowed.stream().map(a -> "'" + a + "'").toList();
    String all =
        String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + quoted.getLast();
    error(name, "enum", "Input should be " + all, value, JSON.objectNode().put("expected", all));
    return null;
  }

  /** An integer not below 0, however large: the column's limit shows only when it is written. */
  @Nullable BigInteger integer(String name, Need need) {
    return integer(name, need, 0, null);
  }

  /** An integer within bounds; a whole number in a text counts too. */
  @Nullable BigInteger integer(String name, Need need, int min, @Nullable Integer max) {
    JsonNode value = field(name, need);
    if (value == null) {
      return null;
    }
    BigDecimal number = value.isTextual() ? decimal(value.textValue()) : null;
    if (value.isTextual()
        && (number == null || !value.textValue().strip().matches("[+-]?\\d+(\\.0+)?"))) {
      error(
          name,
          "int_parsing",
          "Input should be a valid integer, unable to parse string as an integer",
          value,
          null);
      return null;
    }
    if (value.isNumber()) {
      number = value.decimalValue();
    }
    if (number == null) {
      error(name, "int_type", "Input should be a valid integer", value, null);
      return null;
    }
    if (number.stripTrailingZeros().scale() > 0) {
      error(
          name,
          "int_from_float",
          "Input should be a valid integer, got a number with a fractional part",
          value,
          null);
      return null;
    }
    if (max != null && number.compareTo(BigDecimal.valueOf(max)) > 0) {
      error(
          name,
          "less_than_equal",
          "Input should be less than or equal to " + max,
          value,
          JSON.objectNode().put("le", max));
      return null;
    }
    return notBelow(name, value, number, min) ? number.toBigInteger() : null;
  }

  /** A decimal not below 0, from a number or a text. */
  @Nullable BigDecimal decimal(String name, Need need) {
    JsonNode value = field(name, need);
    if (value == null) {
      return null;
    }
    BigDecimal number = value.isNumber() ? value.decimalValue() : null;
    if (value.isTextual()) {
      number = decimal(value.textValue());
    }
    if (number == null) {
      boolean scalar = value.isTextual();
      error(
          name,
          scalar ? "decimal_parsing" : "decimal_type",
          scalar
              ? "Input should be a valid decimal"
              : "Decimal input should be an integer, float, string or Decimal object",
          value,
          null);
      return null;
    }
    return notBelow(name, value, number, 0) ? number : null;
  }

  @Nullable Boolean bool(String name, Need need) {
    JsonNode value = field(name, need);
    if (value == null) {
      return null;
    }
    String text = value.asText().toLowerCase(Locale.ROOT);
    if (value.isValueNode() && List.of("true", "1", "yes", "on", "t", "y").contains(text)) {
      return true;
    }
    if (value.isValueNode() && List.of("false", "0", "no", "off", "f", "n").contains(text)) {
      return false;
    }
    error(
        name,
        "bool_parsing",
        "Input should be a valid boolean, unable to interpret input",
        value,
        null);
    return null;
  }

  /** A UUID in its canonical spelling. */
  @Nullable String uuid(String name, Need need) {
    JsonNode value = field(name, need);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      error(name, "uuid_type", "UUID input should be a string, bytes or UUID object", value, null);
      return null;
    }
    String text = value.textValue();
    if (!Uuids.valid(text)) {
      String why = Uuids.whyNot(text);
      error(
          name,
          "uuid_parsing",
          "Input should be a valid UUID, " + why,
          value,
          JSON.objectNode().put("error", why));
      return null;
    }
    return Uuids.canonical(text);
  }

  /** A free object; an empty one when absent. */
  ObjectNode dictionary(String name) {
    JsonNode value = field(name, Need.OPTIONAL);
    if (value != null && !value.isObject()) {
      error(name, "dict_type", "Input should be a valid dictionary", value, null);
    }
    return value instanceof ObjectNode node ? node : JSON.objectNode();
  }

  /** A free list; an empty one when absent. */
  ArrayNode list(String name, Need need) {
    JsonNode value = field(name, need);
    if (value != null && !value.isArray()) {
      error(name, "list_type", "Input should be a valid list", value, null);
    }
    return value instanceof ArrayNode node ? node : JSON.arrayNode();
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    ArrayNode list = list(name, Need.OPTIONAL);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).isTextual()) {
        texts.add(list.get(i).textValue());
      } else {
        child(name, i, list.get(i))
            .error(null, "string_type", "Input should be a valid string", list.get(i), null);
      }
    }
    return texts;
  }

  /** Readers of a list's objects; their errors are gathered here. */
  List<Fields> objects(String name, Need need) {
    List<Fields> readers = new ArrayList<>();
    ArrayNode list = list(name, need);
    for (int i = 0; i < list.size(); i++) {
      Fields child = child(name, i, list.get(i));
      if (list.get(i).isObject()) {
        readers.add(child);
      } else {
        child.error(
            null,
            "model_attributes_type",
            "Input should be a valid dictionary or object to extract fields from",
            list.get(i),
            null);
      }
    }
    return readers;
  }

  /** A rule over several fields, refused as the server's own validators refuse. */
  void refuseWhole(String message) {
    ObjectNode context = JSON.objectNode();
    context.putObject("error");
    error(null, "value_error", "Value error, " + message, object, context);
    check();
  }

  private Fields child(String name, int index, JsonNode node) {
    List<Object> deeper = new ArrayList<>(location);
    deeper.add(name);
    deeper.add(index);
    return new Fields(node, deeper, errors);
  }

  private @Nullable JsonNode field(String name, Need need) {
    JsonNode value = object.get(name);
    if (value == null) {
      if (need == Need.REQUIRED) {
        error(
            name,
            "missing",
            "Field required",
            location.contains("query") ? JSON.nullNode() : object,
            null);
      }
      return null;
    }
    return value.isNull() && need == Need.NULLABLE ? null : value;
  }

  private boolean notBelow(String name, JsonNode value, BigDecimal number, int min) {
    if (number.compareTo(BigDecimal.valueOf(min)) >= 0) {
      return true;
    }
    error(
        name,
        "greater_than_equal",
        "Input should be greater than or equal to " + min,
        value,
        JSON.objectNode().put("ge", min));
    return false;
  }

  private static @Nullable BigDecimal decimal(String text) {
    return DECIMAL.matcher(text.strip()).matches() ? new BigDecimal(text.strip()) : null;
  }

  private void error(
      @Nullable String name,
      String type,
      String message,
      JsonNode input,
      @Nullable ObjectNode context) {
    ObjectNode error = errors.addObject().put("type", type);
    ArrayNode loc = error.putArray("loc");
    for (Object part : location) {
      if (part instanceof Integer index) {
        loc.add(index);
      } else {
        loc.add(part.toString());
      }
    }
    if (name != null) {
      loc.add(name);
    }
    error.put("msg", message).set("input", input);
    if (context != null) {
      error.set("ctx", context);
    }
  }
}
