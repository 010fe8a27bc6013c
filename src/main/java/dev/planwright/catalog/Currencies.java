package dev.planwright.catalog;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** ISO 4217 currencies that somebody can be charged in. */
public final class Currencies {
  /** Codes that ISO lists but nobody pays in: metals, funds, tests, accounting units. */
  private static final Set<String> NOT_MONEY =
      Set.of(
          "XAU", "XAG", "XPT", "XPD", "XTS", "XXX", "XDR", "XBA", "XBB", "XBC", "XBD", "XSU", "XUA",
          "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW");

  private static final Set<String> KNOWN =
      Currency.availableCurrencies()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .map(Currency::getCurrencyCode)
          .filter(code -> !NOT_MONEY.contains(code))
          .collect(Collectors.toUnmodifiableSet());

  private Currencies() {}

  /** Whether the three capitals name a currency somebody can be charged in. */
  public static boolean isKnown(String code) {
    return KNOWN.contains(code);
  }

  /**
   * Digits of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
   *
   * @throws IllegalArgumentException for a code that {@link #isKnown} refuses
   */
  public static int minorDigits(String code) {
    if (!isKnown(code)) {
      throw new IllegalArgumentException("not an ISO 4217 currency: " + code);
    }
    return Currency.getInstance(code.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
  }
}
