package dev.planwright.backend.schematic;

import dev.planwright.backend.PriceFindings;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Billing;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What Schematic cannot say of one price; of prices together, see {@link PricesTogether}. */
final class PriceCheck {
  private static final int CURRENCIES = 50;
  private static final int TIERS = 100;

  private final CatalogPlan plan;
  private final SchematicSettings settings;
  private final CatalogPrice price;
  private final PriceFindings found;

  private PriceCheck(
      CatalogPlan plan, SchematicSettings settings, CatalogPrice price, PriceFindings found) {
    this.plan = plan;
    this.settings = settings;
    this.price = price;
    this.found = found;
  }

  static void check(
      CatalogPlan plan,
      SchematicSettings settings,
      List<Violation> violations,
      List<String> warnings) {
    Map<String, String> slots = new HashMap<>();
    for (CatalogPrice price : plan.prices()) {
      PriceCheck check =
          new PriceCheck(
              plan,
              settings,
              price,
              new PriceFindings("Schematic", plan, price, violations, warnings));
      check.commonFields();
      check.interval();
      check.together().inOneField(slots);
      switch (price.role()) {
        case ONE_TIME -> check.oneTime();
        case ALTERNATIVE -> check.base();
        case COMPONENT -> check.component();
      }
    }
    Set<String> currencies =
        plan.prices().stream().map(CatalogPrice::currency).collect(Collectors.toSet());
    if (currencies.size() > CURRENCIES) {
      violations.add(
          new Violation(
              plan.object(),
              "prices",
              Integer.toString(currencies.size()),
              "TooManyCurrencies: Schematic's plans have at most 50 currencies",
              "sell it as two Plans"));
    }
  }

  private void commonFields() {
    found.leavesOutLooks();
    found.hasNoCountries("Schematic's prices differ by currency, not by country");
    found.hasNoTrial(
        "UnsupportedTrial: Schematic has one trial for all prices of a plan",
        "leave trialDays out and set trial on the Plan");
    found.hasNoExternalId(
        "Schematic makes a new price for another amount",
        "leave it out; a price of equal currency, interval and amount is taken over with its"
            + " plan");
    if (!Money.isPlain(price.currency())) {
      refuse(
          "spec.currency",
          price.currency(),
          "ISO 4217 and Stripe differ on its minor unit, and Schematic does not say which it"
              + " takes",
          "use another currency");
    }
  }

  private void interval() {
    if (Cadence.of(price).isEmpty()) {
      refuse(
          "spec.recurring",
          price.interval().map(Interval::toString).orElse(""),
          "UnsupportedInterval: Schematic bills every month, 3 months or year, or once",
          "use one of these");
    }
  }

  private void oneTime() {
    if (!(price.model() instanceof PriceModel.Flat flat) || flat.metric().isPresent()) {
      refuse(
          "spec.oneTime",
          price.model().field(),
          "UnsupportedModel: what is charged once has one amount in Schematic",
          "use flat without a metric");
      return;
    }
    if (plan.prices().stream().anyMatch(it -> it.role() != Role.ONE_TIME)) {
      refuse(
          "spec.oneTime",
          "",
          "MixedCharges: a plan of Schematic is charged once or again and again",
          "sell the one-time part as a Plan of type AddOn");
    }
    amount("spec.flat.amount", flat.amount());
  }

  private void base() {
    if (price.billing() == Billing.IN_ARREARS) {
      refuse(
          "spec.billing",
          "InArrears",
          "Schematic charges the price of a plan in advance",
          "use billing: InAdvance");
    }
    amount("spec.flat.amount", ((PriceModel.Flat) price.model()).amount());
  }

  private void amount(String field, BigDecimal amount) {
    if (!Money.isPlain(price.currency())) {
      return;
    }
    BigDecimal minor = Decimals.minorUnits(amount, price.currency());
    if (!Money.isWhole(minor) || minor.signum() < 0 || minor.compareTo(Money.MAX) > 0) {
      refuse(
          field,
          Decimals.canonical(amount),
          "AmountPrecision: Schematic takes whole minor units, 0 or more",
          "use an amount without a fraction of the smallest coin of " + price.currency());
    }
  }

