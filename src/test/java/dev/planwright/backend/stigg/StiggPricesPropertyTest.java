package dev.planwright.backend.stigg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountFacts;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Usage;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.RandomUsage;
import dev.planwright.testing.Samples;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What Stigg bills out of what it stored is what the model says. */
class StiggPricesPropertyTest {
  private static final BigDecimal BASE = new BigDecimal("49");
  private static final BigDecimal YEAR = new BigDecimal("490");

  @Property(tries = 150)
  void whatIsBilledIsWhatTheModelCosts(
      @ForAll("models") PriceModel model, @ForAll boolean flatAtZero) {
    StiggBench bench = new StiggBench().with(StiggSwitch.FIRST_TIER_FLAT_AT_ZERO, flatAtZero);
    CatalogPlan plan = plan(model);
    if (!bench.provider.check(plan, AccountFacts.unknown()).isExpressible()) {
      assertThat(model)
          .as("only a first tier's flat amount is refused of these")
          .isInstanceOfAny(PriceModel.Graduated.class, PriceModel.Volume.class);
      return;
    }
    bench.sync(plan);
    assertBilled(bench, model);
  }

  /**
   * With the setting on: usage of each month beside prices by the month and by the year, and usage
   * of the year beside a yearly price.
   */
  @Property(tries = 150)
  void besideAYearlyPriceWhatIsBilledIsWhatTheModelCosts(
      @ForAll("models") PriceModel model, @ForAll boolean ofTheYear) {
    StiggBench bench =
        new StiggBench()
            .usageBesideYearly(true)
            .with(StiggSwitch.USAGE_BESIDE_YEARLY, true)
            .with(StiggSwitch.MONTHLY_USAGE_PAID_BY_YEARLY, !ofTheYear);
    CatalogPlan plan = besideYearly(model, ofTheYear);
    if (!bench.provider.check(plan, AccountFacts.unknown()).isExpressible()) {
      boolean tiers = model instanceof PriceModel.Graduated || model instanceof PriceModel.Volume;
      boolean seatsByTheMonth = !isMetered(model) && !ofTheYear;
      assertThat(tiers || seatsByTheMonth)
          .as("only a first tier's flat amount, and seats of another interval: %s", model)
          .isTrue();
      return;
    }
    bench.sync(plan);
    if (ofTheYear) {
      for (BigDecimal used : used(model)) {
        assertThat(bench.server.bill("team", Purchase.yearly().with("units", used)).get("usd"))
            .as("%s at %s in a year", model, used)
            .isEqualByComparingTo(model.cost(new Usage.Quantity(used)).add(YEAR));
      }
      return;
    }
    assertBilled(bench, model);
    List<BigDecimal> used = used(model);
    List<BigDecimal> months = new ArrayList<>();
    BigDecimal cost = YEAR;
    for (int month = 0; month < 12; month++) {
      BigDecimal units = used.get(month % used.size());
      months.add(units);
      cost = cost.add(model.cost(new Usage.Quantity(units)));
    }
    assertThat(bench.server.bill("team", Purchase.yearly().withMonths("units", months)).get("usd"))
        .as("%s at %s in the months of a year", model, months)
        .isEqualByComparingTo(cost);
  }

  private static CatalogPlan besideYearly(PriceModel model, boolean ofTheYear) {
    Interval year = Interval.of(Interval.Unit.YEAR, 1);
    Samples sample = ofTheYear ? new Samples() : Samples.team();
    sample.with(Samples.price("yearly", new PriceModel.Flat(YEAR, Optional.empty()), "USD", year));
    return sample.with(usage(model, ofTheYear ? year : Samples.MONTHLY)).plan();
  }

  private static boolean isMetered(PriceModel model) {
    return !(model instanceof PriceModel.PerUnit perUnit
        && perUnit.usageType() == PriceModel.UsageType.LICENSED);
  }

  /** Quantities that somebody can have. */
  private static List<BigDecimal> used(PriceModel model) {
    return RandomUsage.of(model).stream()
        .map(it -> ((Usage.Quantity) it).quantity())
        .filter(it -> isEnough(model, it))
        .toList();
  }

  private static boolean isEnough(PriceModel model, BigDecimal quantity) {
    return !(model instanceof PriceModel.PerUnit perUnit
        && perUnit.minUnits().isPresent()
        && quantity.compareTo(BigDecimal.valueOf(perUnit.minUnits().getAsLong())) < 0);
  }

