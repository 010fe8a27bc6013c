package dev.planwright.backend.stigg;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Currencies;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What Stigg cannot say of one price of a plan. */
final class StiggPriceCheck {
  private static final long MOST_UNITS = 999_999;

  private final CatalogPlan plan;
  private final CatalogPrice price;
  private final StiggIntervals intervals;
  private final List<Violation> violations;
  private final List<String> warnings;

  private StiggPriceCheck(
      CatalogPlan plan,
      CatalogPrice price,
      StiggIntervals intervals,
      List<Violation> violations,
      List<String> warnings) {
    this.plan = plan;
    this.price = price;
    this.intervals = intervals;
    this.violations = violations;
    this.warnings = warnings;
  }

  static void check(
      CatalogPlan plan, StiggSettings settings, List<Violation> violations, List<String> warnings) {
    StiggIntervals intervals = new StiggIntervals(plan, settings);
    boolean paid = plan.pricing() == CatalogPlan.Pricing.PAID;
    for (CatalogPrice price : plan.prices()) {
      StiggPriceCheck check = new StiggPriceCheck(plan, price, intervals, violations, warnings);
      check.cosmetics();
      check.common();
      if (paid) { // of others, no price is sent
        check.interval();
        check.model();
      }
    }
    if (paid) {
      intervals.warning().ifPresent(warnings::add);
    }
  }

  private void cosmetics() {
    warnIf(!price.nickname().isEmpty(), "spec.nickname");
    warnIf(!price.invoiceDisplayName().isEmpty(), "spec.invoiceDisplayName");
    warnIf(price.sortOrder().isPresent(), "spec.sortOrder");
    warnIf(!price.metadata().isEmpty(), "spec.metadata");
  }

  private void common() {
    price
        .trialDays()
        .ifPresent(
            it ->
                refuse(
                    "spec.trialDays",
                    Integer.toString(it),
                    "Stigg has no trial per price",
                    "leave trialDays out; see trial of the Plan"));
    price
        .externalId()
        .ifPresent(
            it ->
                refuse(
                    "spec.externalId",
                    it,
                    "Stigg's rows of prices get new ids with every draft",
                    "leave it out; a price of equal kind is taken over with its plan"));
    boolean metered = StiggIntervals.isMetered(price);
    boolean advance = price.billing() == CatalogPrice.Billing.IN_ADVANCE;
    if (metered == advance) {
      refuse(
          "spec.billing",
          advance ? "InAdvance" : "InArrears",
          metered ? "Stigg bills usage after the period" : "Stigg bills this before the period",
          metered ? "use billing: InArrears" : "use billing: InAdvance");
    }
  }

  private void interval() {
    price
        .interval()
        .filter(it -> Words.period(it).isEmpty())
        .ifPresent(
            it ->
                refuse(
                    "spec.recurring",
                    it.toString(),
                    "Stigg bills every month or every year",
                    "use interval: Month or Year with count 1"));
    intervals.refusals(price).forEach(violations::add);
  }

  private void model() {
    if (price.role() == Role.ONE_TIME && !(price.model() instanceof PriceModel.Flat)) {
      refuse(
          "spec.oneTime",
          "",
          "on Stigg only a flat amount is paid once",
          "use flat, or make the price recurring");
    }
    switch (price.model()) {
      case PriceModel.Flat flat -> {
        amount("flat.amount", flat.amount(), true);
        flat.metric()
            .ifPresent(
                it ->
                    refuse(
                        "spec.flat.metric",
                        it,
                        "a flat fee of Stigg belongs to no feature",
                        "leave metric out"));
      }
      case PriceModel.PerUnit perUnit -> perUnit(perUnit);
      case PriceModel.Package pack -> {
        amount("package.amount", pack.amount(), false);
        quantity("package.size", pack.size());
        if (pack.freeUnits().signum() != 0) {
          refuse(
              "spec.package.freeUnits",
              Decimals.canonical(pack.freeUnits()),
              "Stigg's blocks have no free units",
              "leave freeUnits out, or use graduated with a free first tier");
        }
      }
      case PriceModel.Graduated graduated -> tiers("graduated", graduated.tiers());
      case PriceModel.Volume volume -> tiers("volume", volume.tiers());
      case PriceModel.Overage overage -> {
        amount("overage.amount", overage.amount(), false);
        if (plan.type() == CatalogPlan.Type.ADD_ON) {
          refuse(
              "spec.overage",
              overage.feature(),
              "Stigg shows no overage prices of add-ons, so they could not be verified",
              "price the overage in the plan");
        }
      }
      case PriceModel.Percentage it -> none("percentage", "a share of an amount");
      case PriceModel.GraduatedPercentage it -> none("graduatedPercentage", "a share of an amount");
      case PriceModel.Dynamic it -> none("dynamic", "a price that comes with each event");
    }
  }

