package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.Lifecycle;
import dev.planwright.api.v1alpha1.LocalRef;
import dev.planwright.api.v1alpha1.PlanSpec;
import dev.planwright.api.v1alpha1.PlanType;
import dev.planwright.api.v1alpha1.Pricing;
import dev.planwright.api.v1alpha1.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The spec of one Plan, without its Prices and without the Plans it names. */
final class PlanCompiler {
  private final PlanSpec spec;
  private final CompilerFields fields;

  PlanCompiler(PlanSpec spec, CompilerFields fields) {
    this.spec = spec;
    this.fields = fields;
  }

  /** The plan without prices, parent and add-ons. */
  CatalogPlan compile(Identity identity, String namespace, String name) {
    CatalogPlan plan =
        new CatalogPlan(
            identity,
            namespace,
            name,
            fields.externalId("spec.externalId", spec.externalId()),
            fields.requiredLine("spec.displayName", spec.displayName()),
            fields.line("spec.invoiceDisplayName", spec.invoiceDisplayName()),
            fields.text("spec.description", spec.description(), Formats.TEXT_LENGTH, true),
            fields.url("spec.imageUrl", spec.imageUrl()),
            spec.type() == PlanType.ADD_ON ? CatalogPlan.Type.ADD_ON : CatalogPlan.Type.PLAN,
            pricing(),
            spec.lifecycle() == Lifecycle.ARCHIVED
                ? CatalogPlan.Lifecycle.ARCHIVED
                : CatalogPlan.Lifecycle.ACTIVE,
            fields.optionalWord("spec.product", spec.product()),
            Optional.empty(),
            List.of(),
            defaultPrice(),
            trial(),
            entitlements(),
            creditGrants(),
            minimumCommitments(),
            usageThresholds(),
            tax(),
            fields.metadata(spec.metadata()),
            List.of());
    requiredPrices();
    addOns();
    return plan;
  }

  private CatalogPlan.Pricing pricing() {
    Pricing pricing = spec.pricing();
    return switch (pricing) {
      case FREE -> CatalogPlan.Pricing.FREE;
      case CUSTOM -> CatalogPlan.Pricing.CUSTOM;
      case PAID -> CatalogPlan.Pricing.PAID;
      case null -> CatalogPlan.Pricing.PAID;
    };
  }

  private Optional<String> defaultPrice() {
    String name = spec.defaultPrice();
    if (name == null) {
      return Optional.empty();
    }
    if (!spec.requiredPrices().isEmpty() && !spec.requiredPrices().contains(name)) {
      fields.report(
          Rule.DEFAULT_PRICE_REQUIRED,
          "spec.defaultPrice",
          name,
          "is not among spec.requiredPrices",
          "add it there, or name one of them");
    }
    return Optional.of(fields.name("spec.defaultPrice", name));
  }

  private void requiredPrices() {
    Set<String> seen = new HashSet<>();
    List<String> names =
        fields.bounded("spec.requiredPrices", spec.requiredPrices(), Formats.PRICES);
    for (int i = 0; i < names.size(); i++) {
      String field = "spec.requiredPrices[" + i + "]";
      if (!seen.add(fields.name(field, names.get(i)))) {
        fields.report(
            Rule.REQUIRED_PRICES_UNIQUE, field, names.get(i), "is named twice", "name it once");
      }
    }
  }

  private void addOns() {
    List<LocalRef> addOns = fields.bounded("spec.compatibleAddOns", spec.compatibleAddOns(), 100);
    if (spec.type() == PlanType.ADD_ON && !addOns.isEmpty()) {
      fields.report(
          Rule.ADD_ON_HAS_NO_ADD_ONS,
          "spec.compatibleAddOns",
          "",
          "is set on an AddOn",
          "name add-ons on the Plans that they go with");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < addOns.size(); i++) {
      String name = addOns.get(i).name();
      if (!name.isEmpty() && !seen.add(name)) {
        fields.report(
            Rule.ADD_ONS_UNIQUE,
            "spec.compatibleAddOns[" + i + "].name",
            name,
            "is named twice",
            "name it once");
      }
    }
  }

