package dev.planwright.backend.schematic;

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
  static final Interval MONTH = Interval.of(Interval.Unit.MONTH, 1);

  String key = "team";
  String name = "team";
  Optional<String> externalId = Optional.empty();
  String displayName = "Team";
  String description = "For growing teams";
  String imageUrl = "";
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

  /** 49 USD a month. */
  static Samples team() {
    Samples sample = new Samples();
    sample.prices.add(flat("team-monthly", "49.00"));
    return sample;
  }

  Samples with(CatalogPrice... more) {
    prices.addAll(List.of(more));
    return this;
  }

  Samples granting(Entitlement... more) {
    entitlements.addAll(List.of(more));
    return this;
  }

  CatalogPlan plan() {
    return new CatalogPlan(
        new Identity("shop-prod", key),
        "shop",
        name,
        externalId,
        displayName,
        "",
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

  static BigDecimal dec(String number) {
    return new BigDecimal(number);
  }

  static CatalogPrice flat(String name, String amount) {
    return flat(name, amount, "USD", MONTH);
  }

  static CatalogPrice flat(String name, String amount, String currency, Interval interval) {
    return price(name, new PriceModel.Flat(dec(amount), Optional.empty()), currency, interval);
  }

  static CatalogPrice once(String name, String amount) {
    return price(
        name,
        new PriceModel.Flat(dec(amount), Optional.empty()),
        "USD",
        new CatalogPrice.OneTime(),
        CatalogPrice.Billing.IN_ADVANCE,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  static CatalogPrice metered(String name, String metric, String amount) {
    return price(name, perUnit(metric, amount, PriceModel.UsageType.METERED));
  }

  static CatalogPrice seats(String name, String metric, String amount) {
    return seats(name, metric, amount, "USD");
  }

  static CatalogPrice seats(String name, String metric, String amount, String currency) {
    return price(name, perUnit(metric, amount, PriceModel.UsageType.LICENSED), currency, MONTH);
  }

  static PriceModel.PerUnit perUnit(String metric, String amount, PriceModel.UsageType type) {
    return new PriceModel.PerUnit(
        metric,
        dec(amount),
        type,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(),
        PriceModel.Unmatched.BASE_AMOUNT);
  }

  static PriceModel.Tier tier(String upTo, String unit, String flat) {
    return new PriceModel.Tier(
        upTo.isEmpty() ? Optional.empty() : Optional.of(dec(upTo)), dec(unit), dec(flat));
  }

  static CatalogPrice price(String name, PriceModel model) {
    return price(name, model, "USD", MONTH);
  }

  static CatalogPrice price(String name, PriceModel model, String currency, Interval interval) {
    boolean advance =
        model instanceof PriceModel.Flat
            || (model instanceof PriceModel.PerUnit it
                && it.usageType() == PriceModel.UsageType.LICENSED);
    return price(
        name,
        model,
        currency,
        new CatalogPrice.Recurring(interval),
        advance ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS,
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

  static Entitlement enabled(String feature) {
    return new Entitlement(feature, new Entitlement.Enabled(true), Optional.empty());
  }

  static Entitlement unlimited(String feature) {
    return new Entitlement(feature, new Entitlement.Unlimited(), Optional.empty());
  }

  static Entitlement limit(String feature, String limit) {
    return limit(feature, limit, Optional.empty(), false);
  }

  static Entitlement limit(
      String feature, String limit, Optional<Interval.Unit> reset, boolean soft) {
    return new Entitlement(
        feature, new Entitlement.Limit(dec(limit), reset, soft), Optional.empty());
  }
}
