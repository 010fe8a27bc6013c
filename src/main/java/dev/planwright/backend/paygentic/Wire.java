package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.BackendException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads single fields of answers; what is unknown is left alone. */
final class Wire {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,60}(\\.[0-9]{1,60})?");

  private Wire() {}

  /** A text that has to be there, such as an id. */
  static String required(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE, "Paygentic answered an object without " + field);
    }
    return value.textValue();
  }

  /** A text; {@code ""} when it is missing or null. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() ? value.textValue() : "";
  }

  /** A number, written as one or as text. */
  static Optional<BigDecimal> decimal(JsonNode value) {
    if (value.isNumber()) {
      return Optional.of(value.decimalValue());
    }
    return value.isTextual() && DECIMAL.matcher(value.textValue()).matches()
        ? Optional.of(new BigDecimal(value.textValue()))
        : Optional.empty();
  }

  /** A time; long ago when there is none. */
  static Instant time(JsonNode node, String field) {
    try {
      return OffsetDateTime.parse(text(node, field)).toInstant();
    } catch (DateTimeException notATime) {
      return Instant.EPOCH;
    }
  }
}
