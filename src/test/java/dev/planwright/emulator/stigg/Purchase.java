package dev.planwright.emulator.stigg;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one subscriber chose and used in one billing period.
 *
 * @param period {@code MONTHLY} or {@code ANNUALLY}
 * @param country ISO country of the subscriber, empty when none is known
 * @param first whether it is the subscription's first period, in which one-off fees are paid
 * @param quantities units bought or used, by feature id; what is not named is zero
 * @param byMonth of a year: what was used in each of its months, by feature id
 */
public record Purchase(
    String period,
    Optional<String> country,
    boolean first,
    Map<String, BigDecimal> quantities,
    Map<String, List<BigDecimal>> byMonth) {
  private static final int MONTHS = 12;

  public Purchase {
    quantities = Map.copyOf(quantities);
    byMonth = Map.copyOf(byMonth);
  }

  /** Some later month, from no country in particular, with nothing used. */
  public static Purchase monthly() {
    return new Purchase("MONTHLY", Optional.empty(), false, Map.of(), Map.of());
  }

  /** Some later year, from no country in particular, with nothing used. */
  public static Purchase yearly() {
    return new Purchase("ANNUALLY", Optional.empty(), false, Map.of(), Map.of());
  }

  /** The same in the first period. */
  public Purchase atFirst() {
    return new Purchase(period, country, true, quantities, byMonth);
  }

  /** The same from a country. */
  public Purchase from(String isoCountry) {
    return new Purchase(period, Optional.of(isoCountry), first, quantities, byMonth);
  }

  /** The same with so many units of a feature. */
  public Purchase with(String feature, BigDecimal quantity) {
    Map<String, BigDecimal> more = new LinkedHashMap<>(quantities);
    more.put(feature, quantity);
    return new Purchase(period, country, first, more, byMonth);
  }

  /** The same with so many units of a feature. */
  public Purchase with(String feature, String quantity) {
    return with(feature, new BigDecimal(quantity));
  }

  /** The same year with so many units of a feature in each of its twelve months. */
  public Purchase withMonths(String feature, List<BigDecimal> units) {
    if (!period.equals("ANNUALLY") || units.size() != MONTHS) {
      throw new IllegalArgumentException("a year has twelve months: " + units);
    }
    Map<String, List<BigDecimal>> months = new LinkedHashMap<>(byMonth);
    months.put(feature, List.copyOf(units));
    Purchase year = with(feature, units.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    return new Purchase(period, country, first, year.quantities, months);
  }

  /** What was used in each month of a year. */
  List<BigDecimal> monthsOf(String feature) {
    List<BigDecimal> months = byMonth.get(feature);
    if (months == null && of(feature).signum() != 0) {
      throw new IllegalArgumentException("nobody said in which months of the year it was used");
    }
    return months == null ? Collections.nCopies(MONTHS, BigDecimal.ZERO) : months;
  }

  BigDecimal of(String feature) {
    return quantities.getOrDefault(feature, BigDecimal.ZERO);
  }
}
