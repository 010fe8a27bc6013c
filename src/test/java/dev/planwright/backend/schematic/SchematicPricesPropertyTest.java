package dev.planwright.backend.schematic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountFacts;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Usage;
import dev.planwright.catalog.Violation;
import dev.planwright.emulator.schematic.Cadence;
import dev.planwright.emulator.schematic.SchematicBill;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.RandomPlans;
import dev.planwright.testing.RandomUsage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** What the account bills out of what it stored is what the model says. */
class SchematicPricesPropertyTest {
  private static final Identity TEAM = new Identity("shop-prod", "team");

  @Property(tries = 250)
  void aBillIsWhatTheModelCosts(
      @ForAll("models") PriceModel model, @ForAll("currencies") String currency) {
    Bench bench = new Bench();
    CatalogPlan plan = plan(model, currency);
    if (!bench.provider.check(plan, AccountFacts.unknown()).isExpressible()) {
      assertThat(model.toString()).as("refused without need").contains("Tier");
      return;
    }
    bench.sync(plan);
    assertBills(bench, plan);
  }

  @Property(tries = 60)
  void whateverIsEditedASecondLookWantsNothing(
      @ForAll("models") PriceModel before, @ForAll("models") PriceModel after) {
    Bench bench = new Bench();
    for (PriceModel model : List.of(before, after, before)) {
      CatalogPlan plan = plan(model, "USD");
      if (bench.provider.check(plan, AccountFacts.unknown()).isExpressible()) {
        bench.sync(plan); // fails by itself when it does not come to rest
        assertBills(bench, plan);
      }
    }
  }

  @Property(tries = 200)
  void everyPlanIsRefusedWithoutACallOrComesToRest(@ForAll("plans") RandomPlans plans) {
    Bench bench = new Bench();
    for (String feature : RandomPlans.METRICS) {
      bench.controls().addFeature(feature, "event");
    }
    bench.controls().addFeature(RandomPlans.LICENSED_METRIC, "license");
    bench.controls().addFeature("support", "boolean");
    CatalogPlan first = plans.plan(TEAM);
    CatalogPlan edited = plans.edited(first);
    for (CatalogPlan plan : List.of(expressible(bench, first), expressible(bench, edited), first)) {
      int before = bench.writes().size();
      Outcome outcome = bench.run(plan, Bench.KEEP).outcome();
      Statistics.collect(outcome.getClass().getSimpleName());
      if (outcome.equals(new Outcome.Done())) {
        bench.sync(plan);
      } else {
        assertThat(outcome).isInstanceOf(Outcome.Inexpressible.class);
        assertThat(bench.writes()).hasSize(before);
      }
    }
    Statistics.coverage(it -> it.check("Done").count(done -> done > 100));
  }

  /**
   * The same plan without what Schematic never takes, and then without the prices that it does not
   * take together: most random plans have some of that.
   */
  private static CatalogPlan expressible(Bench bench, CatalogPlan plan) {
    CatalogPlan simple = simple(plan);
    Set<String> refused =
        bench.provider.check(simple, AccountFacts.unknown()).violations().stream()
            .map(Violation::object)
            .collect(Collectors.toSet());
    return simple.withPrices(
        simple.prices().stream().filter(price -> !refused.contains(simple.object(price))).toList());
  }

  private static CatalogPlan simple(CatalogPlan plan) {
    Samples sample = new Samples();
    sample.type = plan.type();
    sample.pricing = plan.pricing();
    sample.displayName = plan.displayName();
    sample.description = plan.description();
    sample.metadata = plan.metadata();
    sample.prices.addAll(plan.pricing() == CatalogPlan.Pricing.CUSTOM ? List.of() : plan.prices());
    sample.entitlements.addAll(
        plan.entitlements().stream()
            .filter(it -> it.mode().isEmpty() && !(it.grant() instanceof Entitlement.Value))
            .toList());
    return sample.plan();
  }

