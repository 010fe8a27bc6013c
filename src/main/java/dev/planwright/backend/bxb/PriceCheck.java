package dev.planwright.backend.bxb;

import dev.planwright.backend.PriceFindings;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Currencies;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What bxb cannot say of one price of a plan. */
final class PriceCheck {
  private final CatalogPlan plan;
  private final BxbSettings settings;
  private final CatalogPrice price;
  private final PriceFindings found;

  private PriceCheck(
      CatalogPlan plan, BxbSettings settings, CatalogPrice price, PriceFindings found) {
    this.plan = plan;
    this.settings = settings;
    this.price = price;
    this.found = found;
  }

  static void check(
      CatalogPlan plan, BxbSettings settings, List<Violation> violations, List<String> warnings) {
    for (CatalogPrice price : plan.prices()) {
      PriceCheck check =
          new PriceCheck(
              plan, settings, price, new PriceFindings("bxb", plan, price, violations, warnings));
      check.commonFields();
      switch (price.role()) {
        case ONE_TIME ->
            check.refuse(
                "spec.oneTime",
                "",
                "bxb's plans have no one-time prices",
                "leave it out and bill it in bxb as an add-on of the subscription");
        case ALTERNATIVE -> {
          check.fits();
          check.baseFee();
        }
        case COMPONENT -> {
          check.fits();
          check.charge();
        }
      }
    }
  }

  private void commonFields() {
    found.leavesOutLooks();
    found.hasNoCountries("bxb's prices hold in every country");
    found.hasNoTrial("bxb has no trial per price", "leave trialDays out; see trial of the Plan");
    found.hasNoExternalId(
        "bxb gives charges new ids whenever they are written",
        "leave it out; a charge of equal content is taken over with its plan");
  }

  /** Interval and currency are the plan's. */
  private void fits() {
    CatalogPrice leading = Words.leading(plan).orElse(price);
    Interval interval = price.interval().orElseThrow();
    if (Words.interval(interval).isEmpty()) {
      refuse(
          "spec.recurring",
          interval.toString(),
          "bxb bills every week, month, 3 months or year",
          "use one of these");
    } else if (price.role() == Role.COMPONENT
        && !leading.interval().equals(Optional.of(interval))) {
      refuse(
          "spec.recurring",
          interval.toString(),
          "bxb bills usage with the plan, every "
              + leading.interval().map(Interval::toString).orElse(""),
          "give the price the interval of \"" + leading.name() + "\"");
    }
    if (!leading.currency().equals(price.currency())) {
      refuse(
          "spec.currency",
          price.currency(),
          "bxb's plans have one currency, and \"" + leading.name() + "\" has " + leading.currency(),
          "make one Plan for each currency");
    }
  }

  private void baseFee() {
    PriceModel.Flat flat = (PriceModel.Flat) price.model();
    BigDecimal cents = Decimals.minorUnits(flat.amount(), price.currency());
    if (cents.stripTrailingZeros().scale() > 0
        || cents.signum() < 0
        || cents.compareTo(Words.MAX_BASE_CENTS) > 0) {
      refuse(
          "spec.flat.amount",
          Decimals.canonical(flat.amount()),
          "bxb's base fee is a whole number of minor units from 0 to " + Words.MAX_BASE_CENTS,
          "use an amount with at most "
              + Currencies.minorDigits(price.currency())
              + " decimals in that range");
    }
    boolean advance = price.billing() == CatalogPrice.Billing.IN_ADVANCE;
    found.warn(
        "spec.billing",
        "bxb keeps this on each subscription, not on the plan: create them"
            + " with pay_in_advance: "
            + advance);
  }

  private void charge() {
    if (price.billing() == CatalogPrice.Billing.IN_ADVANCE
        && !(price.model() instanceof PriceModel.Flat)) {
      refuse(
          "spec.billing",
          "InAdvance",
          "bxb bills usage after the period",
          "use billing: InArrears");
    }
    Optional<BxbSettings.AmountUnit> unit = settings.amountUnit();
    if (unit.isEmpty()) {
      refuse(
          field(""),
          "",
          "what a number in a charge counts differs between bxb servers",
          "set chargeAmountUnit: Minor or Major in BillingBackend " + settings.backend());
      // Any unit shows what else is wrong.
      unit = Optional.of(BxbSettings.AmountUnit.MAJOR);
    } else if (unit.get() == BxbSettings.AmountUnit.MAJOR
        && Currencies.minorDigits(price.currency()) != 2) {
      refuse(
          "spec.currency",
          price.currency(),
          "a bxb server that counts charges in major units takes a hundred minor units for one,"
              + " whatever the currency",
          "use a currency with two decimals, or a server with chargeAmountUnit: Minor");
    }
    boolean minorMetric = price.model().metricName().map(settings::countsMinorUnits).orElse(false);
    ChargeMapping.Scale scale = ChargeMapping.Scale.of(unit.get(), minorMetric, price.currency());
    ChargeMapping.Outcome outcome = ChargeMapping.map(price.model(), scale);
    boolean unitKnown = settings.amountUnit().isPresent();
    for (ChargeMapping.Problem it : outcome.problems()) {
      if (unitKnown || !(price.model() instanceof PriceModel.Dynamic)) {
        refuse(field(it.field()), it.value(), it.problem(), it.instead());
      }
    }
    if (!outcome.draft().filters().isEmpty() && !settings.marks()) {
      refuse(
          field("filters"),
          "",
          "bxb never returns filters, so their drift shows only by a hash in the mark line",
          "set ownershipMark: Description in BillingBackend " + settings.backend());
    }
  }

  private String field(String path) {
    String model = "spec." + price.model().field();
    return path.isEmpty() ? model : model + "." + path;
  }

  private void refuse(String field, String value, String problem, String instead) {
    found.refuse(field, value, problem, instead);
  }
}
