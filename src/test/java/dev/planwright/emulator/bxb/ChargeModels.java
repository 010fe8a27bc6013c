package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server makes of free properties. A misspelt name counts as absent and costs nothing; a
 * value that is no number, or a bound that cannot be compared, is a crash.
 */
final class ChargeModels {
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private ChargeModels() {}

  /** For {@code simulate}: no minimum or maximum on standard; a percentage is one of the units. */
  static BigDecimal simulated(String model, ObjectNode properties, BigDecimal units) {
    return switch (model) {
      case "standard" -> units.multiply(price(properties));
      case "percentage" -> percentage(properties, units);
      case "dynamic" -> BigDecimal.ZERO;
      default -> common(model, properties, units);
    };
  }

  /** For invoices, except dynamic, which needs the events. */
  static BigDecimal invoiced(String model, ObjectNode properties, BigDecimal units) {
    return switch (model) {
      case "standard" ->
          clamp(units.multiply(price(properties)), properties, "min_price", "max_price");
      // The base is what stands in the properties, never what was used.
      case "percentage" -> percentage(properties, number(properties, "base_amount"));
      case "dynamic" -> BigDecimal.ZERO;
      default -> common(model, properties, units);
    };
  }

  private static BigDecimal common(String model, ObjectNode properties, BigDecimal units) {
    return switch (model) {
      case "graduated" ->
          filled(properties, "graduated_ranges")
              ? graduatedRanges(properties.path("graduated_ranges"), units)
              : graduatedTiers(tiers(properties), units);
      case "volume" ->
          filled(properties, "volume_ranges")
              ? volumeRanges(properties.path("volume_ranges"), units)
              : volumeTiers(tiers(properties), units);
      case "package" -> packages(properties, units);
      case "graduated_percentage" -> graduatedPercentage(properties, units);
      case "custom" ->
          properties.has("custom_amount")
              ? number(properties, "custom_amount")
              : units.multiply(number(properties, "unit_price"));
      default -> throw new IllegalStateException("no charge model " + model);
    };
  }

  private static BigDecimal graduatedTiers(List<JsonNode> tiers, BigDecimal units) {
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal from = BigDecimal.ZERO;
    for (JsonNode tier : tiers) {
      BigDecimal bound = upTo(tier);
      BigDecimal to = bound == null ? units : bound.min(units);
      if (to.compareTo(from) > 0) {
        total = total.add(to.subtract(from).multiply(number(tier, "unit_price")));
        from = to;
      }
    }
    return total;
  }

  /** A slice holds {@code to - from + 1} units: one more than meant when ranges start at 0. */
  private static BigDecimal graduatedRanges(JsonNode ranges, BigDecimal units) {
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal left = units;
    for (JsonNode range : sorted(ranges)) {
      if (left.signum() > 0) {
        BigDecimal to = bound(range, "to_value");
        BigDecimal width =
            to == null ? left : to.subtract(number(range, "from_value")).add(BigDecimal.ONE);
        BigDecimal slice = width.min(left);
        total =
            total
                .add(slice.multiply(number(range, "per_unit_amount")))
                .add(number(range, "flat_amount"));
        left = left.subtract(slice);
      }
    }
    return total;
  }

  private static BigDecimal volumeTiers(List<JsonNode> tiers, BigDecimal units) {
    if (tiers.isEmpty()) {
      return BigDecimal.ZERO;
    }
    JsonNode chosen = tiers.getLast();
    for (JsonNode tier : tiers.reversed()) {
      BigDecimal bound = upTo(tier);
      if (bound == null || units.compareTo(bound) <= 0) {
        chosen = tier;
      }
    }
    return units.multiply(number(chosen, "unit_price")).add(number(chosen, "flat_amount"));
  }

  private static BigDecimal volumeRanges(JsonNode ranges, BigDecimal units) {
    JsonNode chosen = ranges.get(ranges.size() - 1);
    for (int i = ranges.size() - 1; i >= 0; i--) {
      BigDecimal to = bound(ranges.get(i), "to_value");
      if (to == null || units.compareTo(to) <= 0) {
        chosen = ranges.get(i);
      }
    }
    return units.multiply(number(chosen, "per_unit_amount")).add(number(chosen, "flat_amount"));
  }