  @Test
  void aMappingThatIsTenTimesOffTurnsTheSameAssertionRed() {
    Bench bench = new Bench();
    CatalogPlan plan = plan(Samples.perUnit("calls", "0.25", PriceModel.UsageType.METERED), "USD");
    bench.spoiling =
        request -> {
          for (JsonNode row : request.body().orElseThrow().path("entitlements")) {
            ((ObjectNode) row.path("req")).put("monthly_unit_price_decimal", "250");
          }
        };

    assertThat(bench.run(plan, Bench.KEEP).outcome())
        .as("what was read back is not what was wanted")
        .isNotEqualTo(new Outcome.Done());
    String version = bench.remote().path("draft_version").path("id").asText();
    assertThatThrownBy(() -> assertBills(bench, plan, version))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("51.50");
  }

  private static void assertBills(Bench bench, CatalogPlan plan) {
    assertBills(bench, plan, bench.activeVersion());
  }

  private static void assertBills(Bench bench, CatalogPlan plan, String version) {
    CatalogPrice base = plan.prices().getFirst();
    CatalogPrice priced = plan.prices().getLast();
    String currency = base.currency();
    String word =
        priced.model() instanceof PriceModel.Overage it
            ? it.feature()
            : priced.model().metricName().orElseThrow();
    for (Usage usage : RandomUsage.of(priced.model())) {
      Map<String, BigDecimal> used = new HashMap<>();
      used.put(bench.featureId(word), usage.quantity().add(included(plan)));
      SchematicBill bill =
          bench.controls().quote(version, currency.toLowerCase(Locale.ROOT), Cadence.MONTHLY, used);
      BigDecimal cost = base.model().cost(Usage.of(BigDecimal.ONE)).add(priced.model().cost(usage));
      assertThat(Decimals.majorUnits(bill.total(), currency))
          .as("%s of %s", usage, priced.model())
          .isEqualByComparingTo(cost);
    }
  }

  /** What is used before overage begins. */
  private static BigDecimal included(CatalogPlan plan) {
    return plan.entitlements().stream()
        .map(it -> ((Entitlement.Limit) it.grant()).limit())
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }

  private static CatalogPlan plan(PriceModel model, String currency) {
    Samples sample = new Samples();
    sample.with(
        Samples.flat("a-base", "49", currency, Samples.MONTH),
        Samples.price("b-usage", model, currency, Samples.MONTH));
    if (model instanceof PriceModel.Overage it) {
      sample.granting(Samples.limit(it.feature(), "25", Optional.empty(), true));
    }
    return sample.plan();
  }

  @Provide
  Arbitrary<RandomPlans> plans() {
    return RandomPlans.any();
  }

  @Provide
  Arbitrary<String> currencies() {
    return Arbitraries.of("USD", "EUR", "JPY");
  }

  @Provide
  Arbitrary<PriceModel> models() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.TEN).ofScale(5);
    return Arbitraries.oneOf(
        amounts.map(
            it -> Samples.perUnit("calls", it.toPlainString(), PriceModel.UsageType.METERED)),
        amounts.map(
            it -> Samples.perUnit("seats", it.toPlainString(), PriceModel.UsageType.LICENSED)),
        amounts.map(it -> new PriceModel.Overage("projects", it)),
        tiers(amounts).map(it -> new PriceModel.Graduated("calls", it)),
        tiers(amounts).map(it -> new PriceModel.Volume("calls", it)));
  }

  private static Arbitrary<List<PriceModel.Tier>> tiers(Arbitrary<BigDecimal> amounts) {
    Arbitrary<Integer> flats = Arbitraries.of(0, 0, 3);
    return Combinators.combine(
            Arbitraries.integers().between(1, 900),
            Arbitraries.integers().between(901, 3000),
            amounts.list().ofSize(3),
            flats,
            flats)
        .as(
            (one, two, units, some, more) ->
                List.of(
                    Samples.tier("" + one, units.get(0).toPlainString(), "0"),
                    Samples.tier("" + two, units.get(1).toPlainString(), "" + some),
                    Samples.tier("", units.get(2).toPlainString(), "" + more)));
  }
}