  private Optional<CatalogPlan.Trial> trial() {
    PlanSpec.Trial trial = spec.trial();
    if (trial == null) {
      return Optional.empty();
    }
    if (spec.pricing() == Pricing.FREE) {
      fields.report(
          Rule.TRIAL_NEEDS_PAID,
          "spec.trial",
          "",
          "is set on a Plan that is Free",
          "leave it out: there is nothing to try before paying");
    }
    Integer days = trial.days();
    if (days == null) {
      fields.missing("spec.trial.days", "set how many days the trial lasts, or remove spec.trial");
    }
    long checked =
        fields.whole(
            Rule.TRIAL_DAYS, "spec.trial.days", days == null ? null : days.longValue(), 1, 730, 1);
    return Optional.of(new CatalogPlan.Trial((int) checked, CompilerWords.trialEnd(trial.onEnd())));
  }

  private List<Entitlement> entitlements() {
    List<Entitlement> compiled = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<PlanSpec.Entitlement> all = fields.bounded("spec.entitlements", spec.entitlements(), 200);
    for (int i = 0; i < all.size(); i++) {
      String at = "spec.entitlements[" + i + "]";
      PlanSpec.Entitlement entitlement = all.get(i);
      String feature = fields.word(at + ".feature", entitlement.feature());
      if (!feature.isEmpty() && !seen.add(feature)) {
        fields.report(
            Rule.ENTITLEMENT_UNIQUE,
            at + ".feature",
            feature,
            "is entitled twice",
            "say once what a subscriber gets of it");
      }
      entitlementMode(at, entitlement);
      compiled.add(
          new Entitlement(feature, grant(at, entitlement), CompilerWords.mode(entitlement.mode())));
    }
    return compiled;
  }

  private Entitlement.Grant grant(String at, PlanSpec.Entitlement entitlement) {
    boolean unlimited = Boolean.TRUE.equals(entitlement.unlimited());
    List<Entitlement.Grant> grants = new ArrayList<>();
    Boolean enabled = entitlement.enabled();
    if (enabled != null) {
      grants.add(new Entitlement.Enabled(enabled));
    }
    Long limit = entitlement.limit();
    if (limit != null) {
      grants.add(
          new Entitlement.Limit(
              BigDecimal.valueOf(fields.quantity(at + ".limit", limit, 0, 0)),
              CompilerWords.unit(entitlement.reset()),
              Boolean.TRUE.equals(entitlement.soft())));
    }
    if (entitlement.value() != null) {
      grants.add(new Entitlement.Value(fields.line(at + ".value", entitlement.value())));
    }
    if (unlimited) {
      grants.add(new Entitlement.Unlimited());
    }
    if (grants.size() != 1) {
      fields.report(
          Rule.ENTITLEMENT_ONE_KIND,
          at,
          entitlement.feature(),
          grants.isEmpty() ? "says nothing of what is given" : "says several things at once",
          "set exactly one of enabled, limit, value and unlimited: true");
      return new Entitlement.Unlimited();
    }
    if (limit == null && (entitlement.reset() != null || Boolean.TRUE.equals(entitlement.soft()))) {
      fields.report(
          Rule.ENTITLEMENT_LIMIT_WORDS,
          at,
          entitlement.feature(),
          "has reset or soft and no limit",
          "set a limit, or remove reset and soft");
    }
    return grants.getFirst();
  }

  private void entitlementMode(String at, PlanSpec.Entitlement entitlement) {
    if (entitlement.mode() == null) {
      return;
    }
    if (spec.type() != PlanType.ADD_ON) {
      fields.report(
          Rule.ENTITLEMENT_MODE_ADD_ON,
          at + ".mode",
          entitlement.mode(),
          "is set on a Plan that is no AddOn",
          "remove it, or set spec.type: AddOn");
    }
    if (entitlement.mode() == dev.planwright.api.v1alpha1.EntitlementMode.INCREMENT
        && entitlement.limit() == null) {
      fields.report(
          Rule.ENTITLEMENT_INCREMENT_LIMIT,
          at + ".mode",
          entitlement.mode(),
          "has no limit to add",
          "set a limit, or use Override");
    }
  }

