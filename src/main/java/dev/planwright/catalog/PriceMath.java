package dev.planwright.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The arithmetic behind {@link PriceModel#cost}. */
final class PriceMath {
  private PriceMath() {}

  static BigDecimal cost(PriceModel model, Usage usage) {
    return switch (model) {
      case PriceModel.Flat flat -> flat.amount();
      case PriceModel.PerUnit perUnit -> perUnit(perUnit, usage);
      case PriceModel.Package pack ->
          Decimals.packages(usage.quantity().subtract(pack.freeUnits()), pack.size())
              .multiply(pack.amount());
      case PriceModel.Graduated graduated -> graduated(graduated.tiers(), usage.quantity());
      case PriceModel.Volume volume -> volume(volume.tiers(), usage.quantity());
      case PriceModel.Overage overage -> overage.amount().multiply(usage.quantity());
      case PriceModel.Percentage percentage -> percentage(percentage, usage);
      case PriceModel.GraduatedPercentage graduated ->
          graduatedPercentage(graduated.tiers(), usage.quantity());
      case PriceModel.Dynamic dynamic ->
          events(usage, "a dynamic price").stream()
              .map(event -> event.quantity().multiply(event.unitPrice()))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
    };
  }

  private static BigDecimal perUnit(PriceModel.PerUnit model, Usage usage) {
    if (model.filters().isEmpty()) {
      BigDecimal units = usage.quantity();
      if (model.minUnits().isPresent()) {
        units = units.max(BigDecimal.valueOf(model.minUnits().getAsLong()));
      }
      return model.amount().multiply(units);
    }
    if (!(usage instanceof Usage.Filtered filtered)) {
      throw new IllegalArgumentException("a price with filters needs the usage by filter value");
    }
    BigDecimal base =
        model.unmatched() == PriceModel.Unmatched.BASE_AMOUNT ? model.amount() : BigDecimal.ZERO;
    BigDecimal total = filtered.unmatched().multiply(base);
    for (Map.Entry<String, BigDecimal> part : filtered.matched().entrySet()) {
      total = total.add(part.getValue().multiply(filterAmount(model, part.getKey(), base)));
    }
    return total;
  }

  private static BigDecimal filterAmount(
      PriceModel.PerUnit model, String keyAndValue, BigDecimal base) {
    return model.filters().stream()
        .filter(
            filter ->
                filter.values().stream()
                    .anyMatch(value -> keyAndValue.equals(filter.key() + "=" + value)))
        .map(PriceModel.Filter::amount)
        .findFirst()
        .orElse(base);
  }

  private static BigDecimal graduated(List<PriceModel.Tier> tiers, BigDecimal quantity) {
    // Units beyond a bounded last tier would cost nothing, and nobody would notice.
    requireOpenEnd(tiers.isEmpty() || tiers.getLast().upTo().isPresent());
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal from = BigDecimal.ZERO;
    boolean first = true;
    for (PriceModel.Tier tier : tiers) {
      if (!first && quantity.compareTo(from) <= 0) {
        break;
      }
      BigDecimal end = tier.upTo().map(quantity::min).orElse(quantity);
      total = total.add(tier.flatAmount()).add(end.subtract(from).multiply(tier.unitAmount()));
      from = tier.upTo().orElse(quantity);
      first = false;
    }
    return total;
  }

  private static BigDecimal volume(List<PriceModel.Tier> tiers, BigDecimal quantity) {
    requireOpenEnd(tiers.isEmpty() || tiers.getLast().upTo().isPresent());
    PriceModel.Tier tier =
        tiers.stream()
            .filter(t -> t.upTo().isEmpty() || quantity.compareTo(t.upTo().get()) <= 0)
            .findFirst()
            .orElseThrow();
    return tier.flatAmount().add(tier.unitAmount().multiply(quantity));
  }

  private static BigDecimal percentage(PriceModel.Percentage model, Usage usage) {
    if (model.isPureRate()) {
      return Decimals.percentOf(usage.quantity(), model.rate());
    }
    return events(usage, "a percentage with a part per event").stream()
        .skip(model.freeEvents())
        .map(event -> oneEvent(model, event.quantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal oneEvent(PriceModel.Percentage model, BigDecimal amount) {
    BigDecimal cost = Decimals.percentOf(amount, model.rate()).add(model.fixedAmount());
    cost = model.minAmount().map(cost::max).orElse(cost);
    return model.maxAmount().map(cost::min).orElse(cost);
  }

  private static BigDecimal graduatedPercentage(
      List<PriceModel.RateTier> tiers, BigDecimal amount) {
    requireOpenEnd(tiers.isEmpty() || tiers.getLast().upTo().isPresent());
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal from = BigDecimal.ZERO;
    for (PriceModel.RateTier tier : tiers) {
      if (amount.compareTo(from) <= 0) {
        break;
      }
      BigDecimal end = tier.upTo().map(amount::min).orElse(amount);
      total = total.add(Decimals.percentOf(end.subtract(from), tier.rate()));
      from = end;
    }
    return total;
  }

  private static void requireOpenEnd(boolean bounded) {
    if (bounded) {
      throw new IllegalArgumentException("the last tier has no open end");
    }
  }

  private static List<Usage.Event> events(Usage usage, String what) {
    if (usage instanceof Usage.Events events) {
      return events.events();
    }
    throw new IllegalArgumentException(what + " needs the single events");
  }
}
