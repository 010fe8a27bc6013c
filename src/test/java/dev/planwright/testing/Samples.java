package dev.planwright.testing;

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
public final class Samples {
  public static final Interval MONTHLY = Interval.of(Interval.Unit.MONTH, 1);

  public String key = "team";
  public String namespace = "shop";
  public String displayName = "Team";
  public String description = "For growing teams";
  public String imageUrl = "";
  public String invoiceDisplayName = "";
  public CatalogPlan.Type type = CatalogPlan.Type.PLAN;
  public CatalogPlan.Pricing pricing = CatalogPlan.Pricing.PAID;
  public CatalogPlan.Lifecycle lifecycle = CatalogPlan.Lifecycle.ACTIVE;
  public Optional<String> product = Optional.empty();
  public Optional<String> parentPlan = Optional.empty();
  public List<String> addOns = List.of();
  public Optional<CatalogPlan.Trial> trial = Optional.empty();
  public List<Entitlement> entitlements = new ArrayList<>();
  public List<CatalogPlan.CreditGrant> credits = List.of();
  public List<CatalogPlan.MinimumCommitment> commitments = List.of();
  public List<CatalogPlan.UsageThreshold> thresholds = List.of();
  public Optional<CatalogPlan.Tax> tax = Optional.empty();
  public Optional<String> externalId = Optional.empty();
  public Optional<String> defaultPrice = Optional.empty();
  public Map<String, String> metadata = Map.of();
  public List<CatalogPrice> prices = new ArrayList<>();

  public static Samples team() {
    Samples sample = new Samples();
    sample.prices.add(flat("team-monthly", "49.00"));
    return sample;
  }

  public Samples with(CatalogPrice... more) {
    prices.addAll(List.of(more));
    return this;
  }

  public CatalogPlan plan() {
    return new CatalogPlan(
        new Identity("shop-prod", key),
        namespace,
        "team",
        externalId,
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
        defaultPrice,
        trial,
        entitlements,
        credits,
        commitments,
        thresholds,
        tax,
        metadata,
        prices);
  }

  public static CatalogPrice flat(String name, String amount) {
    return price(name, new PriceModel.Flat(dec(amount), Optional.empty()));
  }

  public static CatalogPrice perUnit(String name, String metric, String amount) {
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

  public static CatalogPrice filtered(String name, String metric, PriceModel.Filter... filters) {
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

  public static CatalogPrice price(String name, PriceModel model) {
    return price(name, model, "USD", MONTHLY);
  }

  public static CatalogPrice price(
      String name, PriceModel model, String currency, Interval interval) {
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

  public static CatalogPrice price(
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

  public static PriceModel.Tier tier(String upTo, String unit, String flat) {
    return new PriceModel.Tier(
        upTo.isEmpty() ? Optional.empty() : Optional.of(dec(upTo)), dec(unit), dec(flat));
  }

  public static CatalogPrice setup(String name, String amount) {
    return named(
        "Setup",
        price(
            name,
            new PriceModel.Flat(dec(amount), Optional.empty()),
            "USD",
            new CatalogPrice.OneTime(),
            CatalogPrice.Billing.IN_ADVANCE,
            List.of(),
            OptionalInt.empty(),
            Optional.empty()));
  }

  public static CatalogPrice named(String invoiceName, CatalogPrice price) {
    return new CatalogPrice(
        price.name(),
        price.uid(),
        price.generation(),
        price.externalId(),
        price.nickname(),
        invoiceName,
        price.currency(),
        price.schedule(),
        price.billing(),
        price.model(),
        price.countries(),
        price.trialDays(),
        price.sortOrder(),
        price.metadata());
  }

  /** So many a month, or more for money. */
  public static Entitlement monthly(String feature, String limit, boolean soft) {
    return new Entitlement(
        feature,
        new Entitlement.Limit(dec(limit), Optional.of(Interval.Unit.MONTH), soft),
        Optional.empty());
  }

  public static PriceModel.Percentage rate(String metric, String percent) {
    return new PriceModel.Percentage(
        metric, dec(percent), BigDecimal.ZERO, 0, Optional.empty(), Optional.empty());
  }

  public static Entitlement limit(String feature, String limit) {
    return new Entitlement(
        feature, new Entitlement.Limit(dec(limit), Optional.empty(), false), Optional.empty());
  }

  public static Entitlement enabled(String feature, boolean on) {
    return new Entitlement(feature, new Entitlement.Enabled(on), Optional.empty());
  }

  public static CatalogPlan.MinimumCommitment commitment(String amount) {
    return new CatalogPlan.MinimumCommitment(dec(amount), "USD", Interval.Unit.MONTH);
  }

  public static CatalogPlan.UsageThreshold threshold(String amount) {
    return new CatalogPlan.UsageThreshold(dec(amount), "USD", false, "Soft cap");
  }

  public static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
