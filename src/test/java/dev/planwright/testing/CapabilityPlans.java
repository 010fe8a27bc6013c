package dev.planwright.testing;

import dev.planwright.backend.Capability;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans that ask one thing of a backend, and as little else as possible. */
public final class CapabilityPlans {
  private static final BigDecimal AMOUNT = new BigDecimal("49");

  private final Dice dice;
  private final RandomModels models;

  private CatalogPlan.Type type = CatalogPlan.Type.PLAN;
  private CatalogPlan.Pricing pricing = CatalogPlan.Pricing.PAID;
  private CatalogPlan.Lifecycle lifecycle = CatalogPlan.Lifecycle.ACTIVE;
  private Optional<String> parent = Optional.empty();
  private Optional<CatalogPlan.Trial> trial = Optional.empty();
  private Optional<CatalogPlan.Tax> tax = Optional.empty();
  private Map<String, String> metadata = Map.of();
  private final List<CatalogPlan.CreditGrant> grants = new ArrayList<>();
  private final List<CatalogPlan.MinimumCommitment> commitments = new ArrayList<>();
  private final List<CatalogPlan.UsageThreshold> thresholds = new ArrayList<>();
  private final List<Entitlement> entitlements = new ArrayList<>();
  private final List<CatalogPrice> prices = new ArrayList<>();

  private CapabilityPlans(long seed) {
    // Neighbouring seeds begin with the same numbers: spread them.
    this.dice = new Dice(new Random(seed * 0x9E3779B97F4A7C15L));
    this.models = new RandomModels(dice);
  }

  /** A plan that asks for it, one of many ways; the same for the same seed. */
  public static CatalogPlan asking(Capability capability, long seed) {
    CapabilityPlans plan = new CapabilityPlans(seed);
    plan.ask(capability);
    return plan.build();
  }

  /** Whether a plan asks for it. What no plan asks for is never asked. */
  public static boolean asks(Capability capability, CatalogPlan plan) {
    return switch (capability) {
      case FLAT -> alternatives(plan).stream().findAny().isPresent();
      case SEVERAL_INTERVALS ->
          alternatives(plan).stream().map(CatalogPrice::interval).distinct().count() > 1;
      case SEVERAL_CURRENCIES ->
          alternatives(plan).stream().map(CatalogPrice::currency).distinct().count() > 1;
      case ONE_TIME -> isOneTime(plan) && plan.prices().stream().allMatch(p -> isOnce(p));
      case SETUP_FEE -> isOneTime(plan) && !plan.prices().stream().allMatch(p -> isOnce(p));
      case PER_UNIT -> perUnit(plan, PriceModel.UsageType.METERED);
      case LICENSED -> perUnit(plan, PriceModel.UsageType.LICENSED);
      case FILTERS ->
          plan.prices().stream()
              .anyMatch(p -> p.model() instanceof PriceModel.PerUnit u && !u.filters().isEmpty());
      case PACKAGE -> has(plan, PriceModel.Package.class);
      case GRADUATED -> has(plan, PriceModel.Graduated.class);
      case VOLUME -> has(plan, PriceModel.Volume.class);
      case OVERAGE -> has(plan, PriceModel.Overage.class);
      case PERCENTAGE -> has(plan, PriceModel.Percentage.class);
      case GRADUATED_PERCENTAGE -> has(plan, PriceModel.GraduatedPercentage.class);
      case DYNAMIC -> has(plan, PriceModel.Dynamic.class);
      case COUNTRIES -> plan.prices().stream().anyMatch(p -> !p.countries().isEmpty());
      case TRIAL -> plan.trial().isPresent();
      case ENTITLEMENTS -> !plan.entitlements().isEmpty();
      case CREDIT_GRANTS -> !plan.creditGrants().isEmpty();
      case MINIMUM_COMMITMENTS -> !plan.minimumCommitments().isEmpty();
      case USAGE_THRESHOLDS -> !plan.usageThresholds().isEmpty();
      case TAX -> plan.tax().isPresent();
      case FREE -> plan.pricing() == CatalogPlan.Pricing.FREE;
      case CUSTOM -> plan.pricing() == CatalogPlan.Pricing.CUSTOM;
      case ADD_ON -> plan.type() == CatalogPlan.Type.ADD_ON;
      case PARENT_PLAN -> plan.parentPlan().isPresent();
      case METADATA -> !plan.metadata().isEmpty();
      case ARCHIVE -> plan.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED;
      case ADOPTION, DELETE, EXISTING_SUBSCRIBERS -> false;
    };
  }

