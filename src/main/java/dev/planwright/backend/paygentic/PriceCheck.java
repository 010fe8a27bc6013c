package dev.planwright.backend.paygentic;

import dev.planwright.backend.PriceFindings;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What Paygentic cannot say of one price of a plan. */
final class PriceCheck {
  private final CatalogPlan plan;
  private final PaygenticSettings settings;
  private final CatalogPrice price;
  private final PriceFindings found;

  private PriceCheck(
      CatalogPlan plan, PaygenticSettings settings, CatalogPrice price, PriceFindings found) {
    this.plan = plan;
    this.settings = settings;
    this.price = price;
    this.found = found;
  }

  static void check(
      CatalogPlan plan,
      PaygenticSettings settings,
      List<Violation> violations,
      List<String> warnings) {
    for (CatalogPrice price : plan.prices()) {
      PriceCheck check =
          new PriceCheck(
              plan,
              settings,
              price,
              new PriceFindings("Paygentic", plan, price, violations, warnings));
      check.commonFields();
      check.currency();
      check.interval();
      check.model();
      check.billing();
      check.onceInAPlan();
    }
  }

  private void commonFields() {
    found.leavesOut(
        !price.nickname().isEmpty() && !price.invoiceDisplayName().isEmpty(), "spec.nickname");
    found.leavesOutOrderAndMetadata();
    found.hasNoCountries("Paygentic's prices hold in every country");
    found.hasNoTrial("Paygentic has no trials", "leave trialDays out");
    found.hasNoExternalId(
        "ids of prices change with the versions of their plan",
        "leave it out; a price is taken over with its plan");
  }

  private void currency() {
    CatalogPrice leading = Words.leading(plan).orElse(price);
    if (!leading.currency().equals(price.currency())) {
      refuse(
          "spec.currency",
          price.currency(),
          "Paygentic's plans have one currency, and \""
              + leading.name()
              + "\" has "
              + leading.currency(),
          "make one Plan for each currency");
    }
  }

  private void interval() {
    Optional<Interval> interval = price.interval();
    if (interval.isEmpty()) {
      return;
    }
    if (Words.cadence(interval.get()).isEmpty()) {
      refuse(
          "spec.recurring",
          interval.get().toString(),
          "Paygentic bills every month, 3 months or year",
          "use one of these");
      return;
    }
    CatalogPrice leading = Words.leading(plan).orElse(price);
    // With a flat price, the plan's cadence is that one's, and usage has its own.
    if (leading.role() == Role.COMPONENT && !leading.interval().equals(interval)) {
      refuse(
          "spec.recurring",
          interval.get().toString(),
          "the plan has no flat price to take its interval from, and \""
              + leading.name()
              + "\" has "
              + leading.interval().map(Interval::toString).orElse(""),
          "give all usage prices one interval, or add a flat price");
    }
  }

  private void model() {
    switch (price.model()) {
      case PriceModel.Flat flat -> flat(flat);
      case PriceModel.PerUnit perUnit -> perUnit(perUnit);
      case PriceModel.Percentage percentage -> percentage(percentage);
      case PriceModel.Package pack -> noTiers("packages", "use perUnit");
      case PriceModel.Graduated graduated -> noTiers("tiers", "use perUnit");
      case PriceModel.Volume volume -> noTiers("tiers", "use perUnit");
      case PriceModel.GraduatedPercentage graduated ->
          noTiers("tiers", "use percentage with one rate");
      case PriceModel.Overage overage ->
          refuse(
              field("feature"),
              overage.feature(),
              "Paygentic charges for a metric, and not for what lies beyond a limit",
              "use perUnit with the feature's metric");
      case PriceModel.Dynamic dynamic ->
          refuse(
              field("metric"),
              dynamic.metric(),
              "Paygentic takes no new price of the model dynamic",
              "use percentage with rate \"100\" over a metric that sums the money");
    }
  }

  private void noTiers(String what, String instead) {
    refuse("spec." + price.model().field(), "", "Paygentic has no " + what, instead);
  }

