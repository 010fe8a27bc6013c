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

  private final long seed;
  private final Dice dice;
  private final RandomModels models;

  public RandomPlans(long seed) {
    this.seed = seed;
    this.dice = new Dice(new Random(seed));
    this.models = new RandomModels(dice);
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
    CatalogPlan.Type type = dice.chance(5) ? CatalogPlan.Type.ADD_ON : CatalogPlan.Type.PLAN;
    return plan(identity, type, List.of());
  }

  /**
   * The same plan after somebody worked on it: texts and what is granted are new, prices are kept,
   * changed, renamed, dropped and added.
   */
  public CatalogPlan edited(CatalogPlan plan) {
    List<CatalogPrice> kept = new ArrayList<>();
    for (CatalogPrice price : plan.prices()) {
      switch (dice.upTo(5)) {
        case 0 -> {
          // Dropped.
        }
        case 1 -> kept.add(with(price, price.name(), models.sameKind(price.model())));
        case 2 -> kept.add(with(price, price.name() + "-renamed", price.model()));
        default -> kept.add(price);
      }
    }
    return plan(plan.identity(), plan.type(), kept);
  }

  private CatalogPlan plan(Identity identity, CatalogPlan.Type type, List<CatalogPrice> kept) {
    CatalogPlan.Pricing pricing =
        switch (dice.upTo(8)) {
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
        dice.pick(List.of("Team", "Größe \"L\" | 100%", "团队")),
        dice.chance(3) ? "Team plan" : "",
        dice.chance(2) ? "For growing teams\nand others" : "",
        dice.chance(4) ? "https://example.com/team.png" : "",
        type,
        pricing,
        CatalogPlan.Lifecycle.ACTIVE,
        dice.chance(4) ? Optional.of(dice.pick(PRODUCTS)) : Optional.empty(),
        Optional.empty(),
        List.of(),
        prices.isEmpty() || !dice.chance(3)
            ? Optional.empty()
            : Optional.of(dice.pick(prices).name()),
        dice.chance(3) ? Optional.of(trial()) : Optional.empty(),
        entitlements(prices, type),
        dice.chance(4)
            ? List.of(new CatalogPlan.CreditGrant("tokens", dice.amount(), every()))
            : List.of(),
        dice.chance(4)
            ? List.of(new CatalogPlan.MinimumCommitment(dice.amount(), "USD", Interval.Unit.MONTH))
            : List.of(),
        dice.chance(4)
            ? List.of(
                new CatalogPlan.UsageThreshold(dice.amount(), "USD", dice.chance(2), "Soft cap"))
            : List.of(),
        dice.chance(5) ? Optional.of(tax()) : Optional.empty(),
        metadata(),
        prices);
  }

  private CatalogPlan.Trial trial() {
    return new CatalogPlan.Trial(
        1 + dice.upTo(60),
        dice.chance(2) ? Optional.of(dice.pick(CatalogPlan.TrialEnd.values())) : Optional.empty());
  }

  private CatalogPlan.Tax tax() {
    return new CatalogPlan.Tax(
        "eservice",
        dice.chance(2) ? Optional.of(dice.rate()) : Optional.empty(),
        dice.chance(2)
            ? Optional.of(dice.pick(CatalogPlan.TaxBehavior.values()))
            : Optional.empty());
  }

  private Map<String, String> metadata() {
    return dice.chance(3) ? Map.of("tier", dice.pick(List.of("a", "b", "ü, \"c\""))) : Map.of();
  }

  private List<CatalogPrice> freePrices() {
    return dice.chance(2)
        ? List.of()
        : List.of(price("free", "USD", monthly(), flat(BigDecimal.ZERO), List.of()));
  }

  private List<CatalogPrice> prices(CatalogPlan.Pricing pricing, List<CatalogPrice> kept) {
    List<CatalogPrice> all = new ArrayList<>(kept);
    int alternatives = dice.upTo(4);
    for (int i = 0; i < alternatives; i++) {
      all.add(
          price(
              "flat-" + dice.upTo(100),
              dice.pick(CURRENCIES),
              new CatalogPrice.Recurring(interval()),
              flat(dice.amount()),
              countries()));
    }
    int components = dice.upTo(4);
    for (int i = 0; i < components; i++) {
      all.add(
          price(
              "usage-" + dice.upTo(100),
              dice.pick(CURRENCIES),
              new CatalogPrice.Recurring(interval()),
              models.component(dice.upTo(RandomModels.KINDS)),
              countries()));
    }
    if (dice.chance(4)) {
      PriceModel model = dice.chance(2) ? flat(dice.amount()) : models.licensed();
      all.add(price("setup", dice.pick(CURRENCIES), new CatalogPrice.OneTime(), model, List.of()));
    }
    List<CatalogPrice> told = distinct(all);
    boolean needed = told.isEmpty() && pricing == CatalogPlan.Pricing.PAID;
    return needed ? List.of(price("only", "USD", monthly(), flat(dice.amount()), List.of())) : told;
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

  static boolean isLicensed(PriceModel model) {
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
    boolean unusual = ahead && schedule instanceof CatalogPrice.Recurring && dice.chance(6);
    return new CatalogPrice(
        name,
        "uid-" + name,
        1,
        Optional.empty(),
        dice.chance(3) ? "Nick" : "",
        dice.chance(3) ? "On the invoice" : "",
        currency,
        schedule,
        ahead && !unusual ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS,
        model,
        countries,
        dice.chance(5) ? OptionalInt.of(dice.upTo(3) * 7) : OptionalInt.empty(),
        dice.chance(5) ? OptionalInt.of(dice.upTo(3)) : OptionalInt.empty(),
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

  private static PriceModel flat(BigDecimal amount) {
    return new PriceModel.Flat(amount, Optional.empty());
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
      } else if (dice.chance(2)) {
        entitlements.add(entitlement(feature, grant(), type));
      }
    }
    return entitlements;
  }

  private Entitlement entitlement(String feature, Entitlement.Grant grant, CatalogPlan.Type type) {
    return new Entitlement(
        feature,
        grant,
        type == CatalogPlan.Type.ADD_ON && dice.chance(2)
            ? Optional.of(dice.pick(Entitlement.Mode.values()))
            : Optional.empty());
  }

  private Entitlement.Grant grant() {
    return switch (dice.upTo(4)) {
      case 0 -> new Entitlement.Enabled(dice.chance(2));
      case 1 -> new Entitlement.Unlimited();
      case 2 -> new Entitlement.Value(dice.pick(List.of("gold", "silver, \"plus\"")));
      default -> limit(dice.chance(2));
    };
  }

  private Entitlement.Limit limit(boolean soft) {
    return new Entitlement.Limit(
        dice.number(List.of("0", "1", "10", "1000000")),
        dice.chance(2) ? Optional.of(dice.pick(Interval.Unit.values())) : Optional.empty(),
        soft);
  }

  private Optional<Interval.Unit> every() {
    return dice.chance(3) ? Optional.empty() : Optional.of(dice.pick(Interval.Unit.values()));
  }

  private Interval interval() {
    return Interval.of(dice.pick(Interval.Unit.values()), dice.chance(3) ? 1 + dice.upTo(12) : 1);
  }

  private static CatalogPrice.Schedule monthly() {
    return new CatalogPrice.Recurring(Interval.of(Interval.Unit.MONTH, 1));
  }

  private List<String> countries() {
    return dice.chance(5) ? List.of(dice.pick(COUNTRIES)) : List.of();
  }
}