  private List<CatalogPlan.CreditGrant> creditGrants() {
    List<CatalogPlan.CreditGrant> compiled = new ArrayList<>();
    List<PlanSpec.CreditGrant> all = fields.bounded("spec.creditGrants", spec.creditGrants(), 20);
    for (int i = 0; i < all.size(); i++) {
      String at = "spec.creditGrants[" + i + "]";
      compiled.add(
          new CatalogPlan.CreditGrant(
              fields.word(at + ".credit", all.get(i).credit()),
              fields.amount(at + ".amount", all.get(i).amount()),
              CompilerWords.unit(all.get(i).every())));
    }
    return compiled;
  }

  private List<CatalogPlan.MinimumCommitment> minimumCommitments() {
    List<CatalogPlan.MinimumCommitment> compiled = new ArrayList<>();
    List<PlanSpec.MinimumCommitment> all =
        fields.bounded("spec.minimumCommitments", spec.minimumCommitments(), 20);
    if (spec.pricing() == Pricing.FREE && !all.isEmpty()) {
      fields.report(
          Rule.FREE_HAS_NO_COMMITMENT,
          "spec.minimumCommitments",
          "",
          "is set on a Plan that is Free",
          "remove it, or set spec.pricing: Paid");
    }
    Set<Map.Entry<String, Interval.Unit>> seen = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      String at = "spec.minimumCommitments[" + i + "]";
      PlanSpec.MinimumCommitment commitment = all.get(i);
      Optional<Interval.Unit> every = CompilerWords.unit(commitment.every());
      if (every.isEmpty()) {
        fields.missing(at + ".every", "set Day, Week, Month or Year");
      }
      String currency = fields.currency(at + ".currency", commitment.currency());
      Interval.Unit unit = every.orElse(Interval.Unit.MONTH);
      if (every.isPresent() && !seen.add(Map.entry(currency, unit))) {
        fields.report(
            Rule.COMMITMENT_UNIQUE,
            at,
            currency + " every " + commitment.every(),
            "is there twice",
            "keep one");
      }
      compiled.add(
          new CatalogPlan.MinimumCommitment(
              fields.amount(at + ".amount", commitment.amount()), currency, unit));
    }
    return compiled;
  }

  private List<CatalogPlan.UsageThreshold> usageThresholds() {
    List<CatalogPlan.UsageThreshold> compiled = new ArrayList<>();
    List<PlanSpec.UsageThreshold> all =
        fields.bounded("spec.usageThresholds", spec.usageThresholds(), 20);
    for (int i = 0; i < all.size(); i++) {
      String at = "spec.usageThresholds[" + i + "]";
      PlanSpec.UsageThreshold threshold = all.get(i);
      Optional<BigDecimal> amount = positive(at + ".amount", threshold.amount());
      compiled.add(
          new CatalogPlan.UsageThreshold(
              amount.orElse(BigDecimal.ONE),
              fields.currency(at + ".currency", threshold.currency()),
              Boolean.TRUE.equals(threshold.recurring()),
              fields.line(at + ".displayName", threshold.displayName())));
    }
    return compiled;
  }

  private Optional<BigDecimal> positive(String field, String written) {
    // Zero is well written, and means a bill for nothing again and again.
    if (CompilerNumbers.meant(written).filter("0"::equals).isPresent()) {
      fields.report(Rule.THRESHOLD_POSITIVE, field, written, "is zero", "use an amount above zero");
      return Optional.empty();
    }
    return Optional.of(fields.amount(field, written));
  }

  private Optional<CatalogPlan.Tax> tax() {
    PlanSpec.Tax tax = spec.tax();
    if (tax == null) {
      return Optional.empty();
    }
    Optional<String> code = fields.optionalWord("spec.tax.code", tax.code());
    if (code.isEmpty() && tax.rate() == null && tax.behavior() == null) {
      fields.report(
          Rule.TAX_SAYS_SOMETHING,
          "spec.tax",
          "",
          "is empty",
          "set code, rate or behavior, or remove it");
    }
    return Optional.of(
        new CatalogPlan.Tax(
            code.orElse(""),
            fields.optionalRate("spec.tax.rate", tax.rate()),
            CompilerWords.taxBehavior(tax.behavior())));
  }
}
