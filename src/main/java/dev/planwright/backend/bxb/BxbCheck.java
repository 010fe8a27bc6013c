package dev.planwright.backend.bxb;

import dev.planwright.backend.AccountFacts;
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

/** What bxb cannot say of a plan, and what it takes but somebody should know. */
final class BxbCheck {
  private static final int TEXT = 255;

  private final CatalogPlan plan;
  private final BxbSettings settings;
  private final boolean taxesWork;
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private BxbCheck(CatalogPlan plan, BxbSettings settings, boolean taxesWork) {
    this.plan = plan;
    this.settings = settings;
    this.taxesWork = taxesWork;
  }

  static Verdict check(CatalogPlan plan, BxbSettings settings, AccountFacts facts) {
    boolean taxesWork =
        facts.isKnown()
            ? Boolean.parseBoolean(facts.facts().getOrDefault(BxbProvider.FACT_DEFAULT, "false"))
            : settings.organizationId().isEmpty()
                || settings.organizationId().equals(BxbSettings.DEFAULT_ORGANIZATION);
    BxbCheck check = new BxbCheck(plan, settings, taxesWork);
    check.identity();
    check.kind();
    check.relations();
    check.trial();
    check.entitlements();
    check.commitments();
    check.thresholds();
    check.tax();
    check.cosmetics();
    check.pricing();
    PriceCheck.check(plan, settings, check.violations, check.warnings);
    return new Verdict(check.violations, check.warnings);
  }

  private void identity() {
    String key = plan.identity().key();
    if (key.length() > TEXT) {
      refuse("spec.key", key, "is longer than 255 characters", "use a shorter key");
    }
    if (!key.matches("[A-Za-z0-9][A-Za-z0-9._|-]*")) {
      // A slash would make the plan's commitments and thresholds unreachable.
      refuse(
          "spec.key",
          key,
          "holds characters that bxb cannot route",
          "use letters, digits, \".\", \"_\", \"|\" and \"-\"");
    }
    if (plan.displayName().isEmpty() || plan.displayName().length() > TEXT) {
      refuse(
          "spec.displayName",
          plan.displayName(),
          "bxb's names have 1 to 255 characters",
          "use a shorter name");
    }
    if (!settings.marks()
        && plan.description().lines().anyMatch(it -> MarkLine.parse(it).isPresent())) {
      refuse(
          "spec.description",
          plan.description(),
          "reads like an owner's mark",
          "reword the line that starts with \"planwright:\"");
    }
  }

  private void kind() {
    if (plan.type() == CatalogPlan.Type.ADD_ON) {
      refuse(
          "spec.type",
          "AddOn",
          "bxb's add-ons are one-off fees and no plans",
          "use type: Plan, or sell it as a price of the plan");
    }
    if (plan.pricing() == CatalogPlan.Pricing.CUSTOM) {
      refuse(
          "spec.pricing",
          "Custom",
          "bxb has no plan without prices",
          "use pricing: Paid with the price agreed on, or Free");
    }
    if (plan.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED) {
      refuse(
          "spec.lifecycle",
          "Archived",
          "bxb cannot stop selling a plan and keep it for its subscribers",
          "leave it Active and offer it nowhere, or delete it once nobody subscribes");
    }
  }

  private void relations() {
    plan.product()
        .ifPresent(it -> refuse("spec.product", it, "bxb has no products", "leave product out"));
    plan.parentPlan()
        .ifPresent(
            it ->
                refuse(
                    "spec.parentPlanRef",
                    it,
                    "bxb's plans inherit nothing",
                    "leave parentPlanRef out and list everything in this Plan"));
    if (!plan.compatibleAddOns().isEmpty()) {
      refuse(
          "spec.compatibleAddOns",
          String.join(", ", plan.compatibleAddOns()),
          "bxb's plans have no add-ons",
          "leave compatibleAddOns out");
    }
    if (!plan.creditGrants().isEmpty()) {
      refuse(
          "spec.creditGrants",
          plan.creditGrants().getFirst().credit(),
          "bxb's plans grant no credits",
          "use an entitlement, or top up the customer's wallet in bxb");
    }
  }