  private static BigDecimal packages(ObjectNode properties, BigDecimal units) {
    BigDecimal size =
        properties.has("package_size") ? number(properties, "package_size") : BigDecimal.ONE;
    if (size.signum() == 0) {
      throw Refusal.crash();
    }
    BigDecimal billable = units.subtract(number(properties, "free_units"));
    return billable.signum() <= 0
        ? BigDecimal.ZERO
        : billable.divide(size, 0, RoundingMode.CEILING).multiply(price(properties));
  }

  private static BigDecimal percentage(ObjectNode properties, BigDecimal base) {
    String rate = properties.has("rate") ? "rate" : "percentage";
    BigDecimal events =
        number(properties, "event_count")
            .subtract(number(properties, "free_units_per_events"))
            .max(BigDecimal.ZERO);
    BigDecimal total =
        base.multiply(number(properties, rate))
            .divide(HUNDRED)
            .add(events.multiply(number(properties, "fixed_amount")));
    return clamp(total, properties, "per_transaction_min_amount", "per_transaction_max_amount");
  }

  private static BigDecimal graduatedPercentage(ObjectNode properties, BigDecimal units) {
    BigDecimal left = properties.has("base_amount") ? number(properties, "base_amount") : units;
    BigDecimal total = BigDecimal.ZERO;
    for (JsonNode range : sorted(properties.path("graduated_percentage_ranges"))) {
      if (left.signum() > 0) {
        BigDecimal to = bound(range, "to_value");
        BigDecimal width = to == null ? left : to.subtract(number(range, "from_value"));
        BigDecimal slice = width.min(left);
        total =
            total
                .add(slice.multiply(number(range, "rate")).divide(HUNDRED))
                .add(number(range, "flat_amount"));
        left = left.subtract(slice);
      }
    }
    return total;
  }

  /** 0 or absent is no bound. */
  private static BigDecimal clamp(
      BigDecimal total, ObjectNode properties, String minimum, String maximum) {
    BigDecimal min = number(properties, minimum);
    BigDecimal max = number(properties, maximum);
    BigDecimal raised = min.signum() > 0 ? total.max(min) : total;
    return max.signum() > 0 ? raised.min(max) : raised;
  }

  private static BigDecimal price(ObjectNode properties) {
    return number(properties, properties.has("amount") ? "amount" : "unit_price");
  }

  private static boolean filled(ObjectNode properties, String name) {
    return !properties.path(name).isEmpty();
  }

  /** By bound, the open one last. A bound that is there but no number cannot be compared. */
  private static List<JsonNode> tiers(ObjectNode properties) {
    List<JsonNode> tiers = new ArrayList<>();
    properties.path("tiers").forEach(tiers::add);
    tiers.sort(
        Comparator.comparing(ChargeModels::upTo, Comparator.nullsLast(Comparator.naturalOrder())));
    tiers.forEach(ChargeModels::upTo);
    return tiers;
  }

  private static @Nullable BigDecimal upTo(JsonNode tier) {
    if (!tier.has("up_to")) {
      return null;
    }
    if (!tier.get("up_to").isNumber()) {
      throw Refusal.crash();
    }
    return tier.get("up_to").decimalValue();
  }

  private static List<JsonNode> sorted(JsonNode ranges) {
    List<JsonNode> sorted = new ArrayList<>();
    ranges.forEach(sorted::add);
    sorted.sort(Comparator.comparing(range -> number(range, "from_value")));
    return sorted;
  }

  private static @Nullable BigDecimal bound(JsonNode range, String name) {
    JsonNode value = range.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw Refusal.crash();
    }
    return value.decimalValue();
  }

  /** A number or a decimal text; 0 when absent. */
  private static BigDecimal number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return BigDecimal.ZERO;
    }
    if (value.isNumber()) {
      return value.decimalValue();
    }
    try {
      return new BigDecimal(value.textValue() == null ? "null" : value.textValue().strip());
    } catch (NumberFormatException notANumber) {
      throw Refusal.crash();
    }
  }
}
