package dev.planwright.backend.schematic;

import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;

/** What Schematic cannot say of a plan, and what it takes but somebody should know. */
final class SchematicCheck {
  private static final int NAME = 256;
  private static final int DESCRIPTION = 1024;

  private final CatalogPlan plan;
  private final SchematicSettings settings;
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private SchematicCheck(CatalogPlan plan, SchematicSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  static Verdict check(CatalogPlan plan, SchematicSettings settings) {
    SchematicCheck check = new SchematicCheck(plan, settings);
    check.texts();
    check.kind();
    check.relations();
    check.trial();
    check.entitlements();
    check.amounts();
    check.cosmetics();
    PriceCheck.check(plan, settings, check.violations, check.warnings);
    return new Verdict(check.violations, check.warnings);
  }

  private void texts() {
    String name = settings.name(plan);
    if (plan.displayName().isEmpty() || name.length() > NAME) {
      refuse(
          "spec.displayName",
          name,
          "TextTooLong: Schematic's names have 1 to 256 characters, the nameSuffix of the"
              + " BillingBackend included",
          "use a shorter name");
    }
    if (plan.description().length() > DESCRIPTION) {
      refuse(
          "spec.description",
          plan.description(),
          "TextTooLong: Schematic's descriptions have at most 1024 characters",
          "use a shorter description");
    }
  }

  private void kind() {
    if (plan.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED) {
      refuse(
          "spec.lifecycle",
          "Archived",
          "Schematic has no call that archives a plan",
          "leave it Active and take it out of the catalog in Schematic");
    }
    if (plan.pricing() == CatalogPlan.Pricing.CUSTOM && !plan.prices().isEmpty()) {
      refuse(
          "spec.pricing",
          "Custom",
          "a plan that Schematic does not bill (charge_type none) has no prices",
          "remove the prices, or use pricing: Paid");
    }
    if (plan.pricing() != CatalogPlan.Pricing.PAID) {
      warnings.add(
          plan.object()
              + " spec.pricing: whether it is the plan of those who have no other (initial or"
              + " fallback plan) is a catalog setting in Schematic");
    }
  }

  private void relations() {
    plan.product()
        .ifPresent(
            it -> refuse("spec.product", it, "Schematic has no products", "leave product out"));
    plan.parentPlan()
        .ifPresent(
            it ->
                refuse(
                    "spec.parentPlanRef",
                    it,
                    "Schematic's plans inherit nothing",
                    "leave parentPlanRef out and list everything in this Plan"));
    if (!plan.compatibleAddOns().isEmpty()) {
      refuse(
          "spec.compatibleAddOns",
          String.join(", ", plan.compatibleAddOns()),
          "which add-ons go with a plan is a catalog setting, written only as a whole",
          "leave compatibleAddOns out and set it in Schematic's catalog");
    }
    if (!plan.creditGrants().isEmpty()) {
      refuse(
          "spec.creditGrants",
          plan.creditGrants().getFirst().credit(),
          "when Schematic's grants start anew and what expires is more than a manifest says",
          "leave creditGrants out and grant credits in Schematic; they are left alone");
    }
  }

  private void trial() {
    if (plan.trial().isEmpty()) {
      return;
    }
    CatalogPlan.Trial trial = plan.trial().get();
    String days = Integer.toString(trial.days());
    trial
        .onEnd()
        .ifPresent(
            it ->
                refuse(
                    "spec.trial.onEnd",
                    it.name(),
                    "UnsupportedTrial: what follows a trial is a catalog setting (trial expiry"
                        + " plan, payment method required)",
                    "leave onEnd out and set it in Schematic's catalog"));
    if (trial.days() < 1) {
      refuse("spec.trial.days", days, "UnsupportedTrial: is less than a day", "use 1 or more");
    }
    if (plan.prices(Role.ALTERNATIVE).findAny().isEmpty()) {
      refuse(
          "spec.trial",
          days + " days",
          "UnsupportedTrial: only a plan with a recurring price has a trial",
          "add a flat recurring Price, or leave trial out");
    }
    if (plan.prices(Role.COMPONENT).findAny().isPresent()) {
      refuse(
          "spec.trial",
          days + " days",
          "UnsupportedTrial: Schematic refuses to start a trial of a plan with usage prices",
          "leave trial out, or sell usage as an add-on or another Plan");
    }
    if (plan.type() == CatalogPlan.Type.ADD_ON) {
      refuse(
          "spec.trial",
          days + " days",
          "UnsupportedTrial: Schematic refuses to start a trial where add-ons come along",
          "leave trial out");
    }
  }

  private void entitlements() {
    for (Entitlement entitlement : plan.entitlements()) {
      String field = "spec.entitlements[" + entitlement.feature() + "]";
      entitlement
          .mode()
          .ifPresent(
              it ->
                  refuse(
                      field + ".mode",
                      it.name(),
                      "how an add-on meets the plan is decided by Schematic",
                      "leave mode out"));
      switch (entitlement.grant()) {
        case Entitlement.Enabled enabled -> {}
        case Entitlement.Unlimited unlimited -> {}
        case Entitlement.Limit limit -> limit(entitlement, field, limit);
        case Entitlement.Value value ->
            refuse(
                field + ".value",
                value.value(),
                "Schematic's entitlements are switches and numbers",
                "use a boolean feature for each level");
      }
      together(entitlement, field);
    }
  }

  private void limit(Entitlement entitlement, String field, Entitlement.Limit limit) {
    if (!Money.isWhole(limit.limit())
        || limit.limit().signum() < 0
        || limit.limit().compareTo(Money.MAX) > 0) {
      refuse(
          field + ".limit",
          Decimals.canonical(limit.limit()),
          "Schematic's limits are whole numbers",
          "use a whole number of 0 or more");
    }
    limit
        .reset()
        .filter(it -> it == Interval.Unit.YEAR)
        .ifPresent(
            it ->
                refuse(
                    field + ".reset",
                    "Year",
                    "Schematic counts anew every day, week or month, or never",
                    "use reset: Day, Week or Month, or leave reset out"));
    if (plan.type() == CatalogPlan.Type.ADD_ON) {
      refuse(
          field + ".limit",
          Decimals.canonical(limit.limit()),
          "Schematic's add-ons grant on or off, unlimited or paid use, and no fixed amount",
          "use enabled, unlimited or a usage price, or grant it in the plan");
    }
    boolean overage =
        components(entitlement.feature()).stream()
            .anyMatch(it -> it.model() instanceof PriceModel.Overage);
    if (limit.soft() && !overage) {
      refuse(
          field + ".soft",
          "true",
          "Schematic's soft limit is where paid overage begins",
          "add an overage Price of this feature, or leave soft out");
    }
  }

  /** Prices and limit of a feature are one entitlement in Schematic. */
  private void together(Entitlement entitlement, String field) {
    for (CatalogPrice price : components(entitlement.feature())) {
      boolean fits =
          switch (entitlement.grant()) {
            case Entitlement.Unlimited unlimited -> isAny(price, Grant.PAID_AS_USED, Grant.TIERED);
            case Entitlement.Limit limit ->
                limit.soft()
                    ? isAny(price, Grant.OVERAGE)
                    : isAny(price, Grant.PAID_AS_USED, Grant.TIERED) && limit.limit().signum() > 0;
            case Entitlement.Enabled enabled -> false;
            case Entitlement.Value value -> true; // refused by itself
          };
      if (!fits) {
        refuse(
            field,
            price.name(),
            "a feature has one entitlement in Schematic, and Price "
                + price.name()
                + " ("
                + price.model().field()
                + ") makes another of it",
            "leave the entitlement out: what is paid for can be used; beside metered use, a limit"
                + " above 0 or unlimited is possible, beside overage a soft limit");
      }
    }
  }

  private List<CatalogPrice> components(String feature) {
    String looked = settings.feature(feature);
    return plan.prices(Role.COMPONENT)
        .filter(
            it ->
                it.model() instanceof PriceModel.Overage overage
                    ? overage.feature().equals(feature)
                    : settings.metric(Wanted.word(it.model())).equals(looked))
        .toList();
  }

  private static boolean isAny(CatalogPrice price, String... behaviors) {
    return List.of(behaviors).contains(Wanted.behavior(price));
  }

  private void amounts() {
    if (!plan.minimumCommitments().isEmpty()) {
      refuse(
          "spec.minimumCommitments",
          Decimals.canonical(plan.minimumCommitments().getFirst().amount()),
          "Schematic's plans have no minimum spend",
          "leave it out, or raise the flat price");
    }
    if (!plan.usageThresholds().isEmpty()) {
      refuse(
          "spec.usageThresholds",
          Decimals.canonical(plan.usageThresholds().getFirst().amount()),
          "Schematic has a billing threshold for each feature and none for a plan",
          "leave it out");
    }
    plan.tax()
        .ifPresent(
            it ->
                refuse(
                    "spec.tax",
                    it.code(),
                    "Schematic leaves taxes to Stripe",
                    "leave tax out and set it in Stripe"));
  }

  private void cosmetics() {
    warnIf(!plan.metadata().isEmpty(), "spec.metadata");
    warnIf(!plan.imageUrl().isEmpty(), "spec.imageUrl");
    warnIf(!plan.invoiceDisplayName().isEmpty(), "spec.invoiceDisplayName");
    warnIf(
        plan.defaultPrice().isPresent() && plan.prices(Role.ALTERNATIVE).count() > 1,
        "spec.defaultPrice");
  }

  private void warnIf(boolean set, String field) {
    if (set) {
      warnings.add(plan.object() + " " + field + ": Schematic has no place for it; it is not sent");
    }
  }

  private void refuse(String field, String value, String problem, String instead) {
    violations.add(new Violation(plan.object(), field, value, problem, instead));
  }
}
