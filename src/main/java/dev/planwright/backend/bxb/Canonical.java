package dev.planwright.backend.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One spelling for the properties of a charge, so that equal prices compare equal. */
final class Canonical {
  /** Properties whose number may be written as text or as a number: bxb reads both alike. */
  private static final Set<String> AMOUNTS =
      Set.of(
          "amount",
          "unit_price",
          "per_unit_amount",
          "flat_amount",
          "rate",
          "custom_amount",
          "min_price",
          "max_price");

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,60}(\\.[0-9]{1,60})?");

  private Canonical() {}

  /**
   * Properties in one spelling: keys sorted, numbers by value. A bound written as text stays unlike
   * one written as a number, because pricing crashes on the first (bxb: tiers).
   */
  static String text(JsonNode node) {
    return text("", node);
  }

  private static String text(String name, JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, String> fields = new TreeMap<>();
      node.properties()
          .forEach(field -> fields.put(field.getKey(), text(field.getKey(), field.getValue())));
      return fields.toString();
    }
    if (node.isArray()) {
      StringBuilder items = new StringBuilder("[");
      node.forEach(item -> items.append(items.length() == 1 ? "" : ", ").append(text(name, item)));
      return items.append(']').toString();
    }
    Optional<BigDecimal> number = decimal(node);
    if (number.isPresent() && (node.isNumber() || AMOUNTS.contains(name))) {
      return Decimals.canonical(number.get());
    }
    return node.toString();
  }

  /** A number, written as one or as text. */
  static Optional<BigDecimal> decimal(JsonNode node) {
    if (node.isNumber()) {
      return Optional.of(node.decimalValue());
    }
    return node.isTextual() && DECIMAL.matcher(node.textValue()).matches()
        ? Optional.of(new BigDecimal(node.textValue()))
        : Optional.empty();
  }

  /** A bound as a JSON number; a whole one without a fraction. */
  static JsonNode number(BigDecimal value) {
    BigDecimal plain = new BigDecimal(Decimals.canonical(value));
    return plain.scale() == 0
        ? LongNode.valueOf(plain.longValueExact())
        : DecimalNode.valueOf(plain);
  }
}
