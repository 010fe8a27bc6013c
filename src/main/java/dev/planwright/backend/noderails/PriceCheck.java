package dev.planwright.backend.noderails;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.List;

/** What NodeRails cannot say of one price of a plan: it charges flat amounts and nothing else. */
final class PriceCheck {
  private static final BigDecimal TOO_LARGE = BigDecimal.TEN.pow(16);

  private final CatalogPlan plan;
  private final CatalogPrice price;
  private final List<Violation> violations;
  private final List<String> warnings;

  private PriceCheck(
      CatalogPlan plan, CatalogPrice price, List<Violation> violations, List<String> warnings) {
    this.plan = plan;
    this.price = price;
    this.violations = violations;
    this.warnings = warnings;
  }

  static void check(CatalogPlan plan, List<Violation> violations, List<String> warnings) {
    for (CatalogPrice price : plan.prices()) {
      PriceCheck check = new PriceCheck(plan, price, violations, warnings);
      check.schedule();
      check.model();
      check.fields();
      check.cosmetics();
    }
  }

  private void schedule() {
    boolean recurs = plan.prices().stream().anyMatch(it -> it.interval().isPresent());
    if (price.role() == CatalogPrice.Role.ONE_TIME && recurs) {
      refuse(
          "spec.oneTime",
          "",
          "NodeRails has no setup fee: a plan is paid once or again and again",
          "sell it as a Plan of its own with one-time prices only");
    }
    if (price.billing() == CatalogPrice.Billing.IN_ARREARS
        && price.model() instanceof PriceModel.Flat) {
      refuse(
          "spec.billing",
          "InArrears",
          "NodeRails has no setting for it, and charges at the start of each period",
          "use billing: InAdvance");
    }
    price
        .trialDays()
        .ifPresent(
            it -> {
              if (price.interval().isEmpty() && it > 0) {
                refuse(
                    "spec.trialDays",
                    Integer.toString(it),
                    "what is paid once has no trial on NodeRails",
                    "leave trialDays out");
              }
            });
  }

  private void model() {
    switch (price.model()) {
      case PriceModel.Flat(BigDecimal amount, var metric) -> {
        amount(amount);
        metric.ifPresent(
            it ->
                refuse(
                    "spec.flat.metric",
                    it,
                    "NodeRails counts no usage",
                    "leave metric out: the amount is charged every period whatever is used"));
      }
      case PriceModel.PerUnit perUnit ->
          noUsage(
              perUnit.usageType() == PriceModel.UsageType.LICENSED
                  ? "make one Plan for each number of seats"
                  : INSTEAD);
      case PriceModel.Package pack -> noUsage("make the package a Plan of its own, paid once");
      case PriceModel.Graduated graduated -> noUsage(INSTEAD);
      case PriceModel.Volume volume -> noUsage("make one flat Plan for each tier");
      case PriceModel.Overage overage -> noUsage(INSTEAD);
      case PriceModel.Percentage percentage -> noUsage(INSTEAD);
      case PriceModel.GraduatedPercentage percentage -> noUsage(INSTEAD);
      case PriceModel.Dynamic dynamic -> noUsage(INSTEAD);
    }
  }

  private static final String INSTEAD =
      "use a flat price, or a backend that bills usage, such as bxb";

  private void noUsage(String instead) {
    refuse(
        "spec." + price.model().field(),
        price.model().metricName().orElse(""),
        "NodeRails charges flat amounts and counts no usage",
        instead);
  }

  private void amount(BigDecimal amount) {
    if (amount.signum() < 0
        || amount.stripTrailingZeros().scale() > Terms.DECIMALS
        || amount.compareTo(TOO_LARGE) >= 0) {
      refuse(
          "spec.flat.amount",
          Decimals.canonical(amount),
          "NodeRails stores 0 or more with two decimals and 16 digits before them",
          "use an amount with at most two decimals, in whatever currency");
    }
  }

  private void fields() {
    if (!price.countries().isEmpty()) {
      refuse(
          "spec.countries",
          String.join(", ", price.countries()),
          "NodeRails' prices hold in every country",
          "leave countries out, or make one Plan for each market");
    }
    price
        .externalId()
        .filter(it -> !NodeRailsSettings.isId(it))
        .ifPresent(
            it ->
                refuse(
                    "spec.externalId",
                    it,
                    "ids of NodeRails are UUIDs",
                    "write the id that the dashboard shows"));
  }

  private void cosmetics() {
    warnIf(price.nickname().length() > Wanted.NICKNAME, "nickname", "longer than 100 characters");
    warnIf(!price.invoiceDisplayName().isEmpty(), "invoiceDisplayName", "no place for it");
    warnIf(!price.metadata().isEmpty(), "metadata", "what a price is made with never changes");
    warnIf(price.sortOrder().orElse(0) < 0, "sortOrder", "it begins at 0");
  }

  private void warnIf(boolean set, String field, String why) {
    if (set) {
      warnings.add(plan.object(price) + " spec." + field + ": not sent to NodeRails: " + why);
    }
  }

  private void refuse(String field, String value, String problem, String instead) {
    violations.add(new Violation(plan.object(price), field, value, problem, instead));
  }
}
