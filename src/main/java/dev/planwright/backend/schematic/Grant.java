package dev.planwright.backend.schematic;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one entitlement gives and costs, in Schematic's words: the only row there is for a feature.
 *
 * @param type {@code boolean}, {@code numeric}, {@code unlimited}, {@code trait}, ...
 * @param enabled of a {@code boolean}
 * @param limit of a {@code numeric}: no more can be used
 * @param softLimit beyond it, use is paid
 * @param period when the count starts anew; {@code ""} for none
 * @param monthReset what a month is; {@code ""} for none
 * @param behavior how use is priced; {@code ""} for not at all
 * @param prices by currency, upper case
 */
record Grant(
    String type,
    Optional<Boolean> enabled,
    Optional<BigDecimal> limit,
    Optional<BigDecimal> softLimit,
    String period,
    String monthReset,
    String behavior,
    Map<String, Map<Cadence, Rate>> prices) {
  static final String PAID_AS_USED = "pay_as_you_go";
  static final String PAID_IN_ADVANCE = "pay_in_advance";
  static final String OVERAGE = "overage";
  static final String TIERED = "tier";

  Grant {
    limit = limit.map(Rate::plain);
    softLimit = softLimit.map(Rate::plain);
    Map<String, Map<Cadence, Rate>> sorted = new TreeMap<>();
    prices.forEach((currency, rates) -> sorted.put(currency, new TreeMap<>(rates)));
    sorted.values().removeIf(Map::isEmpty);
    prices = Collections.unmodifiableMap(sorted);
  }

  boolean isPriced() {
    return !behavior.isEmpty();
  }

  Optional<Rate> price(String currency, Cadence cadence) {
    return Optional.ofNullable(prices.getOrDefault(currency, Map.of()).get(cadence));
  }
}
