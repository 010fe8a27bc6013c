package dev.planwright.backend.http;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Plans of which a test changes one thing. */
final class Samples {
  private Samples() {}

  static CatalogPlan team(CatalogPrice... prices) {
    return plan("Team", "", CatalogPlan.Type.PLAN, CatalogPlan.Lifecycle.ACTIVE, List.of(), prices);
  }

  static CatalogPlan plan(
      String displayName,
      String description,
      CatalogPlan.Type type,
      CatalogPlan.Lifecycle lifecycle,
      List<Entitlement> entitlements,
      CatalogPrice... prices) {
    return new CatalogPlan(
        new Identity(SandboxAccount.OWNER, "team"),
        "shop",
        "team",
        Optional.empty(),
        displayName,
        "",
        description,
        "",
        type,
        CatalogPlan.Pricing.PAID,
        lifecycle,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        entitlements,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(prices));
  }

  static CatalogPlan copy(
      CatalogPlan plan,
      Identity identity,
      CatalogPlan.Lifecycle lifecycle,
      Optional<String> parentPlan) {
    return copy(plan, identity, lifecycle, parentPlan, plan.metadata());
  }

  static CatalogPlan withMetadata(CatalogPlan plan, Map<String, String> metadata) {
    return copy(plan, plan.identity(), plan.lifecycle(), plan.parentPlan(), metadata);
  }

  private static CatalogPlan copy(
      CatalogPlan plan,
      Identity identity,
      CatalogPlan.Lifecycle lifecycle,
      Optional<String> parentPlan,
      Map<String, String> metadata) {
    return new CatalogPlan(
        identity,
        plan.namespace(),
        plan.name(),
        plan.externalId(),
        plan.displayName(),
        plan.invoiceDisplayName(),
        plan.description(),
        plan.imageUrl(),
        plan.type(),
        plan.pricing(),
        lifecycle,
        plan.product(),
        parentPlan,
        plan.compatibleAddOns(),
        plan.defaultPrice(),
        plan.trial(),
        plan.entitlements(),
        plan.creditGrants(),
        plan.minimumCommitments(),
        plan.usageThresholds(),
        plan.tax(),
        metadata,
        plan.prices());
  }

  static Entitlement limit(String feature, String limit) {
    return new Entitlement(
        feature,
        new Entitlement.Limit(new BigDecimal(limit), Optional.empty(), true),
        Optional.empty());
  }

  static CatalogPrice flat(String name, String amount) {
    return price(
        name,
        Interval.Unit.MONTH,
        new PriceModel.Flat(new BigDecimal(amount), Optional.empty()),
        CatalogPrice.Billing.IN_ADVANCE);
  }

  static CatalogPrice yearly(String name, String amount) {
    return price(
        name,
        Interval.Unit.YEAR,
        new PriceModel.Flat(new BigDecimal(amount), Optional.empty()),
        CatalogPrice.Billing.IN_ADVANCE);
  }

  static CatalogPrice perUnit(String name, String metric, String amount) {
    return usage(
        name,
        new PriceModel.PerUnit(
            metric,
            new BigDecimal(amount),
            PriceModel.UsageType.METERED,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            PriceModel.Unmatched.BASE_AMOUNT));
  }

  static CatalogPrice usage(String name, PriceModel model) {
    return price(name, Interval.Unit.MONTH, model, CatalogPrice.Billing.IN_ARREARS);
  }

  static CatalogPrice withExternalId(CatalogPrice price, String id) {
    return new CatalogPrice(
        price.name(),
        price.uid(),
        price.generation(),
        Optional.of(id),
        price.nickname(),
        price.invoiceDisplayName(),
        price.currency(),
        price.schedule(),
        price.billing(),
        price.model(),
        price.countries(),
        price.trialDays(),
        price.sortOrder(),
        price.metadata());
  }

  static CatalogPrice price(
      String name, Interval.Unit unit, PriceModel model, CatalogPrice.Billing billing) {
    return price(name, new CatalogPrice.Recurring(Interval.of(unit, 1)), model, billing);
  }

  static CatalogPrice once(String name, PriceModel model, CatalogPrice.Billing billing) {
    return price(name, new CatalogPrice.OneTime(), model, billing);
  }

  private static CatalogPrice price(
      String name, CatalogPrice.Schedule schedule, PriceModel model, CatalogPrice.Billing billing) {
    return new CatalogPrice(
        name,
        "uid",
        1,
        Optional.empty(),
        "",
        "",
        "USD",
        schedule,
        billing,
        model,
        List.of(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Map.of());
  }
}
