package dev.planwright.testing;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Valid plans of every shape, in no backend's words: all models, all intervals, filters,
 * boundaries, zero amounts. One seed gives the same plans again, and is what a failing property
 * prints.
 *
 * <p>What a backend cannot say is for its own {@code check} to refuse.
 */
public final class RandomPlans {
  /** Metrics that count things; {@code seats-bought} is only bought, never metered. */
  public static final List<String> METRICS = List.of("api-calls", "storage-gb", "sms");

  public static final String LICENSED_METRIC = "seats-bought";

  /** Metrics that sum money in major units. */
  public static final List<String> MONEY_METRICS = List.of("payments", "refunds");

  public static final List<String> FEATURES = List.of("sso", "seats", "projects", "support");
  public static final List<String> PRODUCTS = List.of("main");

  private static final List<String> CURRENCIES = List.of("USD", "EUR", "JPY");
  private static final List<String> COUNTRIES = List.of("DE", "FR", "US", "JP");
  private static final List<String> AMOUNTS =
      List.of("0", "0.01", "0.002", "0.000001", "1", "49", "49.00", "59.90", "1200", "99999999.99");
  private static final List<String> RATES = List.of("0", "0.25", "2.5", "3", "12.50", "100");

  private final long seed;
  private final Random random;

  public RandomPlans(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** One generator for each try of a property. */
  public static Arbitrary<RandomPlans> any() {
    return Arbitraries.longs().map(RandomPlans::new);
  }

  @Override
  public String toString() {
    return "RandomPlans(" + seed + "L)";
  }

  /** A valid plan of this identity. */
  public CatalogPlan plan(Identity identity) {
    CatalogPlan.Type type = chance(5) ? CatalogPlan.Type.ADD_ON : CatalogPlan.Type.PLAN;
    return plan(identity, type, List.of());
  }

  /**
   * The same plan after somebody worked on it: texts and what is granted are new, prices are kept,
   * changed, renamed, dropped and added.
   */
  public CatalogPlan edited(CatalogPlan plan) {
    List<CatalogPrice> kept = new ArrayList<>();
    for (CatalogPrice price : plan.prices()) {
      switch (random.nextInt(5)) {
        case 0 -> {
          // Dropped.
        }
        case 1 -> kept.add(with(price, price.name(), sameKind(price.model())));
        case 2 -> kept.add(with(price, price.name() + "-renamed", price.model()));
        default -> kept.add(price);
      }
    }
    return plan(plan.identity(), plan.type(), kept);
  }

  private CatalogPlan plan(Identity identity, CatalogPlan.Type type, List<CatalogPrice> kept) {
    CatalogPlan.Pricing pricing =
        switch (random.nextInt(8)) {
          case 0 -> CatalogPlan.Pricing.FREE;
          case 1 -> CatalogPlan.Pricing.CUSTOM;
          default -> CatalogPlan.Pricing.PAID;
        };
    List<CatalogPrice> prices =
        pricing == CatalogPlan.Pricing.FREE ? freePrices() : prices(pricing, kept);
    return new CatalogPlan(
        identity,
        "shop",
        "plan",
        Optional.empty(),
        pick(List.of("Team", "Größe \"L\" | 100%", "团队")),
        chance(3) ? "Team plan" : "",
        chance(2) ? "For growing teams\nand others" : "",
        chance(4) ? "https://example.com/team.png" : "",
        type,
        pricing,
        CatalogPlan.Lifecycle.ACTIVE,
        chance(4) ? Optional.of(pick(PRODUCTS)) : Optional.empty(),
        Optional.empty(),
        List.of(),
        prices.isEmpty() || !chance(3) ? Optional.empty() : Optional.of(pick(prices).name()),
        chance(3) ? Optional.of(trial()) : Optional.empty(),
        entitlements(prices, type),
        chance(4)
            ? List.of(
                new CatalogPlan.CreditGrant(
                    "tokens", amount(), Optional.of(pick(Interval.Unit.values()))))
            : List.of(),
        chance(4)
            ? List.of(new CatalogPlan.MinimumCommitment(amount(), "USD", Interval.Unit.MONTH))
            : List.of(),
        chance(4)
            ? List.of(
                new CatalogPlan.UsageThreshold(amount(), "USD", random.nextBoolean(), "Soft cap"))
            : List.of(),
        chance(5) ? Optional.of(tax()) : Optional.empty(),
        metadata(),
        prices);
  }

  private CatalogPlan.Trial trial() {
    return new CatalogPlan.Trial(
        1 + random.nextInt(60),
        chance(2) ? Optional.of(pick(CatalogPlan.TrialEnd.values())) : Optional.empty());
  }

  private CatalogPlan.Tax tax() {
    return new CatalogPlan.Tax(
        "eservice",
        chance(2) ? Optional.of(number(RATES)) : Optional.empty(),
        chance(2) ? Optional.of(pick(CatalogPlan.TaxBehavior.values())) : Optional.empty());
  }

  private Map<String, String> metadata() {
    return chance(3) ? Map.of("tier", pick(List.of("a", "b", "ü, \"c\""))) : Map.of();
  }

  private List<CatalogPrice> freePrices() {
    return chance(2)
        ? List.of()
        : List.of(price("free", "USD", monthly(), flat(BigDecimal.ZERO), List.of()));
  }

  private List<CatalogPrice> prices(CatalogPlan.Pricing pricing, List<CatalogPrice> kept) {
    List<CatalogPrice> all = new ArrayList<>(kept);
    int alternatives = random.nextInt(4);
    for (int i = 0; i < alternatives; i++) {
      all.add(
          price(
              "flat-" + random.nextInt(100),
              pick(CURRENCIES),
              new CatalogPrice.Recurring(interval()),
              flat(amount()),
              countries()));
    }
    int components = random.nextInt(4);
    for (int i = 0; i < components; i++) {
      all.add(
          price(
              "usage-" + random.nextInt(100),
              pick(CURRENCIES),
              new CatalogPrice.Recurring(interval()),
              model(random.nextInt(11)),
              countries()));
    }
    if (chance(4)) {
      PriceModel model = chance(2) ? flat(amount()) : licensed();
      all.add(price("setup", pick(CURRENCIES), new CatalogPrice.OneTime(), model, List.of()));
    }
    List<CatalogPrice> told = distinct(all);
    boolean needed = told.isEmpty() && pricing == CatalogPlan.Pricing.PAID;
    return needed ? List.of(price("only", "USD", monthly(), flat(amount()), List.of())) : told;
  }

  /** Names once; no two alternatives alike; one licensed price per currency. */
  private static List<CatalogPrice> distinct(List<CatalogPrice> prices) {
    Set<String> seen = new HashSet<>();
    List<CatalogPrice> told = new ArrayList<>();
    for (CatalogPrice price : prices) {
      String choice =
          switch (price.role()) {
            case ALTERNATIVE -> "choice " + price.interval() + price.currency() + price.countries();
            case COMPONENT, ONE_TIME ->
                isLicensed(price.model()) ? "seats " + price.currency() : "name " + price.name();
          };
      if (!seen.contains(choice) && !seen.contains("name " + price.name())) {
        seen.add(choice);
        seen.add("name " + price.name());
        told.add(price);
      }
    }
    return told;
  }

  private static boolean isLicensed(PriceModel model) {
    return model instanceof PriceModel.PerUnit perUnit
        && perUnit.usageType() == PriceModel.UsageType.LICENSED;
  }

  private CatalogPrice price(
      String name,
      String currency,
      CatalogPrice.Schedule schedule,
      PriceModel model,
      List<String> countries) {
    boolean ahead = isLicensed(model) || model instanceof PriceModel.Flat;
    boolean unusual = ahead && schedule instanceof CatalogPrice.Recurring && chance(6);
    return new CatalogPrice(
        name,
        "uid-" + name,
        1,
        Optional.empty(),
        chance(3) ? "Nick" : "",
        chance(3) ? "On the invoice" : "",
        currency,
        schedule,
        ahead && !unusual ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS,
        model,
        countries,
        chance(5) ? OptionalInt.of(random.nextInt(3) * 7) : OptionalInt.empty(),
        chance(5) ? OptionalInt.of(random.nextInt(3)) : OptionalInt.empty(),
        metadata());
  }

  private static CatalogPrice with(CatalogPrice price, String name, PriceModel model) {
    return new CatalogPrice(
        name,
        price.uid(),
        price.generation() + 1,
        price.externalId(),
        price.nickname(),
        price.invoiceDisplayName(),
        price.currency(),
        price.schedule(),
        price.billing(),
        model,
        price.countries(),
        price.trialDays(),
        price.sortOrder(),
        price.metadata());
  }

  /** Another model of the same kind, so that only numbers differ. */
  private PriceModel sameKind(PriceModel model) {
    return switch (model) {
      case PriceModel.Flat flat -> new PriceModel.Flat(amount(), flat.metric());
      case PriceModel.PerUnit unit when isLicensed(unit) -> licensed();
      case PriceModel.PerUnit unit -> unit.filters().isEmpty() ? model(1) : model(3);
      case PriceModel.Package pack -> model(4);
      case PriceModel.Graduated graduated -> model(5);
      case PriceModel.Volume volume -> model(6);
      case PriceModel.Overage overage -> new PriceModel.Overage(overage.feature(), amount());
      case PriceModel.Percentage percentage -> model(8);
      case PriceModel.GraduatedPercentage graduated -> model(9);
      case PriceModel.Dynamic dynamic -> dynamic;
    };
  }

  /** A component: 0 to 10, each another kind. */
  private PriceModel model(int kind) {
    return switch (kind) {
      case 0 -> new PriceModel.Flat(amount(), Optional.of(pick(METRICS)));
      case 1 -> perUnit(List.of(), PriceModel.Unmatched.BASE_AMOUNT);
      case 2 -> licensed();
      case 3 -> perUnit(filters(), pick(PriceModel.Unmatched.values()));
      case 4 ->
          new PriceModel.Package(
              pick(METRICS),
              number(List.of("1", "10", "1000")),
              amount(),
              number(List.of("0", "5", "100")));
      case 5 -> new PriceModel.Graduated(pick(METRICS), tiers());
      case 6 -> new PriceModel.Volume(pick(METRICS), tiers());
      case 7 -> new PriceModel.Overage(pick(FEATURES), amount());
      case 8 -> percentage();
      case 9 -> new PriceModel.GraduatedPercentage(pick(MONEY_METRICS), rateTiers());
      default -> new PriceModel.Dynamic(pick(METRICS));
    };
  }

  private static PriceModel flat(BigDecimal amount) {
    return new PriceModel.Flat(amount, Optional.empty());
  }

  private PriceModel perUnit(List<PriceModel.Filter> filters, PriceModel.Unmatched unmatched) {
    return new PriceModel.PerUnit(
        pick(METRICS),
        amount(),
        PriceModel.UsageType.METERED,
        java.util.OptionalLong.empty(),
        java.util.OptionalLong.empty(),
        filters,
        unmatched);
  }

  private PriceModel licensed() {
    long least = random.nextInt(4);
    return new PriceModel.PerUnit(
        LICENSED_METRIC,
        amount(),
        PriceModel.UsageType.LICENSED,
        chance(2) ? java.util.OptionalLong.of(least) : java.util.OptionalLong.empty(),
        chance(2)
            ? java.util.OptionalLong.of(least + 1 + random.nextInt(100))
            : java.util.OptionalLong.empty(),
        List.of(),
        PriceModel.Unmatched.BASE_AMOUNT);
  }

  private List<PriceModel.Filter> filters() {
    List<PriceModel.Filter> filters = new ArrayList<>();
    filters.add(new PriceModel.Filter("region", List.of("eu", "us"), amount()));
    if (chance(2)) {
      filters.add(new PriceModel.Filter("region", List.of("apac"), amount()));
    }
    if (chance(2)) {
      filters.add(new PriceModel.Filter("tier", List.of("a,b", "gold"), amount()));
    }
    return filters;
  }

  private List<PriceModel.Tier> tiers() {
    List<PriceModel.Tier> tiers = new ArrayList<>();
    for (String end : ends(List.of("1", "10", "100", "0.5", "1000"))) {
      tiers.add(new PriceModel.Tier(Optional.of(new BigDecimal(end)), amount(), flatAmount()));
    }
    tiers.add(new PriceModel.Tier(Optional.empty(), amount(), flatAmount()));
    return tiers;
  }

  private List<PriceModel.RateTier> rateTiers() {
    List<PriceModel.RateTier> tiers = new ArrayList<>();
    for (String end : ends(List.of("100.00", "10000.00", "99.99"))) {
      tiers.add(new PriceModel.RateTier(Optional.of(new BigDecimal(end)), number(RATES)));
    }
    tiers.add(new PriceModel.RateTier(Optional.empty(), number(RATES)));
    return tiers;
  }

  private List<String> ends(List<String> choices) {
    TreeMap<BigDecimal, String> chosen = new TreeMap<>();
    for (String end : choices) {
      if (chance(2)) {
        chosen.put(new BigDecimal(end), end);
      }
    }
    return List.copyOf(chosen.values());
  }

  private PriceModel percentage() {
    boolean perEvent = chance(2);
    return new PriceModel.Percentage(
        pick(MONEY_METRICS),
        number(RATES),
        perEvent ? number(List.of("0", "0.30")) : BigDecimal.ZERO,
        perEvent ? random.nextInt(3) : 0,
        perEvent && chance(2) ? Optional.of(number(List.of("0", "0.10"))) : Optional.empty(),
        perEvent && chance(2) ? Optional.of(number(List.of("5.00", "0.10"))) : Optional.empty());
  }

  private List<Entitlement> entitlements(List<CatalogPrice> prices, CatalogPlan.Type type) {
    Set<String> soft = new TreeSet<>();
    for (CatalogPrice price : prices) {
      if (price.model() instanceof PriceModel.Overage overage) {
        soft.add(overage.feature());
      }
    }
    List<Entitlement> entitlements = new ArrayList<>();
    for (String feature : FEATURES) {
      if (soft.contains(feature)) {
        entitlements.add(entitlement(feature, limit(true), type));
      } else if (chance(2)) {
        entitlements.add(entitlement(feature, grant(), type));
      }
    }
    return entitlements;
  }

  private Entitlement entitlement(String feature, Entitlement.Grant grant, CatalogPlan.Type type) {
    return new Entitlement(
        feature,
        grant,
        type == CatalogPlan.Type.ADD_ON && chance(2)
            ? Optional.of(pick(Entitlement.Mode.values()))
            : Optional.empty());
  }

  private Entitlement.Grant grant() {
    return switch (random.nextInt(4)) {
      case 0 -> new Entitlement.Enabled(random.nextBoolean());
      case 1 -> new Entitlement.Unlimited();
      case 2 -> new Entitlement.Value(pick(List.of("gold", "silver, \"plus\"")));
      default -> limit(chance(2));
    };
  }

  private Entitlement.Limit limit(boolean soft) {
    return new Entitlement.Limit(
        number(List.of("0", "1", "10", "1000000")),
        chance(2) ? Optional.of(pick(Interval.Unit.values())) : Optional.empty(),
        soft);
  }

  private Interval interval() {
    return Interval.of(pick(Interval.Unit.values()), chance(3) ? 1 + random.nextInt(12) : 1);
  }

  private static CatalogPrice.Schedule monthly() {
    return new CatalogPrice.Recurring(Interval.of(Interval.Unit.MONTH, 1));
  }

  private List<String> countries() {
    return chance(5) ? List.of(pick(COUNTRIES)) : List.of();
  }

  private BigDecimal amount() {
    return number(AMOUNTS);
  }

  private BigDecimal flatAmount() {
    return chance(2) ? BigDecimal.ZERO : amount();
  }

  private BigDecimal number(List<String> choices) {
    return new BigDecimal(pick(choices));
  }

  private boolean chance(int outOf) {
    return random.nextInt(outOf) == 0;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
