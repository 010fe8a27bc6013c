package dev.planwright.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What a subscriber used in one billing period, as much of it as a price model needs to know. */
public sealed interface Usage {
  /** All units together; for money metrics major units of the price's currency. */
  BigDecimal quantity();

  /** A plain quantity. */
  record Quantity(BigDecimal quantity) implements Usage {}

  /** Single events, for models with a part per event and for prices that events bring along. */
  record Events(List<Event> events) implements Usage {
    public Events {
      events = List.copyOf(events);
    }

    @Override
    public BigDecimal quantity() {
      return events.stream().map(Event::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /**
   * Quantities by the value of a dimension.
   *
   * @param matched quantity by {@code key=value}
   * @param unmatched quantity that bears none of those values
   */
  record Filtered(Map<String, BigDecimal> matched, BigDecimal unmatched) implements Usage {
    public Filtered {
      matched = Map.copyOf(matched);
    }

    @Override
    public BigDecimal quantity() {
      return matched.values().stream().reduce(unmatched, BigDecimal::add);
    }
  }

  /**
   * One event.
   *
   * @param quantity units, or for money metrics the amount in major units
   * @param unitPrice the price per unit that the event itself carries; only {@link
   *     PriceModel.Dynamic} reads it
   */
  record Event(BigDecimal quantity, BigDecimal unitPrice) {}

  /** A plain quantity. */
  static Usage of(BigDecimal quantity) {
    return new Quantity(quantity);
  }
}