  private void flat(PriceModel.Flat flat) {
    flat.metric()
        .ifPresent(
            it ->
                refuse(
                    field("metric"),
                    it,
                    "a flat price of Paygentic belongs to no metric",
                    "leave metric out"));
    if (flat.amount().signum() < 0) {
      refuse(
          field("amount"),
          Decimals.canonical(flat.amount()),
          "only a price of a metric can be negative",
          "use \"0\" or more");
    }
  }

  private void perUnit(PriceModel.PerUnit perUnit) {
    if (perUnit.usageType() == PriceModel.UsageType.LICENSED) {
      refuse(
          field("usageType"),
          "Licensed",
          "a quantity of Paygentic is the plan's and the same for every subscriber",
          "use Metered over a metric that aggregates MAX or LATEST");
    }
    perUnit
        .minUnits()
        .ifPresent(
            it ->
                refuse(
                    field("minUnits"),
                    Long.toString(it),
                    "Paygentic has no minimum",
                    "leave minUnits out, and add the minimum to the flat price"));
    perUnit
        .maxUnits()
        .ifPresent(
            it ->
                refuse(
                    field("maxUnits"),
                    Long.toString(it),
                    "Paygentic has no maximum",
                    "leave maxUnits out, and set a limit as an entitlement"));
    if (!perUnit.filters().isEmpty()) {
      refuse(
          field("filters"),
          perUnit.filters().getFirst().key(),
          "Paygentic's prices do not tell usage apart",
          "make a metric for each, with a price of its own");
    }
    if (perUnit.amount().signum() < 0 && hasHardLimit(perUnit.metric())) {
      refuse(
          field("amount"),
          Decimals.canonical(perUnit.amount()),
          "a rebate of Paygentic goes with no hard limit",
          "make the entitlement soft, or use \"0\" or more");
    }
  }

  private boolean hasHardLimit(String feature) {
    return plan.entitlements().stream()
        .filter(it -> it.feature().equals(feature))
        .anyMatch(it -> it.grant() instanceof Entitlement.Limit limit && !limit.soft());
  }

  private void percentage(PriceModel.Percentage percentage) {
    String instead = "use a perUnit price over a metric that counts the events";
    if (percentage.fixedAmount().signum() != 0) {
      part("fixedAmount", Decimals.canonical(percentage.fixedAmount()), instead);
    }
    if (percentage.freeEvents() != 0) {
      part("freeEvents", Long.toString(percentage.freeEvents()), "leave it out");
    }
    percentage.minAmount().ifPresent(it -> bound("minAmount", it));
    percentage.maxAmount().ifPresent(it -> bound("maxAmount", it));
  }

  private void bound(String name, BigDecimal amount) {
    part(name, Decimals.canonical(amount), "leave it out");
  }

  private void part(String name, String value, String instead) {
    refuse(field(name), value, "Paygentic charges a share of the sum and nothing else", instead);
  }

  private void billing() {
    boolean advance = price.billing() == CatalogPrice.Billing.IN_ADVANCE;
    if (price.role() == Role.COMPONENT && advance) {
      refuse(
          "spec.billing",
          "InAdvance",
          "usage is billed after the period",
          "use billing: InArrears");
    }
    if (price.role() == Role.ONE_TIME && !advance) {
      refuse(
          "spec.billing",
          "InArrears",
          "what is paid once is paid at the beginning",
          "use billing: InAdvance");
    }
  }

  /** Whether a metric may be charged twice in a plan is documented in two ways. */
  private void onceInAPlan() {
    Optional<String> metric = price.model().metricName().map(settings::metric);
    if (metric.isEmpty()) {
      return;
    }
    plan.prices().stream()
        .takeWhile(it -> !it.name().equals(price.name()))
        .filter(it -> it.model().metricName().map(settings::metric).equals(metric))
        .findFirst()
        .ifPresent(
            it ->
                refuse(
                    field("metric"),
                    metric.get(),
                    "\"" + it.name() + "\" charges this metric already, and a plan charges it once",
                    "make one price of the two, or another metric"));
  }

  private String field(String name) {
    return "spec." + price.model().field() + "." + name;
  }

  private void refuse(String field, String value, String problem, String instead) {
    found.refuse(field, value, problem, instead);
  }
}
