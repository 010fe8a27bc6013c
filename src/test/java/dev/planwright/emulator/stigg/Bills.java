package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a version costs, from its stored rows alone; amounts in major units, not rounded. */
final class Bills {
  private final StiggState state;

  Bills(StiggState state) {
    this.state = state;
  }

  /** The sum of one billing period by currency. */
  Map<String, BigDecimal> of(ObjectNode version, Purchase purchase) {
    Map<String, BigDecimal> recurring = new TreeMap<>();
    Map<String, BigDecimal> once = new TreeMap<>();
    for (ObjectNode row : chosen(version.path("charges"), purchase)) {
      boolean oneOff = isOneOff(row);
      String feature = row.path("featureId").asText("");
      BigDecimal quantity = purchase.of(feature);
      if (isOfEachMonth(row, purchase)) {
        for (BigDecimal used : purchase.monthsOf(feature)) {
          recurring.merge(currency(row), cost(row, used), BigDecimal::add);
        }
      } else if (!oneOff) {
        recurring.merge(currency(row), cost(row, quantity), BigDecimal::add);
      } else if (purchase.first()) {
        once.merge(currency(row), cost(row, quantity), BigDecimal::add);
      }
    }
    for (ObjectNode row : chosen(version.path("overages"), purchase)) {
      if (!isOfPeriod(row, purchase)) {
        continue; // overage has a period of its own, which is not looked into here
      }
      BigDecimal beyond = beyond(version, row, purchase);
      recurring.merge(currency(row), cost(row, beyond), BigDecimal::add);
    }
    for (JsonNode minimum : version.path("minimumSpend")) {
      if (minimum.path("billingPeriod").asText().equals(purchase.period())) {
        BigDecimal amount = minimum.path("price").path("amount").decimalValue();
        recurring.merge(currency(minimum), amount, BigDecimal::max);
      }
    }
    once.forEach((currency, amount) -> recurring.merge(currency, amount, BigDecimal::add));
    return recurring;
  }