  @Property(tries = 25)
  void whateverIsEditedASecondLookWritesNothing(
      @ForAll("models") PriceModel before, @ForAll("models") PriceModel after) {
    StiggBench bench = new StiggBench();
    for (PriceModel model : List.of(before, after)) {
      CatalogPlan plan = plan(model);
      if (bench.provider.check(plan, AccountFacts.unknown()).isExpressible()) {
        bench.sync(plan);
        assertBilled(bench, model);
      }
    }
  }

  @Test
  void aMappingInCentsTurnsTheSameAssertionRed() {
    StiggBench bench = new StiggBench();
    PriceModel model = Samples.perUnit("usage", "units", "0.25").model();
    bench.between =
        request -> {
          request.body().ifPresent(body -> body.findParents("amount").forEach(this::inCents));
          return bench.direct.send(request);
        };
    bench.toRest(plan(model), StiggBench.KEEP);
    assertThat(bench.last().outcome())
        .as("the draft read back is not ours any more")
        .isNotEqualTo(new Outcome.Done());
    bench.server.console().publish("team");
    assertThatThrownBy(() -> assertBilled(bench, model)).isInstanceOf(AssertionError.class);
  }

  private void inCents(JsonNode money) {
    BigDecimal amount = money.path("amount").decimalValue();
    ((ObjectNode) money).set("amount", DecimalNode.valueOf(amount.movePointRight(2)));
  }

  private static void assertBilled(StiggBench bench, PriceModel model) {
    for (BigDecimal quantity : used(model)) {
      BigDecimal billed =
          bench.server.bill("team", Purchase.monthly().with("units", quantity)).get("usd");
      assertThat(billed)
          .as("%s at %s", model, quantity)
          .isEqualByComparingTo(model.cost(new Usage.Quantity(quantity)).add(BASE));
    }
  }

  private static CatalogPlan plan(PriceModel model) {
    return Samples.team().with(usage(model, Samples.MONTHLY)).plan();
  }

  private static CatalogPrice usage(PriceModel model, Interval interval) {
    return Samples.price(
        "usage",
        model,
        "USD",
        new CatalogPrice.Recurring(interval),
        isMetered(model) ? CatalogPrice.Billing.IN_ARREARS : CatalogPrice.Billing.IN_ADVANCE,
        List.of(),
        java.util.OptionalInt.empty(),
        Optional.empty());
  }

  @Provide
  Arbitrary<PriceModel> models() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.TEN).ofScale(5);
    Arbitrary<List<PriceModel.Tier>> tiers =
        Combinators.combine(
                Arbitraries.integers().between(1, 3000).set().ofMaxSize(3),
                amounts.list().ofSize(4),
                Arbitraries.of("0", "0", "0.3").list().ofSize(4),
                Arbitraries.of(0, 0, 0, 1))
            .as(StiggPricesPropertyTest::tiers);
    return Arbitraries.oneOf(
        amounts.map(it -> Samples.perUnit("x", "units", it.toPlainString()).model()),
        Combinators.combine(amounts, Arbitraries.integers().between(0, 5))
            .as(
                (amount, least) ->
                    new PriceModel.PerUnit(
                        "units",
                        amount,
                        PriceModel.UsageType.LICENSED,
                        least == 0 ? OptionalLong.empty() : OptionalLong.of(least),
                        OptionalLong.empty(),
                        List.of(),
                        PriceModel.Unmatched.BASE_AMOUNT)),
        Combinators.combine(Arbitraries.integers().between(1, 2000), amounts)
            .as(
                (size, amount) ->
                    new PriceModel.Package(
                        "units", BigDecimal.valueOf(size), amount, BigDecimal.ZERO)),
        tiers.map(it -> new PriceModel.Graduated("units", it)),
        tiers.map(it -> new PriceModel.Volume("units", it)));
  }

  private static List<PriceModel.Tier> tiers(
      java.util.Set<Integer> ends, List<BigDecimal> units, List<String> flats, int firstFlat) {
    List<Integer> bounds = ends.stream().sorted().toList();
    List<PriceModel.Tier> tiers = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      tiers.add(
          new PriceModel.Tier(
              i < bounds.size() ? Optional.of(BigDecimal.valueOf(bounds.get(i))) : Optional.empty(),
              units.get(i),
              i == 0 ? BigDecimal.valueOf(firstFlat) : new BigDecimal(flats.get(i))));
    }
    return tiers;
  }
}
