package dev.planwright.backend.schematic;

import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What units cost, in minor units with fractions.
 *
 * @param mode {@code graduated} or {@code volume}; {@code ""} where every unit costs the same
 * @param slices in order; a single open one where every unit costs the same
 */
record Rate(String mode, List<Slice> slices) {
  Rate {
    slices = List.copyOf(slices);
  }

  /**
   * One tier.
   *
   * @param upTo last quantity inside; empty on the last
   * @param flat whole minor units
   */
  record Slice(Optional<BigDecimal> upTo, BigDecimal unit, BigDecimal flat) {
    Slice {
      upTo = upTo.map(Rate::plain);
      unit = plain(unit);
      flat = plain(flat);
    }
  }

  /** Every unit costs the same. */
  static Rate of(BigDecimal unit) {
    return new Rate("", List.of(new Slice(Optional.empty(), unit, BigDecimal.ZERO)));
  }

  boolean isTiered() {
    return !mode.isEmpty();
  }

  /** For people, in major units. */
  String shown(String currency) {
    if (!isTiered()) {
      return major(slices.getFirst().unit(), currency);
    }
    return mode
        + slices.stream()
            .map(
                it ->
                    it.upTo().map(Decimals::canonical).orElse("rest")
                        + ": "
                        + major(it.unit(), currency)
                        + (it.flat().signum() == 0 ? "" : " + " + major(it.flat(), currency)))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  static String major(BigDecimal minor, String currency) {
    return Decimals.canonical(Money.major(minor, currency));
  }

  /** Numbers that are equal are written alike, so that records compare by value. */
  static BigDecimal plain(BigDecimal number) {
    return new BigDecimal(Decimals.canonical(number));
  }
}
