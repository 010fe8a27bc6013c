package dev.planwright.catalog;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ISO 3166-1 countries by their codes of two letters. */
final class Countries {
  private static final Set<String> KNOWN = Set.of(Locale.getISOCountries());

  /** What people write out of habit. */
  private static final Map<String, String> SPOKEN =
      Map.of("UK", "GB", "EL", "GR", "USA", "US", "GBR", "GB", "DEU", "DE", "FRA", "FR");

  private Countries() {}

  static boolean isKnown(String code) {
    return KNOWN.contains(code);
  }

  /** The country that somebody may have meant who wrote this. */
  static Optional<String> suggest(String written) {
    String upper = written.strip().toUpperCase(Locale.ROOT);
    return isKnown(upper) ? Optional.of(upper) : Optional.ofNullable(SPOKEN.get(upper));
  }
}
