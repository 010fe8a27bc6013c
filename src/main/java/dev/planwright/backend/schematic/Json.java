package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads single fields; what is unknown or null counts as absent. */
final class Json {
  private Json() {}

  /** A text that has to be there. */
  static String need(JsonNode node, String field) {
    String text = text(node, field);
    if (text.isEmpty()) {
      throw SchematicReader.nonsense("answer", "an object without " + field);
    }
    return text;
  }

  /** A text, {@code ""} when absent. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() ? value.textValue() : "";
  }

  /** A number or a decimal in a text. */
  static Optional<BigDecimal> number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isNumber()) {
      return Optional.of(value.decimalValue());
    }
    if (!value.isTextual() || value.textValue().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(value.textValue()));
    } catch (NumberFormatException e) {
      throw SchematicReader.nonsense("answer", field + " is no number: " + value);
    }
  }

  static Instant time(JsonNode node, String field) {
    String text = need(node, field);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw SchematicReader.nonsense("answer", field + " is no time: " + text);
    }
  }
}
