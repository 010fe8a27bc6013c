package dev.planwright.catalog;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ISO 4217 currencies that somebody can be charged in. */
public final class Currencies {
  /** Codes that ISO lists but nobody pays in: metals, funds, tests, accounting units. */
  private static final Set<String> NOT_MONEY =
      Set.of(
          "XAU", "XAG", "XPT", "XPD", "XTS", "XXX", "XDR", "XBA", "XBB", "XBC", "XBD", "XSU", "XUA",
          "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW");

  /** Codes that Java still lists and ISO has withdrawn: a price in marks would be a mistake. */
  private static final Set<String> WITHDRAWN =
      Set.of(
          "ADP", "AFA", "ANG", "ATS", "AYM", "AZM", "BEF", "BGL", "BGN", "BYB", "BYR", "CSD", "CUC",
          "CYP", "DEM", "EEK", "ESP", "FIM", "FRF", "GHC", "GRD", "GWP", "HRK", "IEP", "ITL", "LTL",
          "LUF", "LVL", "MGF", "MRO", "MTL", "MZM", "NLG", "PTE", "ROL", "RUR", "SDD", "SIT", "SKK",
          "SLL", "SRG", "STD", "TMM", "TPE", "TRL", "USS", "VEB", "VEF", "XAD", "YUM", "ZMK", "ZWD",
          "ZWL", "ZWN", "ZWR");

  private static final Set<String> KNOWN =
      Currency.availableCurrencies()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .map(Currency::getCurrencyCode)
          .filter(code -> !NOT_MONEY.contains(code) && !WITHDRAWN.contains(code))
          .collect(Collectors.toUnmodifiableSet());

  /** What people write who mean one of the great currencies. */
  private static final Map<String, String> SPOKEN =
      Map.of(
          "$", "USD", "US$", "USD", "DOLLAR", "USD", "\u20ac", "EUR", "EURO", "EUR", "\u00a3",
          "GBP", "POUND", "GBP", "\u00a5", "JPY", "YEN", "JPY", "RMB", "CNY");

  private Currencies() {}

  /** Whether the three capitals name a currency somebody can be charged in. */
  public static boolean isKnown(String code) {
    return KNOWN.contains(code);
  }

  /**
   * The currency that somebody may have meant who wrote this; empty when none is near or several
   * are.
   */
  public static Optional<String> suggest(String written) {
    String upper = written.strip().toUpperCase(Locale.ROOT);
    if (isKnown(upper)) {
      return Optional.of(upper);
    }
    if (SPOKEN.containsKey(upper)) {
      return Optional.of(SPOKEN.get(upper));
    }
    if (upper.length() != 3) {
      return Optional.empty();
    }
    List<String> swapped =
        Stream.of(
                "" + upper.charAt(1) + upper.charAt(0) + upper.charAt(2),
                "" + upper.charAt(0) + upper.charAt(2) + upper.charAt(1))
            .filter(Currencies::isKnown)
            .toList();
    return swapped.size() == 1 ? Optional.of(swapped.getFirst()) : Optional.empty();
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
