package dev.planwright.backend.paygentic;

import dev.planwright.backend.MarkLine;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Paygentic cannot say of a plan, and what it takes but somebody should know. */
final class PaygenticCheck {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final CatalogPlan plan;
  private final PaygenticSettings settings;
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private PaygenticCheck(CatalogPlan plan, PaygenticSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  static Verdict check(CatalogPlan plan, PaygenticSettings settings) {
    PaygenticCheck check = new PaygenticCheck(plan, settings);
    check.texts();
    check.kind();
    check.product();
    check.relations();
    check.amounts();
    check.entitlements();
    check.tax();
    check.cosmetics();
    check.pricing();
    PriceCheck.check(plan, settings, check.violations, check.warnings);
    return new Verdict(check.violations, check.warnings);
  }

  private void texts() {
    if (plan.displayName().isEmpty()) {
      refuse("spec.displayName", "", "Paygentic's plans need a name", "write one");
    }
    if (MarkLine.split(plan.description()).mark().isPresent()) {
      refuse(
          "spec.description",
          plan.description(),
          "its last line reads like an owner's mark",
          "reword the line that starts with \"planwright:\"");
    }
  }

  private void kind() {
    if (plan.type() == CatalogPlan.Type.ADD_ON) {
      refuse(
          "spec.type",
          "AddOn",
          "Paygentic has no add-ons",
          "use type: Plan, or sell it as a price of the plan");
    }
    if (plan.pricing() == CatalogPlan.Pricing.CUSTOM) {
      refuse(
          "spec.pricing",
          "Custom",
          "Paygentic has no plan that is priced by sales",
          "use pricing: Paid with the price agreed on, or Free");
    }
    if (plan.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED) {
      refuse(
          "spec.lifecycle",
          "Archived",
          "Paygentic's API cannot archive a plan",
          "leave it Active and offer it nowhere");
    }
  }

  private void product() {
    if (settings.product(plan).isEmpty()) {
      refuse(
          "spec.product",
          "",
          "a plan of Paygentic belongs to a product, and none is named",
          "set product, or productId in BillingBackend " + settings.backend());
    }
  }

  private void relations() {
    plan.parentPlan()
        .ifPresent(
            it ->
                refuse(
                    "spec.parentPlanRef",
                    it,
                    "Paygentic's plans inherit nothing",
                    "leave parentPlanRef out and list everything in this Plan"));
    if (!plan.compatibleAddOns().isEmpty()) {
      refuse(
          "spec.compatibleAddOns",
          String.join(", ", plan.compatibleAddOns()),
          "Paygentic's plans have no add-ons",
          "leave compatibleAddOns out");
    }
    plan.trial()
        .ifPresent(
            it ->
                refuse(
                    "spec.trial",
                    it.days() + " days",
                    "Paygentic has no trials",
                    "leave trial out, or begin subscriptions on a free Plan"));
  }

  private void amounts() {
    plan.creditGrants()
        .forEach(
            it ->
                refuse(
                    "spec.creditGrants[" + it.credit() + "]",
                    Decimals.canonical(it.amount()),
                    "credits of Paygentic are pricing units, which its API does not list",
                    "leave creditGrants out and set the allocation in Paygentic: it is left"
                        + " alone there"));
    plan.minimumCommitments()
        .forEach(
            it ->
                refuse(
                    "spec.minimumCommitments[" + it.currency() + "]",
                    Decimals.canonical(it.amount()),
                    "Paygentic has no minimum commitments",
                    "use a flat price"));
    plan.usageThresholds()
        .forEach(
            it ->
                refuse(
                    "spec.usageThresholds[" + it.currency() + "]",
                    Decimals.canonical(it.amount()),
                    "Paygentic has no usage thresholds",
                    "leave usageThresholds out"));
  }

  private void entitlements() {
    for (Entitlement entitlement : plan.entitlements()) {
      String field = "spec.entitlements[" + entitlement.feature() + "]";
      entitlement
          .mode()
          .ifPresent(
              it ->
                  refuse(field + ".mode", it.name(), "Paygentic has no add-ons", "leave mode out"));
      switch (entitlement.grant()) {
        case Entitlement.Enabled enabled -> {}
        case Entitlement.Limit limit -> {
          if (limit.reset().isEmpty()) {
            refuse(
                field + ".reset",
                "",
                "a metered feature of Paygentic starts anew every period",
                "set reset: Day, Week, Month or Year");
          }
        }
        case Entitlement.Unlimited unlimited ->
            refuse(
                field + ".unlimited",
                "true",
                "Paygentic's limits are numbers",
                "leave the entitlement out, or use a soft limit that nobody reaches");
        case Entitlement.Value value -> {
          if (value.value().isEmpty() || value.value().matches("(?s).*[\"\\\\\\p{Cntrl}].*")) {
            refuse(
                field + ".value",
                value.value(),
                "is empty or holds quotes, backslashes or control characters",
                "write a plain text");
          }
        }
      }
      carried(field, entitlement);
    }
  }

  /** A feature is attached to a price, and a price carries one. */
  private void carried(String field, Entitlement entitlement) {
    boolean nothing = entitlement.grant() instanceof Entitlement.Enabled(boolean on) && !on;
    boolean hasCarrier =
        plan.prices().stream()
            .filter(it -> it.role() == Role.COMPONENT)
            .anyMatch(it -> it.model().metricName().equals(Optional.of(entitlement.feature())));
    if (!nothing && !hasCarrier) {
      refuse(
          field,
          entitlement.feature(),
          "an entitlement of Paygentic rides on a price, and no price of this plan is of "
              + entitlement.feature(),
          "add a perUnit price whose metric is called " + entitlement.feature() + " too");
    }
  }

  private void tax() {
    plan.tax()
        .flatMap(CatalogPlan.Tax::rate)
        .filter(it -> it.signum() < 0 || it.compareTo(HUNDRED) > 0)
        .ifPresent(
            it ->
                refuse(
                    "spec.tax.rate",
                    Decimals.canonical(it),
                    "is no percentage from 0 to 100",
                    "write percent, such as \"20\""));
  }

  private void cosmetics() {
    warnIf(!plan.metadata().isEmpty(), "spec.metadata");
    warnIf(!plan.imageUrl().isEmpty(), "spec.imageUrl");
    plan.defaultPrice()
        .filter(
            name -> plan.prices(Role.ALTERNATIVE).map(CatalogPrice::name).noneMatch(name::equals))
        .ifPresent(name -> warnIf(true, "spec.defaultPrice"));
  }

  private void pricing() {
    Optional<CatalogPrice> leading = Words.leading(plan);
    if (plan.pricing() == CatalogPlan.Pricing.FREE && leading.isEmpty()) {
      refuse(
          "spec.pricing",
          "Free",
          "Paygentic's plans need an interval and a currency",
          "add a flat Price of \"0\" that names both");
    } else if (leading.isEmpty() && !plan.prices().isEmpty()) {
      refuse(
          "spec.prices",
          plan.prices().getFirst().name(),
          "Paygentic sells subscriptions, and what is paid once is a setup fee of one",
          "add a recurring price");
    }
    List<CatalogPrice> flat = plan.prices(Role.ALTERNATIVE).toList();
    for (CatalogPrice price : flat.stream().skip(1).toList()) {
      violations.add(
          new Violation(
              plan.object(price),
              "spec.flat",
              price.interval().map(Interval::toString).orElse(""),
              "Paygentic would charge it together with \"" + flat.getFirst().name() + "\"",
              "make one Plan for each interval and currency"));
    }
  }

  private void warnIf(boolean set, String field) {
    if (set) {
      warnings.add(plan.object() + " " + field + ": Paygentic has no place for it; it is not sent");
    }
  }

  private void refuse(String field, String value, String problem, String instead) {
    violations.add(new Violation(plan.object(), field, value, problem, instead));
  }
}
