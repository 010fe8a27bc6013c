package dev.planwright.emulator.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A request's object, from which named fields are taken over one by one. What nobody asks for is
 * dropped without a word. What is wrong is gathered; {@link #check} then refuses all at once.
 */
final class Body {
  private static final Pattern AMOUNT = Pattern.compile("[0-9]+(\\.[0-9]{1,2})?");
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int LARGEST = 1024 * 1024;
  private static final BigDecimal INT4 = BigDecimal.valueOf(Integer.MAX_VALUE);

  private final JsonNode given;
  private final ArrayNode at;
  private final ArrayNode issues;
  private final ObjectNode accepted = Store.object();

  private Body(JsonNode given, ArrayNode at, ArrayNode issues) {
    this.given = given;
    this.at = at;
    this.issues = issues;
  }

  /** 500 for a body that cannot be read at all, whoever sent it. */
  static void refuseUnreadable(EmulatorRequest request) {
    boolean json = isJson(request);
    String text = request.text();
    if (request.body().length > LARGEST) {
      throw Refusal.crash();
    }
    if (json && !text.isBlank() && request.json().filter(JsonNode::isContainerNode).isEmpty()) {
      throw Refusal.crash();
    }
  }

  /** The body of a request; an empty object when nothing, or nothing called JSON, was sent. */
  static Body of(EmulatorRequest request) {
    JsonNode given = isJson(request) ? request.json().orElse(Store.object()) : Store.object();
    ArrayNode issues = JsonNodeFactory.instance.arrayNode();
    Body body = new Body(given, JsonNodeFactory.instance.arrayNode(), issues);
    if (!given.isObject()) {
      body.issues.addObject().put("message", "Expected object").putArray("path");
      body.check();
    }
    return body;
  }

  /** The query's parameters as an object of texts, the last value of each. */
  static Body ofQuery(EmulatorRequest request) {
    ObjectNode query = Store.object();
    request.query().forEach((name, values) -> query.put(name, values.getLast()));
    return new Body(
        query, JsonNodeFactory.instance.arrayNode(), JsonNodeFactory.instance.arrayNode());
  }

  static boolean isUuid(String text) {
    return UUID_FORM.matcher(text).matches();
  }

  private static boolean isJson(EmulatorRequest request) {
    return request.header("content-type").orElse("").startsWith("application/json");
  }

  /** Refuses with everything found wrong so far; else the fields that were taken over. */
  ObjectNode check() {
    if (!issues.isEmpty()) {
      throw Refusal.invalid(issues);
    }
    for (JsonNode value : accepted) {
      if (value.isIntegralNumber() && value.decimalValue().compareTo(INT4) > 0) {
        throw Refusal.crash(); // the database's integer overflows
      }
    }
    return accepted;
  }

  boolean has(String name) {
    return given.has(name);
  }

  /** A field as it came, good or bad. */
  Optional<JsonNode> peek(String name) {
    return Optional.ofNullable(given.get(name));
  }

  Body required(String... names) {
    Arrays.stream(names).filter(name -> !has(name)).forEach(name -> issue(name, "Required"));
    return this;
  }

  Body text(String name, int min, int max) {
    return take(
        name,
        value ->
            value.isTextual()
                && value.textValue().length() >= min
                && value.textValue().length() <= max,
        "Expected a text of " + min + " to " + max + " characters");
  }

  Body url(String name) {
    return take(name, value -> value.isTextual() && isUrl(value.textValue()), "Invalid url");
  }

  Body uuid(String name) {
    return take(name, value -> value.isTextual() && isUuid(value.textValue()), "Invalid uuid");
  }

  Body uuidOrNull(String name) {
    return take(
        name,
        value -> value.isNull() || (value.isTextual() && isUuid(value.textValue())),
        "Invalid uuid");
  }

  Body choice(String name, List<String> allowed) {
    return take(
        name,
        value -> value.isTextual() && allowed.contains(value.textValue()),
        "Expected one of " + allowed);
  }

  Body flag(String name) {
    return take(name, JsonNode::isBoolean, "Expected boolean");
  }

  Body object(String name) {
    return take(name, JsonNode::isObject, "Expected object");
  }

  /** A decimal as a text: no sign, no exponent, at most two decimals. */
  Body amount(String name) {
    return take(
        name,
        value -> value.isTextual() && AMOUNT.matcher(value.textValue()).matches(),
        "Invalid amount");
  }

  /** A JSON number, with whatever decimals. */
  Body number(String name, int min, int max) {
    return take(
        name,
        value -> value.isNumber() && within(value.decimalValue(), min, max),
        "Expected a number from " + min + " to " + max);
  }

  /** A JSON number without decimals. */
  Body integer(String name, int min) {
    JsonNode value = given.path(name);
    boolean good =
        value.isNumber()
            && value.decimalValue().stripTrailingZeros().scale() <= 0
            && value.decimalValue().compareTo(BigDecimal.valueOf(min)) >= 0;
    if (good) {
      accepted.put(name, value.decimalValue().toBigIntegerExact());
    } else if (has(name)) {
      issue(name, "Expected an integer not below " + min);
    }
    return this;
  }

  /** A whole number in a query's text. */
  Body count(String name, int min, int max) {
    String text = given.path(name).asText("");
    if (text.matches("[0-9]{1,9}") && within(new BigDecimal(text), min, max)) {
      accepted.put(name, Integer.parseInt(text));
    } else if (has(name)) {
      issue(name, "Expected an integer from " + min + " to " + max);
    }
    return this;
  }

  /** Readers of a list's objects; what is wrong in them is gathered here. */
  List<Body> objects(String name, int atLeast) {
    List<Body> readers = new ArrayList<>();
    JsonNode list = given.path(name);
    if (has(name) && (!list.isArray() || list.size() < atLeast)) {
      issue(name, "Expected an array of at least " + atLeast);
    }
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      Body reader = new Body(list.get(i), at.deepCopy().add(name).add(i), issues);
      if (list.get(i).isObject()) {
        readers.add(reader);
      } else {
        issues.addObject().put("message", "Expected object").set("path", reader.at);
      }
    }
    return readers;
  }

  /** Notes a rule that a field breaks. */
  void issue(String name, String message) {
    issues.addObject().put("message", message).set("path", at.deepCopy().add(name));
  }

  private Body take(String name, Predicate<JsonNode> good, String otherwise) {
    JsonNode value = given.get(name);
    if (value != null && good.test(value)) {
      accepted.set(name, value.deepCopy());
    } else if (value != null) {
      issue(name, otherwise);
    }
    return this;
  }

  private static boolean within(BigDecimal value, int min, int max) {
    return value.compareTo(BigDecimal.valueOf(min)) >= 0
        && value.compareTo(BigDecimal.valueOf(max)) <= 0;
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() && !uri.getSchemeSpecificPart().isEmpty();
    } catch (URISyntaxException notAUrl) {
      return false; // the caller notes it as an issue
    }
  }
}
