package dev.planwright.emulator.bxb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a customer used of one metric in a billing period. */
public sealed interface Usage {
  /** Quantities, each with the values that a metric's filters look at. */
  record Quantities(List<Slice> slices) implements Usage {
    public Quantities {
      slices = List.copyOf(slices);
    }

    /** More usage beside this one. */
    public Quantities and(String quantity, Map<String, String> dimensions) {
      List<Slice> more = new ArrayList<>(slices);
      more.add(new Slice(new BigDecimal(quantity), dimensions));
      return new Quantities(more);
    }
  }

  /**
   * A part of the usage.
   *
   * @param dimensions filter key to value, empty when the usage has none
   */
  record Slice(BigDecimal quantity, Map<String, String> dimensions) {
    public Slice {
      dimensions = Map.copyOf(dimensions);
    }
  }

  /** Single events, each with its properties; the metric's aggregation makes units of them. */
  record Events(List<Map<String, String>> events) implements Usage {
    public Events {
      events = events.stream().map(Map::copyOf).toList();
    }
  }

  /** Nothing used. */
  static Quantities none() {
    return new Quantities(List.of());
  }

  /** Units without any filter values. */
  static Quantities units(BigDecimal quantity) {
    return new Quantities(List.of(new Slice(quantity, Map.of())));
  }

  /** Units without any filter values. */
  static Quantities units(String quantity) {
    return units(new BigDecimal(quantity));
  }

  /** Units with one filter value; add more with {@link Quantities#and}. */
  static Quantities by(String key, String value, String quantity) {
    return none().and(quantity, Map.of(key, value));
  }
}