  /** The rows that this subscriber pays: of his country, else of no country. */
  private List<ObjectNode> chosen(JsonNode rows, Purchase purchase) {
    Map<String, List<ObjectNode>> byCharge = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      if (isOpenTo((ObjectNode) row, purchase)) {
        String charge =
            List.of(row.path("billingModel"), row.path("billingCadence"), row.path("featureId"))
                .toString();
        byCharge.computeIfAbsent(charge, ignored -> new ArrayList<>()).add((ObjectNode) row);
      }
    }
    List<ObjectNode> chosen = new ArrayList<>();
    for (List<ObjectNode> alternatives : byCharge.values()) {
      alternatives.stream()
          .min(
              Comparator.comparingInt(
                  row ->
                      (row.hasNonNull("billingCountryCode") ? 0 : 1)
                          + (isOfPeriod(row, purchase) ? 0 : 2)))
          .ifPresent(chosen::add);
    }
    return chosen;
  }

  private boolean isOpenTo(ObjectNode row, Purchase purchase) {
    boolean anyPeriod = isOneOff(row) && !state.is(StiggSwitch.ONE_OFF_TIED_TO_PERIOD);
    boolean here =
        !row.hasNonNull("billingCountryCode")
            || purchase.country().equals(Optional.of(row.path("billingCountryCode").textValue()));
    return here && (anyPeriod || isOfPeriod(row, purchase) || isOfEachMonth(row, purchase));
  }

  /** Pay-as-you-go by the month that somebody pays who pays all else by the year. */
  private boolean isOfEachMonth(ObjectNode row, Purchase purchase) {
    return state.is(StiggSwitch.MONTHLY_USAGE_PAID_BY_YEARLY)
        && purchase.period().equals("ANNUALLY")
        && row.path("billingPeriod").asText().equals("MONTHLY")
        && row.path("billingModel").asText().equals("USAGE_BASED")
        && !isOneOff(row);
  }

  private static boolean isOfPeriod(ObjectNode row, Purchase purchase) {
    return row.path("billingPeriod").asText().equals(purchase.period());
  }

  private static boolean isOneOff(JsonNode row) {
    return row.path("billingCadence").asText().equals("ONE_OFF");
  }

  private BigDecimal beyond(ObjectNode version, ObjectNode row, Purchase purchase) {
    String feature = row.path("featureId").asText("");
    JsonNode limit = new Grants(state).of(version).getOrDefault(feature, StiggState.object());
    boolean soft =
        limit.path("hasSoftLimit").booleanValue()
            || !state.is(StiggSwitch.OVERAGE_NEEDS_SOFT_LIMIT);
    if (!soft || !limit.hasNonNull("usageLimit") || limit.path("hasUnlimitedUsage").asBoolean()) {
      return BigDecimal.ZERO;
    }
    BigDecimal over = purchase.of(feature).subtract(limit.path("usageLimit").decimalValue());
    return over.max(BigDecimal.ZERO);
  }

  // ---- one row ------------------------------------------------------------------------------

  /**
   * What a row costs for a quantity.
   *
   * @throws IllegalArgumentException when nobody can have that quantity
   * @throws IllegalStateException when the documentation doesn't say what such a row costs
   */
  BigDecimal cost(ObjectNode row, BigDecimal quantity) {
    if (row.hasNonNull("creditRate") || row.hasNonNull("topUpCustomCurrencyId")) {
      throw new IllegalStateException("a charge in credits has no price in money: " + row);
    }
    if (row.path("tiers").isArray()) {
      return tiered(row, quantity);
    }
    if (!row.hasNonNull("price")) {
      throw new IllegalStateException("a charge without price and tiers: " + row);
    }
    BigDecimal amount = row.path("price").path("amount").decimalValue();
    if (row.path("billingModel").asText().equals("FLAT_FEE")) {
      return amount;
    }
    checkRange(row, quantity);
    return amount.multiply(
        row.hasNonNull("blockSize")
            ? quantity.divide(row.path("blockSize").decimalValue(), 0, RoundingMode.CEILING)
            : quantity);
  }

  private static void checkRange(ObjectNode row, BigDecimal quantity) {
    boolean few =
        row.hasNonNull("minUnitQuantity")
            && quantity.compareTo(row.path("minUnitQuantity").decimalValue()) < 0;
    boolean many =
        row.hasNonNull("maxUnitQuantity")
            && quantity.compareTo(row.path("maxUnitQuantity").decimalValue()) > 0;
    if (few || many) {
      throw new IllegalArgumentException("nobody can buy " + quantity + " units of " + row);
    }
  }

  private BigDecimal tiered(ObjectNode row, BigDecimal quantity) {
    checkRange(row, quantity);
    if (quantity.signum() == 0 && !state.is(StiggSwitch.FIRST_TIER_FLAT_AT_ZERO)) {
      return BigDecimal.ZERO;
    }
    boolean graduated =
        switch (row.path("tiersMode").asText()) {
          case "GRADUATED" -> true;
          case "VOLUME" -> false;
          default -> throw new IllegalStateException("tiers without a mode: " + row);
        };
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal below = BigDecimal.ZERO;
    for (JsonNode tier : row.path("tiers")) {
      boolean last =
          !tier.hasNonNull("upTo") || quantity.compareTo(tier.path("upTo").decimalValue()) <= 0;
      BigDecimal end = last ? quantity : tier.path("upTo").decimalValue();
      if (graduated) {
        total = total.add(tier(tier, end.subtract(below)));
      }
      if (last) {
        return graduated ? total : tier(tier, quantity);
      }
      below = end;
    }
    throw new IllegalStateException("no tier for " + quantity + ": " + row);
  }

  private static BigDecimal tier(JsonNode tier, BigDecimal units) {
    return amount(tier, "unitPrice").multiply(units).add(amount(tier, "flatPrice"));
  }

  private static BigDecimal amount(JsonNode tier, String name) {
    JsonNode amount = tier.path(name).path("amount");
    return amount.isNumber() ? amount.decimalValue() : BigDecimal.ZERO;
  }

  private static String currency(JsonNode row) {
    JsonNode price =
        row.path("tiers").isArray()
            ? row.path("tiers").findValue("currency")
            : row.path("price").path("currency");
    return price == null ? "usd" : price.asText();
  }
}
