package dev.planwright.backend.schematic;

import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Interval;
import java.util.Optional;

/** How often a price is due, in Schematic's words: it has a field for each and no other. */
enum Cadence {
  MONTHLY("monthly"),
  QUARTERLY("quarterly"),
  YEARLY("yearly"),
  ONE_TIME("one_time");

  private final String word;

  Cadence(String word) {
    this.word = word;
  }

  /** The prefix of fields. */
  String word() {
    return word;
  }

  /** The cadence of a schedule, where Schematic has one. */
  static Optional<Cadence> of(CatalogPrice price) {
    return switch (price.schedule()) {
      case CatalogPrice.OneTime once -> Optional.of(ONE_TIME);
      case CatalogPrice.Recurring recurring -> of(recurring.interval());
    };
  }

  private static Optional<Cadence> of(Interval interval) {
    return switch (interval.unit()) {
      case DAY, WEEK -> Optional.empty();
      case MONTH ->
          switch (interval.count()) {
            case 1 -> Optional.of(MONTHLY);
            case 3 -> Optional.of(QUARTERLY);
            default -> Optional.empty();
          };
      case YEAR -> interval.count() == 1 ? Optional.of(YEARLY) : Optional.empty();
    };
  }
}