  private void trial() {
    plan.trial()
        .ifPresent(
            trial -> {
              if (!settings.trialIsInformational()) {
                refuse(
                    "spec.trial",
                    trial.days() + " days",
                    "bxb stores a trial and does not apply it",
                    "set the trial on each subscription and leave it out here, or set"
                        + " trialIsInformational: true in the BillingBackend");
              } else {
                warnings.add(
                    "bxb stores the trial of "
                        + trial.days()
                        + " days and does not apply it: set trial_period_days on each subscription");
              }
              trial
                  .onEnd()
                  .ifPresent(
                      end ->
                          refuse(
                              "spec.trial.onEnd",
                              end.name(),
                              "bxb does nothing when a trial ends",
                              "leave onEnd out"));
            });
  }

  private void entitlements() {
    for (Entitlement entitlement : plan.entitlements()) {
      String field = "spec.entitlements[" + entitlement.feature() + "]";
      entitlement
          .mode()
          .ifPresent(
              it -> refuse(field + ".mode", it.name(), "bxb has no add-ons", "leave mode out"));
      switch (entitlement.grant()) {
        case Entitlement.Enabled enabled -> {}
        case Entitlement.Limit limit -> limit(field, limit);
        case Entitlement.Unlimited unlimited ->
            refuse(
                field + ".unlimited",
                "true",
                "bxb's limits are numbers",
                "use a limit that nobody reaches, or a boolean feature");
        case Entitlement.Value value -> {
          if (value.value().isEmpty()) {
            refuse(field + ".value", "", "bxb stores no empty value", "write a text");
          }
        }
      }
    }
  }

  private void limit(String field, Entitlement.Limit limit) {
    limit
        .reset()
        .ifPresent(
            it ->
                refuse(
                    field + ".reset",
                    it.name(),
                    "bxb's limits never start anew",
                    "leave reset out"));
    if (limit.soft()) {
      refuse(
          field + ".soft",
          "true",
          "bxb's limits do not tell soft from hard",
          "leave soft out; bill what is beyond by a graduated price over the feature's metric");
    }
  }

  private void commitments() {
    for (int i = 0; i < plan.minimumCommitments().size(); i++) {
      CatalogPlan.MinimumCommitment it = plan.minimumCommitments().get(i);
      String field = "spec.minimumCommitments[" + i + "]";
      if (i > 0) {
        refuse(
            field,
            Decimals.canonical(it.amount()),
            "bxb bills every commitment on its own",
            "use one commitment");
      }
      minorAmount(field, it.amount(), it.currency());
      needsMark(field, it.amount());
      Optional<Interval> interval = Words.leading(plan).flatMap(CatalogPrice::interval);
      if (interval.isPresent() && !interval.get().equals(Interval.of(it.every(), 1))) {
        refuse(
            field + ".every",
            it.every().name(),
            "bxb's commitments run with the plan, every " + interval.get(),
            "give the commitment the interval of the plan's prices");
      }
      warnings.add(
          "bxb compares a minimum commitment with the usage charges alone, without the base fee");
    }
  }

  private void thresholds() {
    for (int i = 0; i < plan.usageThresholds().size(); i++) {
      CatalogPlan.UsageThreshold it = plan.usageThresholds().get(i);
      String field = "spec.usageThresholds[" + i + "]";
      minorAmount(field, it.amount(), it.currency());
      needsMark(field, it.amount());
      if (it.displayName().length() > TEXT) {
        refuse(
            field + ".displayName",
            it.displayName(),
            "is longer than 255 characters",
            "use a shorter name");
      }
    }
  }

