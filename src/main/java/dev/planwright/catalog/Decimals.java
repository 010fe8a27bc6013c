package dev.planwright.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact decimal arithmetic on amounts, rates and quantities; nothing here rounds unasked. */
public final class Decimals {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Decimals() {}

  /**
   * The one spelling of a number: no exponent, no trailing zeros, no sign on zero.
   *
   * @return for instance {@code "49"} for 49.00, {@code "0"} for 0E-7
   */
  public static String canonical(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Whether two numbers are the same number, however many zeros they are written with. */
  public static boolean same(BigDecimal a, BigDecimal b) {
    return a.compareTo(b) == 0;
  }

  /** {@code percent} of {@code amount}, exactly: 2.5 percent of 40 is 1. */
  public static BigDecimal percentOf(BigDecimal amount, BigDecimal percent) {
    return amount.multiply(percent).movePointLeft(2);
  }

  /** A percentage as a fraction: 2.5 is 0.025. */
  public static BigDecimal fraction(BigDecimal percent) {
    return percent.movePointLeft(2);
  }

  /** A fraction as a percentage: 0.025 is 2.5. */
  public static BigDecimal percent(BigDecimal fraction) {
    return fraction.multiply(HUNDRED);
  }

  /** How many whole packages of {@code size} hold {@code quantity}; a begun package counts. */
  public static BigDecimal packages(BigDecimal quantity, BigDecimal size) {
    return quantity.signum() <= 0
        ? BigDecimal.ZERO
        : quantity.divide(size, 0, RoundingMode.CEILING);
  }

  /**
   * Major units as minor units of the currency: 49.00 USD is 4900, 5000 JPY is 5000. May still hold
   * a fraction of a minor unit: the caller decides whether that can be said.
   */
  public static BigDecimal minorUnits(BigDecimal major, String currency) {
    return major.movePointRight(Currencies.minorDigits(currency));
  }

  /** Minor units of the currency as major units: 4900 USD is 49. */
  public static BigDecimal majorUnits(BigDecimal minor, String currency) {
    return minor.movePointLeft(Currencies.minorDigits(currency));
  }
}