  private void ask(Capability capability) {
    switch (capability) {
      case FLAT -> flat("Month", "USD");
      case SEVERAL_INTERVALS -> {
        flat("Month", "USD");
        flat("Year", "USD");
      }
      case SEVERAL_CURRENCIES -> {
        flat("Month", "USD");
        add("eur", "EUR", monthly(), flatModel(), dice.chance(2) ? List.of("DE") : List.of());
      }
      case ONE_TIME -> once();
      case SETUP_FEE -> {
        flat("Month", "USD");
        once();
      }
      case PER_UNIT -> component(1);
      case LICENSED -> component(2);
      case FILTERS -> component(3);
      case PACKAGE -> component(4);
      case GRADUATED -> component(5);
      case VOLUME -> component(6);
      case OVERAGE -> component(7);
      case PERCENTAGE -> component(8);
      case GRADUATED_PERCENTAGE -> component(9);
      case DYNAMIC -> component(10);
      case COUNTRIES -> {
        flat("Month", "USD");
        add("de", dice.chance(2) ? "EUR" : "USD", monthly(), flatModel(), List.of("DE"));
      }
      case TRIAL -> {
        flat("Month", "USD");
        trial =
            Optional.of(
                new CatalogPlan.Trial(
                    14,
                    dice.chance(2)
                        ? Optional.of(dice.pick(CatalogPlan.TrialEnd.values()))
                        : Optional.empty()));
      }
      case ENTITLEMENTS -> entitlement();
      case CREDIT_GRANTS -> {
        flat("Month", "USD");
        grants.add(
            new CatalogPlan.CreditGrant(
                "tokens",
                new BigDecimal("1000"),
                dice.chance(3)
                    ? Optional.empty()
                    : Optional.of(dice.pick(Interval.Unit.values()))));
      }
      case MINIMUM_COMMITMENTS -> {
        flat("Month", "USD");
        perUnitOf("api-calls");
        commitments.add(
            new CatalogPlan.MinimumCommitment(AMOUNT, "USD", dice.pick(Interval.Unit.values())));
      }
      case USAGE_THRESHOLDS -> {
        flat("Month", "USD");
        perUnitOf("api-calls");
        thresholds.add(new CatalogPlan.UsageThreshold(AMOUNT, "USD", dice.chance(2), "Cap"));
      }
      case TAX -> {
        flat("Month", "USD");
        tax =
            Optional.of(
                new CatalogPlan.Tax(
                    dice.chance(3) ? "" : "eservice",
                    dice.chance(2) ? Optional.of(new BigDecimal("20")) : Optional.empty(),
                    dice.chance(2)
                        ? Optional.of(dice.pick(CatalogPlan.TaxBehavior.values()))
                        : Optional.empty()));
      }
      case FREE -> {
        pricing = CatalogPlan.Pricing.FREE;
        if (dice.chance(2)) {
          add("free", "USD", monthly(), zero(), List.of());
        }
      }
      case CUSTOM -> pricing = CatalogPlan.Pricing.CUSTOM;
      case ADD_ON -> {
        type = CatalogPlan.Type.ADD_ON;
        flat("Month", "USD");
      }
      case PARENT_PLAN -> {
        flat("Month", "USD");
        parent = Optional.of("starter");
      }
      case METADATA -> {
        flat("Month", "USD");
        metadata = Map.of("tier", "team");
      }
      case ARCHIVE -> {
        flat("Month", "USD");
        lifecycle = CatalogPlan.Lifecycle.ARCHIVED;
      }
      case ADOPTION, DELETE, EXISTING_SUBSCRIBERS ->
          throw new IllegalArgumentException("no plan asks for " + capability);
    }
  }

