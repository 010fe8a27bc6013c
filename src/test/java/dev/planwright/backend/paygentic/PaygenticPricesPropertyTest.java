package dev.planwright.backend.paygentic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Sought;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Usage;
import dev.planwright.testing.RandomPlans;
import dev.planwright.testing.Samples;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * What the server charges out of what it stored is what the models say; every random plan is
 * refused by name or comes to rest.
 */
class PaygenticPricesPropertyTest {
  private static final Identity IDENTITY = new Identity("shop-prod", "team");

  /** Every plan that anybody could write: nearly all have something that Paygentic lacks. */
  @Property(tries = 150)
  void aRandomPlanIsRefusedByNameOrComesToRest(@ForAll("randomPlans") RandomPlans random) {
    Bench bench = bench();
    CatalogPlan first = random.plan(IDENTITY);
    for (CatalogPlan plan : List.of(first, random.edited(first))) {
      for (CatalogPlan it : List.of(plan, expressible(plan))) {
        if (PaygenticCheck.check(it, PaygenticSettings.of(bench.config())).isExpressible()
            && isPossible(bench, it)) {
          bench.sync(it);
          assertCharged(bench, it, List.of(new BigDecimal("17.5")));
        }
      }
    }
  }

  /** Whether what the plan names is there, and nothing that never changes would have to. */
  private static boolean isPossible(Bench bench, CatalogPlan plan) {
    Observation<PaygenticWorld> seen =
        bench.provider.find(
            new Sought(
                plan.identity(),
                Optional.of(plan),
                Optional.empty(),
                false,
                Handles.NONE,
                List.of(),
                Optional.empty()));
    if (seen.worldIfAny().isEmpty()) {
      assertThat(seen).isInstanceOf(Observation.Unresolved.class);
      return false;
    }
    return bench.provider.conflicts(plan, seen.worldIfAny().orElseThrow()).isEmpty();
  }

  /** The same plan with what Paygentic can say, so that most tries send something. */
  private static CatalogPlan expressible(CatalogPlan plan) {
    Samples sample = new Samples();
    sample.displayName = plan.displayName();
    sample.description = plan.description();
    sample.tax = plan.tax();
    TreeSet<String> charged = new TreeSet<>();
    boolean flat = false;
    for (CatalogPrice price : plan.prices()) {
      boolean alternative = price.role() == CatalogPrice.Role.ALTERNATIVE;
      boolean fits =
          switch (price.model()) {
            case PriceModel.Flat it -> it.metric().isEmpty();
            case PriceModel.PerUnit it ->
                it.usageType() == PriceModel.UsageType.METERED && it.filters().isEmpty();
            case PriceModel.Percentage it -> it.isPureRate();
            default -> false;
          };
      if (!fits
          || (alternative && flat)
          || !price.model().metricName().map(charged::add).orElse(true)) {
        continue;
      }
      flat |= alternative;
      sample.prices.add(
          price.schedule() instanceof CatalogPrice.OneTime
              ? Samples.setup(price.name(), amount(price.model()))
              : Samples.price(price.name(), price.model()));
    }
    if (!flat) {
      sample.prices.add(Samples.flat("zz-base", "0"));
    }
    return sample.plan();
  }

  private static String amount(PriceModel model) {
    return model instanceof PriceModel.Flat flat ? flat.amount().toPlainString() : "1";
  }

  private static Bench bench() {
    Bench bench = new Bench();
    RandomPlans.METRICS.forEach(it -> bench.metric(it, "SUM"));
    RandomPlans.MONEY_METRICS.forEach(it -> bench.metric(it, "SUM"));
    RandomPlans.FEATURES.forEach(it -> bench.make().feature(bench.product, it, "boolean"));
    return bench;
  }

