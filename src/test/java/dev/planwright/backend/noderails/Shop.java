package dev.planwright.backend.noderails;

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

/** A plan to be edited field by field. */
final class Shop {
  static final Interval MONTH = Interval.of(Interval.Unit.MONTH, 1);
  static final Interval YEAR = Interval.of(Interval.Unit.YEAR, 1);

  Identity identity = new Identity("shop-prod", "team");
  Optional<String> externalId = Optional.empty();
  String displayName = "Team";
  String invoiceDisplayName = "";
  String description = "For growing teams";
  String imageUrl = "";
  CatalogPlan.Type type = CatalogPlan.Type.PLAN;
  CatalogPlan.Pricing pricing = CatalogPlan.Pricing.PAID;
  CatalogPlan.Lifecycle lifecycle = CatalogPlan.Lifecycle.ACTIVE;
  Optional<String> product = Optional.empty();
  Optional<String> parent = Optional.empty();
  List<String> addOns = List.of();
  Optional<String> defaultPrice = Optional.empty();
  Optional<CatalogPlan.Trial> trial = Optional.empty();
  List<Entitlement> entitlements = List.of();
  List<CatalogPlan.CreditGrant> credits = List.of();
  List<CatalogPlan.MinimumCommitment> commitments = List.of();
  List<CatalogPlan.UsageThreshold> thresholds = List.of();
  Optional<CatalogPlan.Tax> tax = Optional.empty();
  Map<String, String> metadata = Map.of();
  List<CatalogPrice> prices = new ArrayList<>();

  /** One monthly and one yearly price in USD. */
  static Shop team() {
    Shop shop = new Shop();
    shop.prices.add(flat("team-monthly", "49.00", "USD", MONTH));
    shop.prices.add(flat("team-yearly", "490.00", "USD", YEAR));
    return shop;
  }

  Shop with(CatalogPrice... only) {
    prices = new ArrayList<>(List.of(only));
    return this;
  }

  static CatalogPrice flat(String name, String amount, String currency, Interval interval) {
    return price(name, amount, currency, new CatalogPrice.Recurring(interval));
  }

  static CatalogPrice once(String name, String amount, String currency) {
    return price(name, amount, currency, new CatalogPrice.OneTime());
  }

  private static CatalogPrice price(
      String name, String amount, String currency, CatalogPrice.Schedule schedule) {
    return with(
        name,
        currency,
        schedule,
        new PriceModel.Flat(new BigDecimal(amount), Optional.empty()),
        CatalogPrice.Billing.IN_ADVANCE);
  }

  static CatalogPrice with(
      String name,
      String currency,
      CatalogPrice.Schedule schedule,
      PriceModel model,
      CatalogPrice.Billing billing) {
    return new CatalogPrice(
        name,
        "uid-" + name,
        1,
        Optional.empty(),
        "",
        "",
        currency,
        schedule,
        billing,
        model,
        List.of(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Map.of());
  }

  static CatalogPrice usage(PriceModel model) {
    return with(
        "usage", "USD", new CatalogPrice.Recurring(MONTH), model, CatalogPrice.Billing.IN_ARREARS);
  }

  /** The same price with what else a price has. */
  static CatalogPrice dressed(
      CatalogPrice price,
      String nickname,
      Optional<String> externalId,
      OptionalInt trialDays,
      OptionalInt sortOrder,
      List<String> countries,
      Map<String, String> metadata) {
    return new CatalogPrice(
        price.name(),
        price.uid(),
        price.generation(),
        externalId,
        nickname,
        price.invoiceDisplayName(),
        price.currency(),
        price.schedule(),
        price.billing(),
        price.model(),
        countries,
        trialDays,
        sortOrder,
        metadata);
  }

  static CatalogPrice known(CatalogPrice price, String externalId) {
    return dressed(
        price,
        "",
        Optional.of(externalId),
        OptionalInt.empty(),
        OptionalInt.empty(),
        List.of(),
        Map.of());
  }

  static CatalogPrice looks(CatalogPrice price, String nickname, int sortOrder, int trialDays) {
    return dressed(
        price,
        nickname,
        Optional.empty(),
        trialDays == 0 ? OptionalInt.empty() : OptionalInt.of(trialDays),
        OptionalInt.of(sortOrder),
        List.of(),
        Map.of());
  }

  CatalogPlan plan() {
    return new CatalogPlan(
        identity,
        "shop",
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
        parent,
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
}
