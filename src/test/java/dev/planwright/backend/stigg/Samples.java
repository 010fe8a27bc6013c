package dev.planwright.backend.stigg;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A plan to change in one place at a time. */
final class Samples {
  static final Interval MONTHLY = Interval.of(Interval.Unit.MONTH, 1);

  String key = "team";
  String namespace = "shop";
  String displayName = "Team";
  String description = "For growing teams";
  String imageUrl = "";
  String invoiceDisplayName = "";
  CatalogPlan.Type type = CatalogPlan.Type.PLAN;
  CatalogPlan.Pricing pricing = CatalogPlan.Pricing.PAID;
  CatalogPlan.Lifecycle lifecycle = CatalogPlan.Lifecycle.ACTIVE;
  Optional<String> product = Optional.empty();
  Optional<String> parentPlan = Optional.empty();
  List<String> addOns = List.of();
  Optional<CatalogPlan.Trial> trial = Optional.empty();
  List<Entitlement> entitlements = new ArrayList<>();
  List<CatalogPlan.CreditGrant> credits = List.of();
  List<CatalogPlan.MinimumCommitment> commitments = List.of();
  List<CatalogPlan.UsageThreshold> thresholds = List.of();
  Optional<CatalogPlan.Tax> tax = Optional.empty();
  Map<String, String> metadata = Map.of();
  List<CatalogPrice> prices = new ArrayList<>();

  static Samples team() {
    Samples sample = new Samples();
    sample.prices.add(flat("team-monthly", "49.00"));
    return sample;
  }

  Samples with(CatalogPrice... more) {
    prices.addAll(List.of(more));
    return this;
  }

  CatalogPlan plan() {
    return new CatalogPlan(
        new Identity("shop-prod", key),
        namespace,
        "team",
        Optional.empty(),
        displayName,
        invoiceDisplayName,
        description,
        imageUrl,
        type,
        pricing,
        lifecycle,
        product,
        parentPlan,
        addOns,
        Optional.empty(),
        trial,
        entitlements,
        credits,
        commitments,
        thresholds,
        tax,
        metadata,
        prices);
  }

  static CatalogPrice flat(String name, String amount) {
    return price(name, new PriceModel.Flat(dec(amount), Optional.empty()));
  }

  static CatalogPrice perUnit(String name, String metric, String amount) {
    return price(
        name,
        new PriceModel.PerUnit(
            metric,
            dec(amount),
            PriceModel.UsageType.METERED,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            PriceModel.Unmatched.NOT_BILLED));
  }

  static CatalogPrice filtered(String name, String metric, PriceModel.Filter... filters) {
    return price(
        name,
        new PriceModel.PerUnit(
            metric,
            dec("0.01"),
            PriceModel.UsageType.METERED,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(filters),
            PriceModel.Unmatched.NOT_BILLED));
  }

  static CatalogPrice price(String name, PriceModel model) {
    return price(name, model, "USD", MONTHLY);
  }

  static CatalogPrice price(String name, PriceModel model, String currency, Interval interval) {
    boolean base = model instanceof PriceModel.Flat;
    return price(
        name,
        model,
        currency,
        new CatalogPrice.Recurring(interval),
        base ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  static CatalogPrice price(
      String name,
      PriceModel model,
      String currency,
      CatalogPrice.Schedule schedule,
      CatalogPrice.Billing billing,
      List<String> countries,
      OptionalInt trialDays,
      Optional<String> externalId) {
    return new CatalogPrice(
        name,
        "uid-" + name,
        1,
        externalId,
        "",
        "",
        currency,
        schedule,
        billing,
        model,
        countries,
        trialDays,
        OptionalInt.empty(),
        Map.of());
  }

  static PriceModel.Tier tier(String upTo, String unit, String flat) {
    return new PriceModel.Tier(
        upTo.isEmpty() ? Optional.empty() : Optional.of(dec(upTo)), dec(unit), dec(flat));
  }

  static PriceModel.Percentage rate(String metric, String percent) {
    return new PriceModel.Percentage(
        metric, dec(percent), BigDecimal.ZERO, 0, Optional.empty(), Optional.empty());
  }

  static Entitlement limit(String feature, String limit) {
    return new Entitlement(
        feature, new Entitlement.Limit(dec(limit), Optional.empty(), false), Optional.empty());
  }

  static Entitlement enabled(String feature, boolean on) {
    return new Entitlement(feature, new Entitlement.Enabled(on), Optional.empty());
  }

  static CatalogPlan.MinimumCommitment commitment(String amount) {
    return new CatalogPlan.MinimumCommitment(dec(amount), "USD", Interval.Unit.MONTH);
  }

  static CatalogPlan.UsageThreshold threshold(String amount) {
    return new CatalogPlan.UsageThreshold(dec(amount), "USD", false, "Soft cap");
  }

  static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
