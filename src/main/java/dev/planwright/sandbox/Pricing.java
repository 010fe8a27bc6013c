package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a stored price costs for some usage, from the stored JSON alone. Amounts are major units of
 * the price's currency; nothing is rounded.
 */
final class Pricing {
  private Pricing() {}

  /**
   * One event.
   *
   * @param quantity how much, in major units for a metric of money
   * @param unitPrice the price that the event brings with it, for dynamic prices; else zero
   * @param properties an object of texts, which filters look at
   */
  record Event(BigDecimal quantity, BigDecimal unitPrice, JsonNode properties) {}

  /**
   * What was used of a metric or a feature in one period.
   *
   * @param events whether the single events are known, or only their sum, which is then one event
   */
  record Usage(List<Event> parts, boolean events) {
    Usage {
      parts = List.copyOf(parts);
    }

    BigDecimal quantity() {
      return parts.stream().map(Event::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /** Usage that a price cannot be computed from; the message goes on from the price's name. */
  static final class UsageException extends RuntimeException {
    UsageException(String message) {
      super(message);
    }
  }

  /** Whether a subscriber chooses this price instead of others like it. */
  static boolean isAlternative(JsonNode price) {
    return price.has("recurring") && price.has("flat") && !price.path("flat").has("metric");
  }

  /**
   * @param price as stored
   * @param limit for an overage, the plan's limit of the feature
   * @throws UsageException when the usage doesn't say what the price needs
   */
  static BigDecimal amount(JsonNode price, Usage usage, BigDecimal limit) {
    String model =
        PriceValidation.modelOf(price)
            .orElseThrow(() -> new UsageException("has no model: was it edited by hand?"));
    JsonNode terms = price.get(model);
    return switch (model) {
      case "flat" -> Json.decimal(terms, "amount");
      case "perUnit" -> perUnit(terms, usage);
      case "package" -> packages(terms, usage.quantity());
      case "graduated" -> graduated(terms, usage.quantity());
      case "volume" -> volume(terms, usage.quantity());
      case "overage" ->
          usage
              .quantity()
              .subtract(limit)
              .max(BigDecimal.ZERO)
              .multiply(Json.decimal(terms, "amount"));
      case "percentage" -> percentage(terms, usage);
      case "graduatedPercentage" -> graduatedPercentage(terms, usage.quantity());
      case "dynamic" -> dynamic(usage);
      default -> throw new UsageException("has the unknown model " + model);
    };
  }

  private static BigDecimal perUnit(JsonNode terms, Usage usage) {
    BigDecimal base = Json.decimal(terms, "amount");
    if (terms.has("filters")) {
      return usage.parts().stream()
          .map(event -> event.quantity().multiply(unitAmount(terms, base, event)))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
    BigDecimal units = usage.quantity();
    if (terms.has("maxUnits") && units.compareTo(Json.decimal(terms, "maxUnits")) > 0) {
      throw new UsageException(
          "cannot be bought more than " + terms.get("maxUnits").asText() + " times");
    }
    return units.max(Json.decimal(terms, "minUnits")).multiply(base);
  }

  private static BigDecimal unitAmount(JsonNode terms, BigDecimal base, Event event) {
    for (JsonNode filter : terms.get("filters")) {
      JsonNode property = event.properties().path(filter.path("key").asText());
      for (JsonNode value : filter.path("values")) {
        if (property.isTextual() && value.equals(property)) {
          return Json.decimal(filter, "amount");
        }
      }
    }
    return terms.path("unmatched").asText().equals("BaseAmount") ? base : BigDecimal.ZERO;
  }

  private static BigDecimal packages(JsonNode terms, BigDecimal quantity) {
    BigDecimal billed = quantity.subtract(Json.decimal(terms, "freeUnits"));
    if (billed.signum() <= 0) {
      return BigDecimal.ZERO;
    }
    return billed
        .divide(Json.decimal(terms, "size"), 0, RoundingMode.CEILING)
        .multiply(Json.decimal(terms, "amount"));
  }

  private static BigDecimal graduated(JsonNode terms, BigDecimal quantity) {
    BigDecimal amount = BigDecimal.ZERO;
    BigDecimal from = BigDecimal.ZERO;
    for (JsonNode tier : terms.path("tiers")) {
      amount =
          amount
              .add(Json.decimal(tier, "flatAmount"))
              .add(inside(tier, from, quantity).multiply(Json.decimal(tier, "unitAmount")));
      if (endsAt(tier, quantity)) {
        break;
      }
      from = Json.decimal(tier, "upTo");
    }
    return amount;
  }

  private static BigDecimal volume(JsonNode terms, BigDecimal quantity) {
    for (JsonNode tier : terms.path("tiers")) {
      if (endsAt(tier, quantity)) {
        return Json.decimal(tier, "flatAmount")
            .add(quantity.multiply(Json.decimal(tier, "unitAmount")));
      }
    }
    throw new UsageException("has no tier for " + quantity.toPlainString());
  }

  /** Whether the quantity lies in this tier or one before it. */
  private static boolean endsAt(JsonNode tier, BigDecimal quantity) {
    return !tier.has("upTo") || quantity.compareTo(Json.decimal(tier, "upTo")) <= 0;
  }

  private static BigDecimal inside(JsonNode tier, BigDecimal from, BigDecimal quantity) {
    BigDecimal to = endsAt(tier, quantity) ? quantity : Json.decimal(tier, "upTo");
    return to.subtract(from);
  }

  private static BigDecimal percentage(JsonNode terms, Usage usage) {
    boolean perEvent =
        terms.has("fixedAmount")
            || terms.has("minAmount")
            || terms.has("maxAmount")
            || terms.path("freeEvents").asLong() > 0;
    if (perEvent && !usage.events()) {
      throw new UsageException("has a part for each event: give its usage as events");
    }
    return usage.parts().stream()
        .skip(terms.path("freeEvents").asLong())
        .map(event -> ofOneEvent(terms, event.quantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal ofOneEvent(JsonNode terms, BigDecimal value) {
    BigDecimal amount = percent(value, terms).add(Json.decimal(terms, "fixedAmount"));
    if (terms.has("minAmount")) {
      amount = amount.max(Json.decimal(terms, "minAmount"));
    }
    if (terms.has("maxAmount")) {
      amount = amount.min(Json.decimal(terms, "maxAmount"));
    }
    return amount;
  }

  private static BigDecimal graduatedPercentage(JsonNode terms, BigDecimal value) {
    BigDecimal amount = BigDecimal.ZERO;
    BigDecimal from = BigDecimal.ZERO;
    for (JsonNode tier : terms.path("tiers")) {
      amount = amount.add(percent(inside(tier, from, value), tier));
      if (endsAt(tier, value)) {
        break;
      }
      from = Json.decimal(tier, "upTo");
    }
    return amount;
  }

  private static BigDecimal dynamic(Usage usage) {
    if (!usage.events()) {
      throw new UsageException("takes its price from the events: give its usage as events");
    }
    return usage.parts().stream()
        .map(event -> event.quantity().multiply(event.unitPrice()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal percent(BigDecimal value, JsonNode terms) {
    return value.multiply(Json.decimal(terms, "rate")).movePointLeft(2);
  }
}
