package dev.planwright.emulator.stigg;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one subscriber chose and used in one billing period.
 *
 * @param period {@code MONTHLY} or {@code ANNUALLY}
 * @param country ISO country of the subscriber, empty when none is known
 * @param first whether it is the subscription's first period, in which one-off fees are paid
 * @param quantities units bought or used, by feature id; what is not named is zero
 */
public record Purchase(
    String period, Optional<String> country, boolean first, Map<String, BigDecimal> quantities) {
  public Purchase {
    quantities = Map.copyOf(quantities);
  }

  /** Some later month, from no country in particular, with nothing used. */
  public static Purchase monthly() {
    return new Purchase("MONTHLY", Optional.empty(), false, Map.of());
  }

  /** Some later year, from no country in particular, with nothing used. */
  public static Purchase yearly() {
    return new Purchase("ANNUALLY", Optional.empty(), false, Map.of());
  }

  /** The same in the first period. */
  public Purchase atFirst() {
    return new Purchase(period, country, true, quantities);
  }

  /** The same from a country. */
  public Purchase from(String isoCountry) {
    return new Purchase(period, Optional.of(isoCountry), first, quantities);
  }

  /** The same with so many units of a feature. */
  public Purchase with(String feature, BigDecimal quantity) {
    Map<String, BigDecimal> more = new LinkedHashMap<>(quantities);
    more.put(feature, quantity);
    return new Purchase(period, country, first, more);
  }

  /** The same with so many units of a feature. */
  public Purchase with(String feature, String quantity) {
    return with(feature, new BigDecimal(quantity));
  }

  BigDecimal of(String feature) {
    return quantities.getOrDefault(feature, BigDecimal.ZERO);
  }
}