  private void component(int kind) {
    if (dice.chance(2)) {
      flat("Month", "USD");
    }
    PriceModel model = models.component(kind);
    if (model instanceof PriceModel.Overage overage) {
      entitlements.add(
          new Entitlement(
              overage.feature(),
              new Entitlement.Limit(
                  BigDecimal.TEN,
                  dice.chance(2)
                      ? Optional.of(dice.pick(Interval.Unit.values()))
                      : Optional.empty(),
                  true),
              Optional.empty()));
    }
    add("usage", "USD", monthly(), model, List.of());
  }

  private void entitlement() {
    flat("Month", "USD");
    String feature = dice.pick(RandomPlans.FEATURES);
    entitlements.add(
        new Entitlement(
            feature,
            switch (dice.upTo(4)) {
              case 0 -> new Entitlement.Enabled(true);
              case 1 -> new Entitlement.Unlimited();
              case 2 -> new Entitlement.Value("gold");
              default -> new Entitlement.Limit(BigDecimal.TEN, Optional.empty(), false);
            },
            Optional.empty()));
    if (dice.chance(2)) {
      perUnitOf(feature);
    }
  }

  private void perUnitOf(String metric) {
    PriceModel model =
        new PriceModel.PerUnit(
            metric,
            new BigDecimal("2"),
            PriceModel.UsageType.METERED,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            PriceModel.Unmatched.BASE_AMOUNT);
    add("calls", "USD", monthly(), model, List.of());
  }

  private void flat(String every, String currency) {
    CatalogPrice.Schedule schedule =
        every.equals("Year")
            ? new CatalogPrice.Recurring(Interval.of(Interval.Unit.YEAR, 1))
            : monthly();
    add("flat-" + every.toLowerCase(Locale.ROOT), currency, schedule, flatModel(), List.of());
  }

  private void once() {
    add("once", "USD", new CatalogPrice.OneTime(), flatModel(), List.of());
  }

  private void add(
      String name,
      String currency,
      CatalogPrice.Schedule schedule,
      PriceModel model,
      List<String> countries) {
    boolean ahead = model instanceof PriceModel.Flat || RandomPlans.isLicensed(model);
    prices.add(
        new CatalogPrice(
            name,
            "uid-" + name,
            1,
            Optional.empty(),
            "",
            "",
            currency,
            schedule,
            ahead ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS,
            model,
            countries,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Map.of()));
  }

  private CatalogPlan build() {
    return new CatalogPlan(
        new Identity("shop", "team"),
        "shop",
        "team",
        Optional.empty(),
        "Team",
        "",
        "",
        "",
        type,
        pricing,
        lifecycle,
        Optional.empty(),
        parent,
        List.of(),
        Optional.empty(),
        trial,
        entitlements,
        grants,
        commitments,
        thresholds,
        tax,
        metadata,
        prices);
  }

  private static CatalogPrice.Schedule monthly() {
    return new CatalogPrice.Recurring(Interval.of(Interval.Unit.MONTH, 1));
  }

  private static PriceModel flatModel() {
    return new PriceModel.Flat(AMOUNT, Optional.empty());
  }

  private static PriceModel zero() {
    return new PriceModel.Flat(BigDecimal.ZERO, Optional.empty());
  }

  private static Set<CatalogPrice> alternatives(CatalogPlan plan) {
    return plan.prices(CatalogPrice.Role.ALTERNATIVE).collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isOnce(CatalogPrice price) {
    return price.role() == CatalogPrice.Role.ONE_TIME;
  }

  private static boolean isOneTime(CatalogPlan plan) {
    return plan.prices().stream().anyMatch(CapabilityPlans::isOnce);
  }

  private static boolean has(CatalogPlan plan, Class<? extends PriceModel> model) {
    return plan.prices().stream().map(CatalogPrice::model).anyMatch(model::isInstance);
  }

  private static boolean perUnit(CatalogPlan plan, PriceModel.UsageType usage) {
    return plan.prices().stream()
        .anyMatch(p -> p.model() instanceof PriceModel.PerUnit u && u.usageType() == usage);
  }
}
