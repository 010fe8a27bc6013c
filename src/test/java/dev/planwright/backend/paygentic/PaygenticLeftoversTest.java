package dev.planwright.backend.paygentic;

import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.setup;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.Listed;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a former try left of prices and fees that no plan lists: used, waited for, or taken away.
 */
class PaygenticLeftoversTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void aMetric() {
    bench.metric("calls", "SUM");
  }

  private static Samples plain() {
    return team().with(perUnit("calls", "calls", "0.002"));
  }

  @Test
  void equalPricesThatNobodyListsAreUsedLowestIdFirstAndEachOnce() {
    bench.sync(plain().plan());
    String metric = bench.controls().state().path("billableMetric").path(0).path("id").asText();
    List<String> left =
        Stream.of(
                bench.make().usagePrice(metric, "Team: calls", "0.003"),
                bench.make().usagePrice(metric, "Team: calls", "0.003"))
            .sorted()
            .toList();
    left.forEach(it -> bench.controls().editPrice(it, "billingCadence", TextNode.valueOf("P1M")));
    Samples edited = team().with(perUnit("calls", "calls", "0.003"));
    bench.server.clearExchanges();

    bench.sync(edited.plan());

    assertThat(bench.writes()).containsExactly("POST /v0/plans/{id}/versions");
    assertThat(bench.controls().listedPrices(bench.planId())).contains(left.getFirst());
    assertThat(bench.controls().orphanPrices())
        .as("it bears no mark, and nobody's journal names it")
        .containsExactly(left.get(1));
  }

  @Test
  void aPriceThatAnotherPlanOfThisProcessHasJustMadeIsNotTaken() {
    bench.sync(plain().plan());
    String metric = bench.controls().state().path("billableMetric").path(0).path("id").asText();
    String theirs = bench.make().usagePrice(metric, "Team: calls", "0.003");
    bench.controls().editPrice(theirs, "billingCadence", TextNode.valueOf("P1M"));
    Claims claims = new Claims(bench.clock);
    var another = new dev.planwright.catalog.Identity("shop-prod", "another");
    var ours = new dev.planwright.catalog.Identity("shop-prod", "team");

    claims.making(another, "content");
    assertThat(claims.take(ours, "content", theirs)).as("theirs may be this one").isFalse();
    claims.made(another, "content", "price_1");
    assertThat(claims.take(ours, "content", "price_1")).isFalse();
    assertThat(claims.take(ours, "content", theirs)).isTrue();
    assertThat(claims.take(another, "content", theirs)).isFalse();
  }

  @Test
  void inAProductOfOursAlonePricesAndFeesThatNobodyListsGo() {
    for (boolean exclusive : List.of(true, false)) {
      Bench own = new Bench(AccountConfig.Aliases.NONE, exclusive);
      own.metric("calls", "SUM");
      own.sync(plain().plan());
      String mark = "planwright: shop-prod/team shop/team price=";
      String fee = own.make().fee(own.product, "Old", mark + "old");
      own.make().feePrice(fee, "Old", "P1M", "3");
      String live = own.controls().fees().getFirst().path("id").asText();
      own.make().feePrice(live, "Team", "P1M", "777");
      Samples dearer = plain();
      dearer.prices.set(0, flat("team-monthly", "59"));

      own.sync(dearer.plan());
      dearer.prices.set(0, flat("team-monthly", "69"));
      own.sync(dearer.plan());

      assertThat(own.controls().counts().fees()).isEqualTo(exclusive ? 1 : 2);
      assertThat(own.controls().orphanPrices()).hasSize(exclusive ? 0 : 2);
      assertThat(own.controls().counts().deletedPrices())
          .as("the price of 49 is in the first version, and stays")
          .isEqualTo(exclusive ? 2 : 0);
    }
  }

  /** What the next sweep of a process wants to do about the plan, with what status remembers. */
  private static List<dev.planwright.backend.Step> swept(Bench own, CatalogPlan plan) {
    List<Listed<PaygenticWorld>> seen = new ArrayList<>();
    assertThat(own.provider.sweep(Set.of(), seen::add)).isEmpty();
    assertThat(seen).hasSize(1);
    return own.provider.plan(
        plan,
        seen.getFirst().world().orElseThrow(),
        new dev.planwright.backend.Provider.Planning(
            Policies.ExistingSubscribers.KEEP, own.memory.binding().handles()));
  }

  @Test
  void inAProductOfOursAloneWhatIsLeftOverGoesWithTheNextSweepAndWithoutAnyEdit() {
    Bench own = new Bench(AccountConfig.Aliases.NONE, true);
    own.metric("calls", "SUM");
    CatalogPlan plan = plain().plan();
    own.sync(plan);
    String fee =
        own.make().fee(own.product, "Old", "planwright: shop-prod/team shop/team price=old");
    own.make().feePrice(fee, "Old", "P1M", "3");
    own.server.clearExchanges();

    assertThat(swept(own, plan))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.upkeep()).as(it.title()).isTrue());
    own.sync(plan, Bench.with(Policies.DriftPolicy.REPORT));

    assertThat(own.writes()).containsExactly("DELETE /v0/prices/{id}", "DELETE /v0/fees/{id}");
    assertThat(own.controls().orphanPrices()).isEmpty();
    assertThat(swept(own, plan)).isEmpty();
  }

  @Test
  void whereOthersMakeFeesTooASweepLeavesThemAlone() {
    Bench own = new Bench();
    own.metric("calls", "SUM");
    CatalogPlan plan = plain().plan();
    own.sync(plan);
    own.make().fee(own.product, "Old", "planwright: shop-prod/team shop/team price=old");

    assertThat(swept(own, plan)).isEmpty();
  }

  @Test
  void aFeeThatOnlyAFormerVersionSellsIsWonderedAtOnce() {
    Bench own = new Bench(AccountConfig.Aliases.NONE, true);
    own.metric("calls", "SUM");
    own.sync(plain().with(setup("setup", "9")).plan());
    CatalogPlan plan = plain().plan();
    own.sync(plan);
    own.server.clearExchanges();

    assertThat(swept(own, plan)).isNotEmpty();
    own.sync(plan, Bench.with(Policies.DriftPolicy.REPORT));

    assertThat(own.writes()).isEmpty();
    own.restart();
    assertThat(swept(own, plan)).as("status remembers it").isEmpty();
    own.server.clearExchanges();
    own.sync(plan);
    assertThat(reads(own)).noneMatch(it -> it.endsWith("/v0/prices") || it.contains("versions"));
  }

  private static List<String> reads(Bench own) {
    return own.server.exchanges().stream()
        .map(it -> it.method() + " " + it.target().replaceAll("\\?.*", ""))
        .map(it -> it.replaceAll("/[a-z]+_[0-9a-z]{24}", "/{id}"))
        .toList();
  }

  @Test
  void whereNothingIsLeftOverAProductOfOursAloneCostsNoCallMore() {
    List<List<String>> calls = new ArrayList<>();
    for (boolean exclusive : List.of(true, false)) {
      Bench own = new Bench(AccountConfig.Aliases.NONE, exclusive);
      own.metric("calls", "SUM");
      CatalogPlan plan = plain().with(setup("setup", "9")).plan();
      own.sync(plan);
      own.server.clearExchanges();
      assertThat(swept(own, plan)).isEmpty();
      own.sync(plan);
      calls.add(reads(own));
    }

    assertThat(calls.getFirst()).isEqualTo(calls.getLast());
  }
}
