package dev.planwright.backend.noderails;

import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What NodeRails cannot say of a plan, and what it takes but somebody should know. */
final class NodeRailsCheck {
  private static final int NAME = 255;
  private static final int DESCRIPTION = 2000;
  private static final int PERCENT_DECIMALS = 2;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final CatalogPlan plan;
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private NodeRailsCheck(CatalogPlan plan) {
    this.plan = plan;
  }

  static Verdict check(CatalogPlan plan) {
    NodeRailsCheck check = new NodeRailsCheck(plan);
    check.texts();
    check.kind();
    check.relations();
    check.trial();
    check.amounts();
    check.tax();
    PriceCheck.check(plan, check.violations, check.warnings);
    return new Verdict(check.violations, check.warnings);
  }

  private void texts() {
    if (plan.displayName().isEmpty() || plan.displayName().length() > NAME) {
      refuse(
          "spec.displayName",
          plan.displayName(),
          "NodeRails' names have 1 to 255 characters",
          "use a shorter name");
    }
    if (plan.description().length() > DESCRIPTION) {
      refuse(
          "spec.description",
          plan.description(),
          "NodeRails' descriptions have at most 2000 characters",
          "use a shorter text");
    }
    if (!plan.imageUrl().isEmpty() && !plan.imageUrl().matches("https?://[^\\s]+")) {
      refuse("spec.imageUrl", plan.imageUrl(), "is no URL", "write it like https://...");
    }
    plan.externalId()
        .filter(it -> !NodeRailsSettings.isId(it))
        .ifPresent(
            it ->
                refuse(
                    "spec.externalId",
                    it,
                    "ids of NodeRails are UUIDs",
                    "write the id that the dashboard shows"));
    if (!plan.invoiceDisplayName().isEmpty()) {
      warnings.add(
          plan.object()
              + " spec.invoiceDisplayName: NodeRails has no place for it; it is not sent");
    }
  }

  private void kind() {
    if (plan.type() == CatalogPlan.Type.ADD_ON) {
      refuse(
          "spec.type",
          "AddOn",
          "NodeRails has no add-ons",
          "use type: Plan, and let people subscribe to both");
    }
    if (plan.pricing() == CatalogPlan.Pricing.CUSTOM) {
      refuse(
          "spec.pricing",
          "Custom",
          "every plan of NodeRails has a price",
          "use pricing: Paid with the price agreed on, or Free");
    }
    if (plan.pricing() == CatalogPlan.Pricing.FREE && plan.prices().isEmpty()) {
      refuse(
          "spec.pricing",
          "Free",
          "every plan of NodeRails has a price",
          "add a flat Price of \"0\" that names interval and currency");
    }
  }

  private void relations() {
    plan.product()
        .ifPresent(
            it ->
                refuse(
                    "spec.product",
                    it,
                    "NodeRails has no products above plans",
                    "leave product out; one BillingBackend is one app"));
    plan.parentPlan()
        .ifPresent(
            it ->
                refuse(
                    "spec.parentPlanRef",
                    it,
                    "NodeRails' plans inherit nothing",
                    "leave parentPlanRef out and list everything in this Plan"));
    if (!plan.compatibleAddOns().isEmpty()) {
      refuse(
          "spec.compatibleAddOns",
          String.join(", ", plan.compatibleAddOns()),
          "NodeRails has no add-ons",
          "leave compatibleAddOns out");
    }
    for (Entitlement it : plan.entitlements()) {
      refuse(
          "spec.entitlements[" + it.feature() + "]",
          it.feature(),
          "NodeRails has no features and grants nothing but the plan",
          "decide it by the plan in your own code; metadata of the Plan is there to read");
    }
    plan.creditGrants()
        .forEach(
            it ->
                refuse(
                    "spec.creditGrants",
                    it.credit(),
                    "NodeRails has no credits",
                    "leave creditGrants out"));
  }

  private void trial() {
    plan.trial()
        .ifPresent(
            trial -> {
              if (Wanted.planType(plan).equals(Wanted.ONE_TIME)) {
                refuse(
                    "spec.trial",
                    trial.days() + " days",
                    "what is paid once has no trial on NodeRails",
                    "leave trial out");
              }
              trial
                  .onEnd()
                  .filter(it -> it == CatalogPlan.TrialEnd.CANCEL)
                  .ifPresent(
                      it ->
                          refuse(
                              "spec.trial.onEnd",
                              "Cancel",
                              "NodeRails charges when a trial ends",
                              "use ConvertToPaid, and cancel the subscription yourself"));
            });
  }

  private void amounts() {
    plan.minimumCommitments()
        .forEach(
            it ->
                refuse(
                    "spec.minimumCommitments",
                    Decimals.canonical(it.amount()),
                    "NodeRails charges flat amounts, and so has no minimum",
                    "make the minimum the flat amount"));
    plan.usageThresholds()
        .forEach(
            it ->
                refuse(
                    "spec.usageThresholds",
                    Decimals.canonical(it.amount()),
                    "NodeRails counts no usage",
                    "leave usageThresholds out"));
  }

  private void tax() {
    plan.tax()
        .ifPresent(
            tax -> {
              if (tax.code().isEmpty() && tax.rate().isEmpty()) {
                refuse(
                    "spec.tax",
                    "",
                    "NodeRails' tax rates are found by id, name or percentage",
                    "name a tax rate that exists in NodeRails as code, or its rate");
              }
              tax.rate()
                  .filter(
                      it ->
                          it.stripTrailingZeros().scale() > PERCENT_DECIMALS
                              || it.signum() < 0
                              || it.compareTo(HUNDRED) > 0)
                  .ifPresent(
                      it ->
                          refuse(
                              "spec.tax.rate",
                              Decimals.canonical(it),
                              "NodeRails' tax rates are 0 to 100 percent with two decimals",
                              "use a rate in that range"));
            });
    if (plan.prices().stream().anyMatch(it -> !it.currency().equals("USD"))) {
      warnings.add(
          plan.object()
              + ": NodeRails takes any currency and fails when it is first charged if it does not"
              + " support it; its documentation shows USD only: currencies "
              + plan.prices().stream()
                  .map(CatalogPrice::currency)
                  .filter(it -> !it.equals("USD"))
                  .distinct()
                  .sorted()
                  .toList());
    }
  }

  private void refuse(String field, String value, String problem, String instead) {
    violations.add(new Violation(plan.object(), field, value, problem, instead));
  }
}
