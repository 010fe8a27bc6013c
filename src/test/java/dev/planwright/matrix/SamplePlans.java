package dev.planwright.matrix;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The plans that the scenarios are made of: one flat price and usage on top. */
final class SamplePlans {
  static final String OWNER = "shop-test";
  static final Identity TEAM = new Identity(OWNER, "team");

  private SamplePlans() {}

  static Policies policies() {
    return new Policies(
        Policies.ExistingSubscribers.KEEP,
        Policies.Management.MANAGE,
        Policies.Adoption.NEVER,
        Policies.Deletion.RETAIN,
        Policies.DriftPolicy.REPORT);
  }

  static Policies with(Policies.ExistingSubscribers subscribers) {
    Policies p = policies();
    return new Policies(subscribers, p.management(), p.adoption(), p.deletion(), p.drift());
  }

  static Policies with(Policies.Adoption adoption) {
    Policies p = policies();
    return new Policies(p.existingSubscribers(), p.management(), adoption, p.deletion(), p.drift());
  }

  static Policies with(Policies.Deletion deletion) {
    Policies p = policies();
    return new Policies(p.existingSubscribers(), p.management(), p.adoption(), deletion, p.drift());
  }

  static Policies with(Policies base, Policies.DriftPolicy drift) {
    return new Policies(
        base.existingSubscribers(), base.management(), base.adoption(), base.deletion(), drift);
  }

  /** Paid, with these prices and nothing else. */
  static CatalogPlan plan(CatalogPrice... prices) {
    return new CatalogPlan(
        TEAM,
        "shop",
        "team",
        Optional.empty(),
        "Team",
        "",
        "For growing teams",
        "",
        CatalogPlan.Type.PLAN,
        CatalogPlan.Pricing.PAID,
        CatalogPlan.Lifecycle.ACTIVE,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(prices));
  }

  /** One flat price and two usage prices. */
  static CatalogPlan team() {
    return plan(flat("team-monthly", "49.00"), calls("0.002"), storage("team-storage"));
  }

  /** One price and a name, and nothing that can be left out. */
  static CatalogPlan silent(String amount) {
    return PlanDraft.edit(p -> p.description = "").apply(plan(flat("team-monthly", amount)));
  }

  static CatalogPrice flat(String name, String amount) {
    return price(name, new PriceModel.Flat(new BigDecimal(amount), Optional.empty()));
  }

  static CatalogPrice calls(String amount) {
    return price(
        "team-calls",
        new PriceModel.PerUnit(
            "api-calls",
            new BigDecimal(amount),
            PriceModel.UsageType.METERED,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            PriceModel.Unmatched.BASE_AMOUNT));
  }

  static CatalogPrice storage(String name) {
    return price(
        name,
        new PriceModel.Volume(
            "storage-gb",
            List.of(
                new PriceModel.Tier(
                    Optional.of(new BigDecimal("100")), new BigDecimal("0.10"), BigDecimal.ZERO),
                new PriceModel.Tier(Optional.empty(), new BigDecimal("0.08"), BigDecimal.ZERO))));
  }

  static CatalogPrice sms(String name) {
    return price(
        name,
        new PriceModel.Package(
            "sms", new BigDecimal("1000"), new BigDecimal("8.00"), BigDecimal.ZERO));
  }

  static CatalogPrice price(String name, PriceModel model) {
    boolean flat = model instanceof PriceModel.Flat;
    return new CatalogPrice(
        name,
        "uid-" + name,
        1,
        Optional.empty(),
        "",
        "",
        "USD",
        new CatalogPrice.Recurring(Interval.of(Interval.Unit.MONTH, 1)),
        flat ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS,
        model,
        List.of(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Map.of());
  }

  static CatalogPlan renamed(CatalogPlan plan, String displayName) {
    return copy(
        plan,
        displayName,
        plan.lifecycle(),
        plan.entitlements(),
        plan.minimumCommitments(),
        plan.usageThresholds());
  }

  static CatalogPlan archived(CatalogPlan plan) {
    return copy(
        plan,
        plan.displayName(),
        CatalogPlan.Lifecycle.ARCHIVED,
        plan.entitlements(),
        plan.minimumCommitments(),
        plan.usageThresholds());
  }

  /** The same, to take over the object with this id. */
  static CatalogPlan taking(CatalogPlan plan, String externalId) {
    return new CatalogPlan(
        plan.identity(),
        plan.namespace(),
        plan.name(),
        Optional.of(externalId),
        plan.displayName(),
        plan.invoiceDisplayName(),
        plan.description(),
        plan.imageUrl(),
        plan.type(),
        plan.pricing(),
        plan.lifecycle(),
        plan.product(),
        plan.parentPlan(),
        plan.compatibleAddOns(),
        plan.defaultPrice(),
        plan.trial(),
        plan.entitlements(),
        plan.creditGrants(),
        plan.minimumCommitments(),
        plan.usageThresholds(),
        plan.tax(),
        plan.metadata(),
        plan.prices());
  }

  /** A switch and a number. */
  static CatalogPlan entitled(CatalogPlan plan, boolean sso, int seats) {
    List<Entitlement> all = new ArrayList<>();
    all.add(new Entitlement("sso", new Entitlement.Enabled(sso), Optional.empty()));
    if (seats > 0) {
      all.add(
          new Entitlement(
              "seats",
              new Entitlement.Limit(BigDecimal.valueOf(seats), Optional.empty(), false),
              Optional.empty()));
    }
    return copy(
        plan,
        plan.displayName(),
        plan.lifecycle(),
        all,
        plan.minimumCommitments(),
        plan.usageThresholds());
  }

  /** A minimum and thresholds, in dollars. */
  static CatalogPlan committed(CatalogPlan plan, String minimum, String... thresholds) {
    return copy(
        plan,
        plan.displayName(),
        plan.lifecycle(),
        plan.entitlements(),
        List.of(
            new CatalogPlan.MinimumCommitment(new BigDecimal(minimum), "USD", Interval.Unit.MONTH)),
        List.of(thresholds).stream()
            .map(
                amount ->
                    new CatalogPlan.UsageThreshold(
                        new BigDecimal(amount), "USD", false, "Soft cap"))
            .toList());
  }

  private static CatalogPlan copy(
      CatalogPlan plan,
      String displayName,
      CatalogPlan.Lifecycle lifecycle,
      List<Entitlement> entitlements,
      List<CatalogPlan.MinimumCommitment> commitments,
      List<CatalogPlan.UsageThreshold> thresholds) {
    return new CatalogPlan(
        plan.identity(),
        plan.namespace(),
        plan.name(),
        plan.externalId(),
        displayName,
        plan.invoiceDisplayName(),
        plan.description(),
        plan.imageUrl(),
        plan.type(),
        plan.pricing(),
        lifecycle,
        plan.product(),
        plan.parentPlan(),
        plan.compatibleAddOns(),
        plan.defaultPrice(),
        plan.trial(),
        entitlements,
        plan.creditGrants(),
        commitments,
        thresholds,
        plan.tax(),
        plan.metadata(),
        plan.prices());
  }
}