  private void none(String field, String what) {
    refuse(
        "spec." + field,
        price.model().metricName().orElse(""),
        "Stigg has no model for " + what,
        "use perUnit, package, graduated or volume");
  }

  private void perUnit(PriceModel.PerUnit perUnit) {
    amount("perUnit.amount", perUnit.amount(), false);
    if (perUnit.metric().isEmpty()) {
      refuse(
          "spec.perUnit.metric",
          "",
          "Stigg counts units by a feature",
          "name the feature that is bought");
    }
    if (!perUnit.filters().isEmpty()) {
      refuse(
          "spec.perUnit.filters",
          perUnit.filters().getFirst().key(),
          "Stigg's prices tell no usage from other usage of the same feature",
          "make one feature with a filtered meter for each, and one Price for each");
    }
    boolean metered = perUnit.usageType() == PriceModel.UsageType.METERED;
    for (String bound : List.of("minUnits", "maxUnits")) {
      OptionalLong value = bound.equals("minUnits") ? perUnit.minUnits() : perUnit.maxUnits();
      if (value.isPresent() && metered) {
        refuse(
            "spec.perUnit." + bound,
            Long.toString(value.getAsLong()),
            "on Stigg it bounds what can be bought, not what usage costs",
            "leave it out, or use usageType: Licensed");
      } else if (value.isPresent() && value.getAsLong() > MOST_UNITS) {
        refuse(
            "spec.perUnit." + bound,
            Long.toString(value.getAsLong()),
            "Stigg counts up to " + MOST_UNITS,
            "use a smaller number or leave it out");
      }
    }
  }

  private void tiers(String field, List<PriceModel.Tier> tiers) {
    for (int i = 0; i < tiers.size(); i++) {
      PriceModel.Tier tier = tiers.get(i);
      String at = field + ".tiers[" + i + "]";
      amount(at + ".unitAmount", tier.unitAmount(), false);
      amount(at + ".flatAmount", tier.flatAmount(), false);
      tier.upTo().ifPresent(it -> quantity(at + ".upTo", it));
      if (i == 0 && tier.flatAmount().signum() != 0) {
        refuse(
            "spec." + at + ".flatAmount",
            Decimals.canonical(tier.flatAmount()),
            "whether Stigg charges the first tier's flat amount at quantity zero is not documented",
            "put it into a flat Price of its own");
      }
    }
  }

  private void quantity(String field, BigDecimal value) {
    if (value.signum() <= 0 || value.stripTrailingZeros().scale() > Words.DECIMALS) {
      refuse(
          "spec." + field,
          Decimals.canonical(value),
          "must be greater than 0 with at most " + Words.DECIMALS + " decimals",
          "use such a number");
    }
  }

  private void amount(String field, BigDecimal amount, boolean flat) {
    money(plan.object(price), "spec." + field, amount, price.currency(), flat, violations::add);
  }

  /**
   * Whether an amount can be said.
   *
   * @param flat whether it is paid as it stands, so that it cannot be finer than the currency
   */
  static void money(
      String object,
      String field,
      BigDecimal amount,
      String currency,
      boolean flat,
      Consumer<Violation> sink) {
    if (!Words.hasCurrency(currency)) {
      sink.accept(
          new Violation(
              object,
              "spec.currency",
              currency,
              "is none of the " + Words.currencies() + " currencies of Stigg",
              "use one of them, such as USD or EUR"));
      return;
    }
    int digits = flat ? Currencies.minorDigits(currency) : Words.DECIMALS;
    if (amount.signum() < 0 || amount.stripTrailingZeros().scale() > digits) {
      sink.accept(
          new Violation(
              object,
              field,
              Decimals.canonical(amount),
              "Stigg takes amounts from 0 on with at most " + digits + " decimals here",
              "use such an amount"));
    }
  }

  private void warnIf(boolean set, String field) {
    if (set) {
      warnings.add(
          plan.object(price) + " " + field + ": Stigg has no place for it; it is not sent");
    }
  }

  private void refuse(String field, String value, String problem, String instead) {
    violations.add(new Violation(plan.object(price), field, value, problem, instead));
  }
}
