package dev.planwright.backend.stigg;

import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Stigg cannot say of a plan, and what it takes but somebody should know. */
final class StiggCheck {
  private static final int TEXT = 255;
  private static final int MODELS = 50;

  private final CatalogPlan plan;
  private final StiggSettings settings;
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private StiggCheck(CatalogPlan plan, StiggSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  static Verdict check(CatalogPlan plan, StiggSettings settings) {
    StiggCheck check = new StiggCheck(plan, settings);
    check.identity();
    check.product();
    check.addOn();
    check.trial();
    check.entitlements();
    check.credits();
    check.commitments();
    check.never();
    check.cosmetics();
    check.pricing();
    StiggPriceCheck.check(plan, settings, check.violations, check.warnings);
    StiggMarkets.check(plan, settings, check.violations);
    check.count();
    return new Verdict(check.violations, check.warnings);
  }

  private void identity() {
    String key = plan.identity().key();
    if (!key.matches(StiggSettings.ID)) {
      refuse(
          "spec.key",
          key,
          "is no id that Stigg takes",
          "use 1 to 255 letters, digits, \".\", \"_\", \"|\" and \"-\", the first a letter or digit");
    }
    if (plan.displayName().isEmpty() || plan.displayName().length() > TEXT) {
      refuse(
          "spec.displayName",
          plan.displayName(),
          "Stigg's names have 1 to 255 characters",
          "use a shorter name");
    }
    if (plan.description().length() > TEXT) {
      refuse(
          "spec.description",
          plan.description(),
          "Stigg's descriptions have at most 255 characters",
          "use a shorter text");
    }
    for (String name : plan.metadata().keySet()) {
      if (name.startsWith(Mark.PREFIX) || name.contains(",")) {
        refuse(
            "spec.metadata",
            name,
            "names that begin with " + Mark.PREFIX + " or hold a comma are kept for Planwright",
            "use another name");
      }
    }
    plan.metadata()
        .forEach(
            (name, value) -> {
              if (value.isEmpty()) {
                warnings.add(
                    plan.object()
                        + " spec.metadata."
                        + name
                        + ": an empty value is the same as"
                        + " none on Stigg");
              }
            });
  }

  private void product() {
    if (settings.product(plan).isEmpty()) {
      refuse(
          "spec.product",
          "",
          "every plan of Stigg belongs to a product",
          "name one here, or set productId in the BillingBackend");
    }
    plan.externalId()
        .filter(it -> !it.matches(StiggSettings.ID))
        .ifPresent(
            it -> refuse("spec.externalId", it, "is no id of Stigg", "copy it out of the console"));
  }

  private void addOn() {
    if (plan.type() != CatalogPlan.Type.ADD_ON) {
      return;
    }
    plan.parentPlan()
        .ifPresent(
            it ->
                refuse(
                    "spec.parentPlanRef",
                    it,
                    "Stigg's add-ons inherit nothing",
                    "leave parentPlanRef out"));
    if (!plan.compatibleAddOns().isEmpty()) {
      refuse(
          "spec.compatibleAddOns",
          String.join(", ", plan.compatibleAddOns()),
          "Stigg's add-ons have no add-ons",
          "name the add-on in the plans that it can be bought with");
    }
    for (Entitlement entitlement : plan.entitlements()) {
      if (entitlement.grant() instanceof Entitlement.Limit && entitlement.mode().isEmpty()) {
        refuse(
            "spec.entitlements[" + entitlement.feature() + "].mode",
            "",
            "Stigg's add-ons either add to the plan's limit or replace it",
            "write mode: Increment or mode: Override");
      }
    }
  }

  private void trial() {
    plan.trial()
        .ifPresent(
            trial -> {
              if (plan.type() == CatalogPlan.Type.ADD_ON) {
                refuse(
                    "spec.trial",
                    trial.days() + " days",
                    "Stigg's add-ons have no trial",
                    "set it on the plan");
              } else if (plan.pricing() != CatalogPlan.Pricing.PAID) {
                refuse(
                    "spec.trial",
                    trial.days() + " days",
                    "only paid plans have a trial on Stigg",
                    "leave trial out");
              }
            });
  }

  private void entitlements() {
    Set<String> seen = new HashSet<>();
    for (Entitlement entitlement : plan.entitlements()) {
      String field = "spec.entitlements[" + entitlement.feature() + "]";
      if (!seen.add(settings.feature(entitlement.feature()))) {
        refuse(
            field,
            settings.feature(entitlement.feature()),
            "two entries name the same feature of Stigg",
            "keep one");
      }
      switch (entitlement.grant()) {
        case Entitlement.Enabled enabled -> {}
        case Entitlement.Unlimited unlimited -> {}
        case Entitlement.Limit limit -> number(field + ".limit", limit.limit());
        case Entitlement.Value(String value) -> {
          if (value.isEmpty()) {
            refuse(field + ".value", "", "Stigg knows no empty value", "write one of its values");
          }
        }
      }
    }
  }

  private void credits() {
    Set<String> seen = new HashSet<>();
    plan.entitlements().forEach(it -> seen.add(settings.feature(it.feature())));
    for (CatalogPlan.CreditGrant grant : plan.creditGrants()) {
      String field = "spec.creditGrants[" + grant.credit() + "]";
      if (grant.every().flatMap(Words::period).isEmpty()) {
        refuse(
            field + ".every",
            grant.every().map(Enum::name).orElse(""),
            "Stigg grants credits every month or every year",
            "write every: Month or every: Year");
      }
      if (!seen.add(grant.credit())) {
        refuse(
            field,
            grant.credit(),
            "a plan of Stigg has one entitlement for each feature and credit",
            "add the amounts up in one entry");
      }
      number(field + ".amount", grant.amount());
    }
  }

  private void number(String field, BigDecimal value) {
    if (value.signum() < 0 || value.stripTrailingZeros().scale() > Words.DECIMALS) {
      refuse(
          field,
          Decimals.canonical(value),
          "Stigg takes amounts from 0 on with at most " + Words.DECIMALS + " decimals",
          "use such a number");
    }
  }

  private void commitments() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < plan.minimumCommitments().size(); i++) {
      CatalogPlan.MinimumCommitment it = plan.minimumCommitments().get(i);
      String field = "spec.minimumCommitments[" + i + "]";
      if (plan.pricing() != CatalogPlan.Pricing.PAID) {
        refuse(
            field,
            Decimals.canonical(it.amount()),
            "only paid plans have a minimum on Stigg",
            "leave minimumCommitments out");
      }
      if (Words.period(it.every()).isEmpty()) {
        refuse(field + ".every", it.every().name(), "Stigg bills every month or year", "use Month");
      } else if (!seen.add(it.every().name())) {
        refuse(
            field,
            Decimals.canonical(it.amount()),
            "a plan of Stigg has one minimum for each period",
            "use one commitment");
      }
      StiggPriceCheck.money(
          plan.object(), field, it.amount(), it.currency(), true, violations::add);
      boolean sold =
          plan.prices().stream().allMatch(price -> price.currency().equals(it.currency()));
      if (!sold) {
        refuse(
            field + ".currency",
            it.currency(),
            "a minimum in one currency says nothing about prices in another",
            "use one currency for the whole plan, or leave minimumCommitments out");
      }
    }
  }

  private void never() {
    for (int i = 0; i < plan.usageThresholds().size(); i++) {
      refuse(
          "spec.usageThresholds[" + i + "]",
          Decimals.canonical(plan.usageThresholds().get(i).amount()),
          "Stigg's plans have no usage thresholds",
          "set an alert in Stigg or in the billing system behind it");
    }
    plan.tax()
        .ifPresent(
            it ->
                refuse(
                    "spec.tax",
                    it.code(),
                    "Stigg's plans say nothing about tax",
                    "set it up in the billing system behind Stigg"));
  }

  private void cosmetics() {
    warnIf(!plan.imageUrl().isEmpty(), "spec.imageUrl");
    warnIf(!plan.invoiceDisplayName().isEmpty(), "spec.invoiceDisplayName");
    warnIf(plan.defaultPrice().isPresent(), "spec.defaultPrice");
  }

  private void pricing() {
    switch (plan.pricing()) {
      case PAID -> {}
      case FREE -> {
        for (CatalogPrice price : plan.prices()) {
          boolean zero =
              price.role() == Role.ALTERNATIVE
                  && price.model() instanceof PriceModel.Flat flat
                  && flat.amount().signum() == 0;
          if (!zero) {
            unpriced(price, "Free", "use pricing: Paid");
          }
        }
      }
      case CUSTOM ->
          plan.prices()
              .forEach(it -> unpriced(it, "Custom", "leave the Price out, or use pricing: Paid"));
    }
  }

  private void unpriced(CatalogPrice price, String pricing, String instead) {
    violations.add(
        new Violation(
            plan.object(price),
            "spec." + price.model().field(),
            "",
            "a plan with pricing: " + pricing + " has no prices on Stigg",
            instead));
  }

  private void count() {
    List<PriceRows.Wanted> rows = new PriceRows(plan, settings).all();
    for (boolean overages : List.of(false, true)) {
      long models = PriceRows.models(rows, overages);
      if (models > MODELS) {
        refuse(
            "spec",
            models + " prices",
            "Stigg takes at most " + MODELS + " pricing models in a plan",
            "use fewer prices, or several plans");
      }
    }
  }

  private void warnIf(boolean set, String field) {
    if (set) {
      warnings.add(plan.object() + " " + field + ": Stigg has no place for it; it is not sent");
    }
  }

  private void refuse(String field, String value, String problem, String instead) {
    violations.add(new Violation(plan.object(), field, value, problem, instead));
  }
}