  @Property(tries = 150)
  void whatIsChargedIsWhatTheModelCosts(
      @ForAll("models") PriceModel model,
      @ForAll("models") PriceModel after,
      @ForAll("quantities") List<BigDecimal> quantities) {
    Bench bench = bench();
    for (PriceModel it : List.of(model, after)) {
      bench.sync(plan(it, "USD"));
      assertCharged(bench, plan(it, "USD"), quantities);
    }
  }

  @Test
  void aMetricThatCountsMinorUnitsIsPricedByThem() {
    for (String currency : List.of("USD", "JPY", "KWD")) {
      Bench bench =
          new Bench(
              new AccountConfig.Aliases(
                  Map.of("payments", new AccountConfig.Alias("cents", true)), Map.of(), Map.of()),
              false);
      bench.metric("cents", "SUM");
      PriceModel model = Samples.rate("payments", "2.5");
      bench.sync(plan(model, currency));
      BigDecimal sold = new BigDecimal("200");

      assertThat(
              bench
                  .server
                  .newSubscriberPays(
                      bench.planId(), Map.of("cents", Decimals.minorUnits(sold, currency)))
                  .amount())
          .isEqualByComparingTo(model.cost(Usage.of(sold)).add(BigDecimal.ONE));
    }
  }

  @Test
  void aMappingThatIsTenTimesOffTurnsTheSameAssertionRed() {
    Bench bench = bench();
    PriceModel model = Samples.perUnit("x", "api-calls", "0.25").model();
    var honest = bench.client;
    bench.client =
        request -> {
          request
              .body()
              .filter(it -> it.has("billableMetricId"))
              .map(it -> it.path("properties"))
              .ifPresent(it -> ((ObjectNode) it).put("unitPrice", "2.5"));
          return honest.send(request);
        };
    CatalogPlan plan = plan(model, "USD");
    assertThat(bench.once(plan, Bench.policies()).outcome().toString())
        .as("and a second look sees it")
        .contains("prices.usage.amount 2.5 -> 0.25");
    assertThatThrownBy(() -> assertCharged(bench, plan, List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1.25");
  }

  /** Zero, one, and the random ones of everything at once. */
  private static void assertCharged(Bench bench, CatalogPlan plan, List<BigDecimal> quantities) {
    TreeSet<BigDecimal> all = new TreeSet<>(quantities);
    all.add(BigDecimal.ZERO);
    all.add(BigDecimal.ONE);
    for (BigDecimal quantity : all) {
      Map<String, BigDecimal> usage = new HashMap<>();
      BigDecimal cost = BigDecimal.ZERO;
      for (CatalogPrice price : plan.prices()) {
        price.model().metricName().ifPresent(it -> usage.put(it, quantity));
        cost = cost.add(price.model().cost(Usage.of(quantity)));
      }
      assertThat(bench.server.newSubscriberPays(bench.planId(), usage).amount())
          .as("%s at %s", plan.prices(), quantity)
          .isEqualByComparingTo(cost);
    }
  }

  private static CatalogPlan plan(PriceModel model, String currency) {
    Samples sample = new Samples();
    sample.prices.add(
        Samples.price(
            "base",
            new PriceModel.Flat(BigDecimal.ONE, Optional.empty()),
            currency,
            Samples.MONTHLY));
    sample.prices.add(Samples.price("usage", model, currency, Samples.MONTHLY));
    return sample.plan();
  }

  @Provide
  Arbitrary<RandomPlans> randomPlans() {
    return RandomPlans.any();
  }

  @Provide
  Arbitrary<List<BigDecimal>> quantities() {
    return Arbitraries.bigDecimals()
        .between(BigDecimal.ZERO, new BigDecimal("5000"))
        .ofScale(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<PriceModel> models() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.TEN).ofScale(6);
    return Arbitraries.oneOf(
        Combinators.combine(amounts, Arbitraries.of("api-calls", "sms"))
            .as((it, metric) -> Samples.perUnit("x", metric, it.toPlainString()).model()),
        amounts.map(it -> Samples.rate("payments", it.toPlainString())));
  }
}
