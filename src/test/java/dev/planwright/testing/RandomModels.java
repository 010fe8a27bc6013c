package dev.planwright.testing;

import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Price models of every kind, zero amounts and rates among them. */
record RandomModels(Dice dice) {
  /** How many kinds of {@link #component} there are. */
  static final int KINDS = 11;

  /** Another model of the same kind, so that only numbers differ. */
  PriceModel sameKind(PriceModel model) {
    return switch (model) {
      case PriceModel.Flat flat -> new PriceModel.Flat(dice.amount(), flat.metric());
      case PriceModel.PerUnit unit when RandomPlans.isLicensed(unit) -> licensed();
      case PriceModel.PerUnit unit -> unit.filters().isEmpty() ? component(1) : component(3);
      case PriceModel.Package pack -> component(4);
      case PriceModel.Graduated graduated -> component(5);
      case PriceModel.Volume volume -> component(6);
      case PriceModel.Overage overage -> new PriceModel.Overage(overage.feature(), dice.amount());
      case PriceModel.Percentage percentage -> component(8);
      case PriceModel.GraduatedPercentage graduated -> component(9);
      case PriceModel.Dynamic dynamic -> dynamic;
    };
  }

  /** A component: 0 to 10, each another kind. */
  PriceModel component(int kind) {
    return switch (kind) {
      case 0 -> new PriceModel.Flat(dice.amount(), Optional.of(dice.pick(RandomPlans.METRICS)));
      case 1 -> perUnit(List.of(), PriceModel.Unmatched.BASE_AMOUNT);
      case 2 -> licensed();
      case 3 -> perUnit(filters(), dice.pick(PriceModel.Unmatched.values()));
      case 4 ->
          new PriceModel.Package(
              dice.pick(RandomPlans.METRICS),
              dice.number(List.of("1", "10", "1000")),
              dice.amount(),
              dice.number(List.of("0", "5", "100")));
      case 5 -> new PriceModel.Graduated(dice.pick(RandomPlans.METRICS), tiers());
      case 6 -> new PriceModel.Volume(dice.pick(RandomPlans.METRICS), tiers());
      case 7 -> new PriceModel.Overage(dice.pick(RandomPlans.FEATURES), dice.amount());
      case 8 -> percentage();
      case 9 ->
          new PriceModel.GraduatedPercentage(dice.pick(RandomPlans.MONEY_METRICS), rateTiers());
      default -> new PriceModel.Dynamic(dice.pick(RandomPlans.METRICS));
    };
  }

  private PriceModel perUnit(List<PriceModel.Filter> filters, PriceModel.Unmatched unmatched) {
    return new PriceModel.PerUnit(
        dice.pick(RandomPlans.METRICS),
        dice.amount(),
        PriceModel.UsageType.METERED,
        OptionalLong.empty(),
        OptionalLong.empty(),
        filters,
        unmatched);
  }

  PriceModel licensed() {
    long least = dice.upTo(4);
    return new PriceModel.PerUnit(
        dice.chance(3) ? "" : RandomPlans.LICENSED_METRIC,
        dice.amount(),
        PriceModel.UsageType.LICENSED,
        dice.chance(2) ? OptionalLong.of(least) : OptionalLong.empty(),
        dice.chance(2) ? OptionalLong.of(least + 1 + dice.upTo(100)) : OptionalLong.empty(),
        List.of(),
        PriceModel.Unmatched.BASE_AMOUNT);
  }

  private List<PriceModel.Filter> filters() {
    List<PriceModel.Filter> filters = new ArrayList<>();
    filters.add(new PriceModel.Filter("region", List.of("eu", "us"), dice.amount()));
    if (dice.chance(2)) {
      filters.add(new PriceModel.Filter("region", List.of("apac"), dice.amount()));
    }
    if (dice.chance(2)) {
      filters.add(new PriceModel.Filter("tier", List.of("a,b", "gold"), dice.amount()));
    }
    return filters;
  }

  private List<PriceModel.Tier> tiers() {
    List<PriceModel.Tier> tiers = new ArrayList<>();
    for (String end : ends(List.of("1", "10", "100", "0.5", "1000"))) {
      tiers.add(new PriceModel.Tier(Optional.of(new BigDecimal(end)), dice.amount(), flatAmount()));
    }
    tiers.add(new PriceModel.Tier(Optional.empty(), dice.amount(), flatAmount()));
    return tiers;
  }

  private List<PriceModel.RateTier> rateTiers() {
    List<PriceModel.RateTier> tiers = new ArrayList<>();
    for (String end : ends(List.of("100.00", "10000.00", "99.99"))) {
      tiers.add(new PriceModel.RateTier(Optional.of(new BigDecimal(end)), dice.rate()));
    }
    tiers.add(new PriceModel.RateTier(Optional.empty(), dice.rate()));
    return tiers;
  }

  private List<String> ends(List<String> choices) {
    TreeMap<BigDecimal, String> chosen = new TreeMap<>();
    for (String end : choices) {
      if (dice.chance(2)) {
        chosen.put(new BigDecimal(end), end);
      }
    }
    return List.copyOf(chosen.values());
  }

  private PriceModel percentage() {
    boolean perEvent = dice.chance(2);
    return new PriceModel.Percentage(
        dice.pick(RandomPlans.MONEY_METRICS),
        dice.rate(),
        perEvent ? dice.number(List.of("0", "0.30")) : BigDecimal.ZERO,
        perEvent ? dice.upTo(3) : 0,
        perEvent && dice.chance(2)
            ? Optional.of(dice.number(List.of("0", "0.10")))
            : Optional.empty(),
        perEvent && dice.chance(2)
            ? Optional.of(dice.number(List.of("5.00", "0.10")))
            : Optional.empty());
  }

  private BigDecimal flatAmount() {
    return dice.chance(2) ? BigDecimal.ZERO : dice.amount();
  }
}
