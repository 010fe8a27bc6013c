package dev.planwright.backend.schematic;

import dev.planwright.catalog.Currencies;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.Set;

/** Minor units: Schematic takes every amount in them, and hands it to Stripe as it is. */
final class Money {
  /**
   * Currencies in which Stripe counts other minor units than ISO 4217 does. Which of the two
   * Schematic expects is not documented, and the wrong one is a hundred times too much.
   */
  private static final Set<String> DISPUTED = Set.of("ISK", "UGX", "MGA");

  /** Amounts are 64-bit integers; this is more money than there is, and far from the edge. */
  static final BigDecimal MAX = new BigDecimal("999999999999");

  private Money() {}

  /** Whether everybody agrees on what a minor unit of the currency is. */
  static boolean isPlain(String currency) {
    int digits = Currencies.minorDigits(currency);
    return (digits == 0 || digits == 2) && !DISPUTED.contains(currency);
  }

  /** Minor units as major units; what an unknown currency counts is left as it is. */
  static BigDecimal major(BigDecimal minor, String currency) {
    return Currencies.isKnown(currency) ? Decimals.majorUnits(minor, currency) : minor;
  }

  static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }
}