  private void component() {
    switch (price.model()) {
      case PriceModel.PerUnit perUnit -> perUnit(perUnit);
      case PriceModel.Graduated graduated -> tiers("graduated", graduated.tiers());
      case PriceModel.Volume volume -> tiers("volume", volume.tiers());
      case PriceModel.Overage overage -> overage(overage);
      case PriceModel.Flat flat -> unsupported("leave metric out");
      case PriceModel.Package pack ->
          unsupported("use perUnit, or graduated tiers with the price of a package as flatAmount");
      case PriceModel.Percentage percentage -> unsupported("use perUnit over a counted feature");
      case PriceModel.GraduatedPercentage percentage -> unsupported("use graduated");
      case PriceModel.Dynamic dynamic -> unsupported("use perUnit");
    }
    String metric = price.model().metricName().orElse("");
    if (settings.countsMinorUnits(metric)) {
      refuse(
          "spec." + price.model().field() + ".metric",
          metric,
          "Schematic's features count units and no money",
          "take unit: Minor off the alias, or use another metric");
    }
    boolean licensed =
        price.model() instanceof PriceModel.PerUnit it
            && it.usageType() == PriceModel.UsageType.LICENSED;
    Billing possible = licensed ? Billing.IN_ADVANCE : Billing.IN_ARREARS;
    if (price.billing() != possible) {
      refuse(
          "spec.billing",
          price.billing() == Billing.IN_ADVANCE ? "InAdvance" : "InArrears",
          licensed
              ? "Schematic charges bought units in advance"
              : "Schematic charges use when it is known",
          "leave billing out");
    }
    together().pricedAlike();
    together().pricedWhereverSold();
  }

  private void unsupported(String instead) {
    refuse(
        "spec." + price.model().field(),
        "",
        "UnsupportedModel: Schematic prices units, tiers and overage",
        instead);
  }

  private void perUnit(PriceModel.PerUnit model) {
    if (model.metric().isEmpty()) {
      refuse(
          "spec.perUnit.metric",
          "",
          "UnsupportedModel: Schematic prices units of a feature",
          "name the feature whose units are bought");
    }
    if (model.minUnits().isPresent()) {
      refuse(
          "spec.perUnit.minUnits",
          Long.toString(model.minUnits().getAsLong()),
          "Schematic has no least number of units",
          "leave minUnits out, or raise the flat price");
    }
    if (model.maxUnits().isPresent()) {
      refuse(
          "spec.perUnit.maxUnits",
          Long.toString(model.maxUnits().getAsLong()),
          "Schematic has no greatest number of units that can be bought",
          "leave maxUnits out");
    }
    if (!model.filters().isEmpty()) {
      refuse(
          "spec.perUnit.filters",
          model.filters().getFirst().key(),
          "Schematic's features have no dimensions",
          "make a feature for each price");
    }
  }

  private void tiers(String name, List<PriceModel.Tier> tiers) {
    String field = "spec." + name + ".tiers";
    if (tiers.size() > TIERS) {
      refuse(field, Integer.toString(tiers.size()), "Schematic has at most 100 tiers", "use fewer");
    }
    for (int i = 0; i < tiers.size(); i++) {
      PriceModel.Tier tier = tiers.get(i);
      tier.upTo()
          .filter(it -> !Money.isWhole(it) || it.signum() <= 0 || it.compareTo(Money.MAX) > 0)
          .ifPresent(
              it ->
                  refuse(
                      field + ".upTo",
                      Decimals.canonical(it),
                      "Schematic's tiers end at whole numbers",
                      "use a whole number of 1 or more"));
      amount(field + ".flatAmount", tier.flatAmount());
      if (i == 0 && tier.flatAmount().signum() != 0) {
        refuse(
            field + ".flatAmount",
            Decimals.canonical(tier.flatAmount()),
            "whether Schematic charges the first tier's flat amount when nothing was used is not"
                + " documented",
            "put it into the flat Price of the Plan");
      }
    }
  }

  private void overage(PriceModel.Overage model) {
    plan.entitlements().stream()
        .filter(it -> it.feature().equals(model.feature()))
        .map(it -> it.grant())
        .filter(dev.planwright.catalog.Entitlement.Limit.class::isInstance)
        .map(dev.planwright.catalog.Entitlement.Limit.class::cast)
        .filter(it -> it.reset().isPresent())
        .filter(it -> !price.interval().equals(it.reset().map(unit -> Interval.of(unit, 1))))
        .forEach(
            it ->
                refuse(
                    "spec.overage",
                    price.interval().map(Interval::toString).orElse(""),
                    "the soft limit of "
                        + model.feature()
                        + " starts anew every "
                        + it.reset().map(Enum::name).orElse("")
                        + ", and what is beyond is billed at another time",
                    "give the price the interval in which the limit starts anew"));
  }

  private PricesTogether together() {
    return new PricesTogether(plan, settings, price, found);
  }

  private void refuse(String field, String value, String problem, String instead) {
    found.refuse(field, value, problem, instead);
  }
}
