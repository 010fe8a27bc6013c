package dev.planwright.backend.schematic;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The price of a plan itself, in minor units.
 *
 * @param charge {@code free}, {@code none}, {@code one_time} or {@code recurring}
 * @param strategy who bills; {@code ""} where that is left to Schematic
 * @param trialDays 0 for no trial
 * @param prices by currency, upper case
 */
record Base(
    String charge, String strategy, long trialDays, Map<String, Map<Cadence, BigDecimal>> prices) {
  static final String FREE = "free";
  static final String NONE = "none";
  static final String ONE_TIME = "one_time";
  static final String RECURRING = "recurring";
  static final String MANAGED = "schematic_managed";
  static final String UNBILLED = "no_billing";

  Base {
    Map<String, Map<Cadence, BigDecimal>> sorted = new TreeMap<>();
    boolean free = charge.equals(FREE) || charge.equals(NONE);
    prices.forEach(
        (currency, amounts) ->
            amounts.forEach(
                (cadence, amount) -> {
                  // What is free may be shown with a price of nothing or without one.
                  if (!free || amount.signum() != 0) {
                    sorted
                        .computeIfAbsent(currency, it -> new TreeMap<>())
                        .put(cadence, Rate.plain(amount));
                  }
                }));
    prices = Collections.unmodifiableMap(sorted);
  }

  boolean isPaid() {
    return charge.equals(ONE_TIME) || charge.equals(RECURRING);
  }

  Optional<BigDecimal> price(String currency, Cadence cadence) {
    return Optional.ofNullable(prices.getOrDefault(currency, Map.of()).get(cadence));
  }
}