  /**
   * bxb takes the same commitment or threshold twice. A create that lands after its answer was
   * given up is told from somebody else's only by our mark; without it, it would be billed twice
   * for ever.
   */
  private void needsMark(String field, BigDecimal amount) {
    if (!settings.marks()) {
      refuse(
          field,
          Decimals.canonical(amount),
          "bxb keeps no unique key for it, and with ownershipMark: None one made twice could not be"
              + " told from somebody else's",
          "set ownershipMark: Description on the BillingBackend, or make it in bxb by hand");
    }
  }

  private void minorAmount(String field, BigDecimal amount, String currency) {
    Optional<String> sold = Words.leading(plan).map(CatalogPrice::currency);
    if (sold.isPresent() && !sold.get().equals(currency)) {
      refuse(
          field + ".currency",
          currency,
          "bxb's plans have one currency, " + sold.get(),
          "use " + sold.get());
    }
    BigDecimal cents = Decimals.minorUnits(amount, currency);
    if (cents.stripTrailingZeros().scale() > Words.COMMITMENT_DECIMALS
        || cents.compareTo(Words.MAX_COMMITMENT_CENTS) > 0
        || cents.signum() < 0) {
      refuse(
          field + ".amount",
          Decimals.canonical(amount),
          "bxb keeps 0 to 99999999.9999 minor units with four decimals",
          "use an amount in that range");
    }
  }

  private void tax() {
    plan.tax()
        .ifPresent(
            tax -> {
              if (!taxesWork) {
                refuse(
                    "spec.tax",
                    tax.code(),
                    "bxb applies taxes to plans in its default organization only",
                    "leave tax out and set the tax on customers or for the organization");
              }
              if (tax.code().isEmpty()) {
                refuse(
                    "spec.tax.code",
                    "",
                    "bxb's taxes are known by their code",
                    "name a tax that exists in bxb");
              }
              if (tax.behavior().equals(Optional.of(CatalogPlan.TaxBehavior.INCLUSIVE))) {
                refuse(
                    "spec.tax.behavior",
                    "Inclusive",
                    "bxb adds tax on top of amounts",
                    "use behavior: Exclusive and net amounts");
              }
            });
  }

  private void cosmetics() {
    warnIf(!plan.metadata().isEmpty(), "spec.metadata");
    warnIf(!plan.imageUrl().isEmpty(), "spec.imageUrl");
    warnIf(!plan.invoiceDisplayName().isEmpty(), "spec.invoiceDisplayName");
    plan.defaultPrice()
        .filter(
            name -> plan.prices(Role.ALTERNATIVE).map(CatalogPrice::name).noneMatch(name::equals))
        .ifPresent(name -> warnIf(true, "spec.defaultPrice"));
  }

  private void pricing() {
    if (plan.pricing() == CatalogPlan.Pricing.FREE && Words.leading(plan).isEmpty()) {
      refuse(
          "spec.pricing",
          "Free",
          "bxb's plans need an interval and a currency",
          "add a flat Price of \"0\" that names both");
    }
    List<CatalogPrice> flat = plan.prices(Role.ALTERNATIVE).toList();
    for (CatalogPrice price : flat.stream().skip(1).toList()) {
      violations.add(
          new Violation(
              plan.object(price),
              "spec.flat",
              price.interval().map(Interval::toString).orElse(""),
              "bxb's plans have one flat price, and \"" + flat.getFirst().name() + "\" is there",
              "make one Plan for each interval and currency"));
    }
    if (plan.prices(Role.COMPONENT).findAny().isPresent() || !plan.minimumCommitments().isEmpty()) {
      warnings.add("bxb 0.7.0 bills the base fee only; usage charges are stored");
    }
  }

  private void warnIf(boolean set, String field) {
    if (set) {
      warnings.add(plan.object() + " " + field + ": bxb has no place for it; it is not sent");
    }
  }

  private void refuse(String field, String value, String problem, String instead) {
    violations.add(new Violation(plan.object(), field, value, problem, instead));
  }
}
