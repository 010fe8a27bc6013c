package dev.planwright.testing;

import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Usage that tells a wrong mapping from a right one: nothing at all, every boundary of the model,
 * what lies one step to either side, a fraction, and a lot.
 */
public final class RandomUsage {
  private static final BigDecimal STEP = new BigDecimal("0.01");

  private RandomUsage() {}

  /** All the usages worth trying on a model. */
  public static List<Usage> of(PriceModel model) {
    return switch (model) {
      case PriceModel.PerUnit perUnit when !perUnit.filters().isEmpty() -> filtered(perUnit);
      case PriceModel.Percentage percentage when !percentage.isPureRate() -> events("0");
      case PriceModel.Dynamic dynamic -> events("0.25");
      default -> quantities(model).stream().map(Usage::of).toList();
    };
  }

  private static List<BigDecimal> quantities(PriceModel model) {
    List<BigDecimal> all = new ArrayList<>();
    switch (model) {
      case PriceModel.Flat flat -> all.add(BigDecimal.TEN);
      case PriceModel.PerUnit perUnit -> {
        perUnit.minUnits().ifPresent(units -> all.add(BigDecimal.valueOf(units)));
        perUnit.maxUnits().ifPresent(units -> all.add(BigDecimal.valueOf(units)));
        all.add(BigDecimal.ONE);
        if (perUnit.maxUnits().isEmpty()) {
          all.add(new BigDecimal("12345"));
        }
      }
      case PriceModel.Package pack -> {
        around(all, pack.freeUnits());
        around(all, pack.freeUnits().add(pack.size()));
        around(all, pack.freeUnits().add(pack.size().multiply(BigDecimal.TEN)));
      }
      case PriceModel.Graduated graduated ->
          graduated.tiers().forEach(tier -> tier.upTo().ifPresent(end -> around(all, end)));
      case PriceModel.Volume volume ->
          volume.tiers().forEach(tier -> tier.upTo().ifPresent(end -> around(all, end)));
      case PriceModel.GraduatedPercentage graduated ->
          graduated.tiers().forEach(tier -> tier.upTo().ifPresent(end -> around(all, end)));
      case PriceModel.Overage overage -> all.add(new BigDecimal("7"));
      case PriceModel.Percentage percentage -> all.add(new BigDecimal("199.99"));
      case PriceModel.Dynamic dynamic -> all.add(BigDecimal.ONE);
    }
    all.add(BigDecimal.ZERO);
    boolean bounded = model instanceof PriceModel.PerUnit perUnit && perUnit.maxUnits().isPresent();
    if (!bounded) {
      all.add(new BigDecimal("2500.75"));
    }
    return all;
  }

  private static void around(List<BigDecimal> all, BigDecimal boundary) {
    all.add(boundary);
    all.add(boundary.add(STEP));
    if (boundary.compareTo(STEP) > 0) {
      all.add(boundary.subtract(STEP));
    }
  }

  private static List<Usage> filtered(PriceModel.PerUnit model) {
    Map<String, BigDecimal> each = new HashMap<>();
    List<Usage> all = new ArrayList<>();
    int quantity = 1;
    for (PriceModel.Filter filter : model.filters()) {
      for (String value : filter.values()) {
        BigDecimal units = BigDecimal.valueOf(quantity++);
        each.put(filter.key() + "=" + value, units);
        all.add(new Usage.Filtered(Map.of(filter.key() + "=" + value, units), BigDecimal.ZERO));
      }
    }
    all.add(new Usage.Filtered(each, new BigDecimal("3.5")));
    all.add(new Usage.Filtered(Map.of(), BigDecimal.TEN));
    all.add(new Usage.Filtered(Map.of(), BigDecimal.ZERO));
    return all;
  }

  private static List<Usage> events(String unitPrice) {
    BigDecimal price = new BigDecimal(unitPrice);
    List<Usage.Event> events = new ArrayList<>();
    List<Usage> all = new ArrayList<>();
    all.add(new Usage.Events(List.of()));
    for (String quantity : List.of("100", "0", "0.01", "250.50", "10000")) {
      events.add(new Usage.Event(new BigDecimal(quantity), price));
      all.add(new Usage.Events(events));
    }
    return all;
  }
}
