package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.SchematicPlan.priceKey;

import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A desired plan in Schematic's terms.
 *
 * @param type {@code plan} or {@code add_on}
 * @param basePrices the manifest's prices by {@code USD/monthly}; what has none is a price of
 *     nothing beside usage
 * @param wants what is granted, by feature id
 * @param missing what the account lacks; with any, the rest is not complete
 */
record Wanted(
    String name,
    String description,
    String type,
    Base base,
    Map<String, CatalogPrice> basePrices,
    Map<String, Want> wants,
    List<MissingReference> missing) {

  /**
   * What is wanted of one feature.
   *
   * @param words the manifest's words that mean it; several are a conflict
   * @param entitlement the manifest's, where there is one beside the prices
   * @param prices the manifest's, by {@code USD/monthly}
   */
  record Want(
      List<String> words,
      Grant grant,
      Optional<Entitlement> entitlement,
      List<CatalogPrice> components,
      Map<String, CatalogPrice> prices) {
    String word() {
      return words.getFirst();
    }
  }

  /** Whether there is anything to sell; without, Schematic is left as it is. */
  static boolean isSellable(CatalogPlan plan) {
    return plan.pricing() != CatalogPlan.Pricing.PAID || !plan.prices().isEmpty();
  }

  /** Maps a plan that {@link SchematicCheck} accepts. */
  static Wanted of(CatalogPlan plan, SchematicSettings settings, Directory directory) {
    List<MissingReference> missing = new ArrayList<>();
    Map<String, CatalogPrice> basePrices = new TreeMap<>();
    plan.prices().stream()
        .filter(it -> it.role() != Role.COMPONENT)
        .forEach(it -> basePrices.put(key(it), it));
    return new Wanted(
        settings.name(plan),
        plan.description(),
        plan.type() == CatalogPlan.Type.ADD_ON ? "add_on" : "plan",
        base(plan),
        basePrices,
        wants(plan, settings, directory, missing),
        List.copyOf(missing));
  }

  /** The same with another description and trial. */
  Wanted with(String otherDescription, long trialDays) {
    return new Wanted(
        name,
        otherDescription,
        type,
        new Base(base.charge(), base.strategy(), trialDays, base.prices()),
        basePrices,
        wants,
        missing);
  }

  /** The same under another name. */
  Wanted named(String other) {
    return new Wanted(other, description, type, base, basePrices, wants, missing);
  }

  static String key(CatalogPrice price) {
    return priceKey(price.currency(), Cadence.of(price).orElseThrow());
  }

  private static Base base(CatalogPlan plan) {
    return switch (plan.pricing()) {
      case FREE -> new Base(Base.FREE, "", 0, Map.of());
      case CUSTOM -> new Base(Base.NONE, Base.UNBILLED, 0, Map.of());
      case PAID -> paid(plan);
    };
  }

  private static Base paid(CatalogPlan plan) {
    Map<String, Map<Cadence, BigDecimal>> prices = new TreeMap<>();
    for (CatalogPrice price : plan.prices()) {
      BigDecimal amount =
          price.model() instanceof PriceModel.Flat flat
              ? Decimals.minorUnits(flat.amount(), price.currency())
              : BigDecimal.ZERO;
      // Beside usage that has no base price, the period costs nothing by itself.
      prices
          .computeIfAbsent(price.currency(), it -> new TreeMap<>())
          .merge(Cadence.of(price).orElseThrow(), amount, BigDecimal::max);
    }
    boolean once = plan.prices(Role.ONE_TIME).findAny().isPresent();
    return new Base(
        once ? Base.ONE_TIME : Base.RECURRING,
        Base.MANAGED,
        plan.trial().map(CatalogPlan.Trial::days).orElse(0),
        prices);
  }

  private static Map<String, Want> wants(
      CatalogPlan plan,
      SchematicSettings settings,
      Directory directory,
      List<MissingReference> missing) {
    Map<String, List<String>> words = new TreeMap<>();
    Map<String, Entitlement> entitlements = new TreeMap<>();
    Map<String, List<CatalogPrice>> components = new TreeMap<>();
    for (Entitlement it : plan.entitlements()) {
      String field = "spec.entitlements[" + it.feature() + "]";
      feature(directory, it.feature(), settings.feature(it.feature()), field, missing)
          .ifPresent(
              id -> {
                entitlements.put(id, it);
                word(words, id, it.feature());
              });
    }
    for (CatalogPrice price : plan.prices(Role.COMPONENT).toList()) {
      String word = word(price.model());
      boolean overage = price.model() instanceof PriceModel.Overage;
      String field =
          plan.object(price)
              + " spec."
              + price.model().field()
              + (overage ? ".feature" : ".metric");
      String lookedFor = overage ? settings.feature(word) : settings.metric(word);
      feature(directory, word, lookedFor, field, missing)
          .ifPresent(
              id -> {
                components.computeIfAbsent(id, it -> new ArrayList<>()).add(price);
                word(words, id, word);
              });
    }
    Map<String, Want> wants = new TreeMap<>();
    words.forEach(
        (id, all) ->
            wants.put(
                id,
                want(
                    all,
                    Optional.ofNullable(entitlements.get(id)),
                    components.getOrDefault(id, List.of()),
                    directory.type(id))));
    return wants;
  }

  private static void word(Map<String, List<String>> words, String id, String word) {
    List<String> all = words.computeIfAbsent(id, it -> new ArrayList<>());
    if (!all.contains(word)) {
      all.add(word);
    }
  }

  /** Our word for the feature that a usage price counts. */
  static String word(PriceModel model) {
    return model instanceof PriceModel.Overage overage
        ? overage.feature()
        : model.metricName().orElse("");
  }

  private static Optional<String> feature(
      Directory directory,
      String word,
      String lookedFor,
      String field,
      List<MissingReference> missing) {
    Optional<String> id = directory.feature(lookedFor).map(Directory.Feature::id);
    if (id.isEmpty()) {
      missing.add(new MissingReference("feature", word, lookedFor, field));
    }
    return id;
  }

  private static Want want(
      List<String> words,
      Optional<Entitlement> entitlement,
      List<CatalogPrice> components,
      String featureType) {
    Optional<Entitlement.Limit> limit =
        entitlement
            .map(Entitlement::grant)
            .filter(Entitlement.Limit.class::isInstance)
            .map(Entitlement.Limit.class::cast);
    boolean counted = featureType.equals("event") && limit.isPresent();
    String period = counted ? Periods.of(limit.get().reset()) : "";
    String behavior = components.stream().findFirst().map(Wanted::behavior).orElse("");
    Optional<BigDecimal> hard = limit.filter(it -> !it.soft()).map(Entitlement.Limit::limit);
    Optional<Boolean> enabled =
        entitlement
            .map(Entitlement::grant)
            .filter(Entitlement.Enabled.class::isInstance)
            .map(it -> ((Entitlement.Enabled) it).enabled());
    Map<String, Map<Cadence, Rate>> prices = new TreeMap<>();
    components.forEach(
        it ->
            prices
                .computeIfAbsent(it.currency(), currency -> new TreeMap<>())
                .put(Cadence.of(it).orElseThrow(), rate(it)));
    String type =
        behavior.equals(Grant.PAID_IN_ADVANCE)
            ? "trait"
            : enabled.isPresent() ? "boolean" : hard.isPresent() ? "numeric" : "unlimited";
    Grant grant =
        new Grant(
            type,
            enabled,
            hard,
            limit.filter(Entitlement.Limit::soft).map(Entitlement.Limit::limit),
            period,
            period.equals(Periods.MONTH) ? Periods.BILLING_CYCLE : "",
            behavior,
            prices);
    Map<String, CatalogPrice> byKey =
        components.stream().collect(Collectors.toMap(Wanted::key, it -> it, (a, b) -> a));
    return new Want(List.copyOf(words), grant, entitlement, List.copyOf(components), byKey);
  }

  /** Schematic's word for how a component is priced; {@code ""} where it has none. */
  static String behavior(CatalogPrice price) {
    return switch (price.model()) {
      case PriceModel.PerUnit perUnit ->
          perUnit.usageType() == PriceModel.UsageType.LICENSED
              ? Grant.PAID_IN_ADVANCE
              : Grant.PAID_AS_USED;
      case PriceModel.Graduated graduated -> Grant.TIERED;
      case PriceModel.Volume volume -> Grant.TIERED;
      case PriceModel.Overage overage -> Grant.OVERAGE;
      case PriceModel.Flat flat -> "";
      case PriceModel.Package pack -> "";
      case PriceModel.Percentage percentage -> "";
      case PriceModel.GraduatedPercentage percentage -> "";
      case PriceModel.Dynamic dynamic -> "";
    };
  }

  private static Rate rate(CatalogPrice price) {
    String currency = price.currency();
    return switch (price.model()) {
      case PriceModel.PerUnit perUnit -> Rate.of(Decimals.minorUnits(perUnit.amount(), currency));
      case PriceModel.Overage overage -> Rate.of(Decimals.minorUnits(overage.amount(), currency));
      case PriceModel.Graduated graduated -> tiers("graduated", graduated.tiers(), currency);
      case PriceModel.Volume volume -> tiers("volume", volume.tiers(), currency);
      case PriceModel.Flat flat -> throw unmapped(price);
      case PriceModel.Package pack -> throw unmapped(price);
      case PriceModel.Percentage percentage -> throw unmapped(price);
      case PriceModel.GraduatedPercentage percentage -> throw unmapped(price);
      case PriceModel.Dynamic dynamic -> throw unmapped(price);
    };
  }

  private static IllegalStateException unmapped(CatalogPrice price) {
    return new IllegalStateException("refused before: " + price.model().field());
  }

  private static Rate tiers(String mode, List<PriceModel.Tier> tiers, String currency) {
    return new Rate(
        mode,
        tiers.stream()
            .map(
                it ->
                    new Rate.Slice(
                        it.upTo(),
                        Decimals.minorUnits(it.unitAmount(), currency),
                        Decimals.minorUnits(it.flatAmount(), currency)))
            .toList());
  }

  /** Schematic's words for when a count starts anew. */
  static final class Periods {
    static final String MONTH = "current_month";
    static final String ALL_TIME = "all_time";

    /** A month counts from the day of the subscription, not from the first of the calendar's. */
    static final String BILLING_CYCLE = "billing_cycle";

    private Periods() {}

    static String of(Optional<Interval.Unit> reset) {
      return reset
          .map(
              it ->
                  switch (it) {
                    case DAY -> "current_day";
                    case WEEK -> "current_week";
                    case MONTH -> MONTH;
                    case YEAR -> ""; // refused before
                  })
          .orElse(ALL_TIME);
    }
  }
}
