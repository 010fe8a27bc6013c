package dev.planwright.backend.paygentic;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.setup;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.paygentic.PaygenticDoubt;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.SyncResult;
import dev.planwright.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the vendor's documents leave open, answered both ways: whatever the answer, what is sold is
 * what the manifest says, nobody who pays is repriced unasked, and nothing is there twice.
 */
class PaygenticDoubtTest {
  private static Bench bench() {
    Bench bench = new Bench();
    bench.metric("calls", "SUM");
    bench.make().feature(bench.product, "calls", "metered");
    return bench;
  }

  private static Samples plain() {
    Samples sample = team().with(setup("setup", "99"), perUnit("calls", "calls", "0.002"));
    sample.entitlements.add(Samples.monthly("calls", "1000", true));
    return sample;
  }

  private static Samples edited() {
    Samples sample = team().with(perUnit("calls", "calls", "0.0030"));
    sample.prices.set(0, flat("team-monthly", "59.00"));
    sample.displayName = "Teams";
    sample.tax = Optional.of(new CatalogPlan.Tax("saas", Optional.of(dec("20")), Optional.empty()));
    sample.entitlements.add(Samples.monthly("calls", "5000", false));
    return sample;
  }

  /** A price changes and nothing else. */
  private static Samples dearer() {
    Samples sample = plain();
    sample.prices.set(0, flat("team-monthly", "59"));
    return sample;
  }

  /** Create, edit, an amount back again, drift by hand, a lost status: all come to rest. */
  @ParameterizedTest
  @EnumSource(PaygenticDoubt.class)
  void aPlanGoesItsWayWhateverTheAnswer(PaygenticDoubt doubt) {
    Bench bench = bench().doubting(doubt);
    bench.sync(plain().plan());
    assertSold(bench, "49", "99");

    bench.sync(edited().plan());
    assertSold(bench, "59", "0");
    bench.sync(plain().plan());
    assertSold(bench, "49", "99");

    bench
        .controls()
        .editPrice(
            bench.price("Team"),
            "properties",
            com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("unitPrice", "1"));
    settle(bench, plain().plan());
    assertSold(bench, "49", "99");

    bench.memory = Memory.EMPTY;
    bench.restart();
    int before = bench.writes().size();
    bench.sync(plain().plan());
    assertThat(bench.writes()).hasSize(before);
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
    assertThat(bench.controls().counts().fees()).isEqualTo(2);
  }

  /** Where a first try is refused, the next does without what was left of an earlier one. */
  private static void settle(Bench bench, CatalogPlan plan) {
    Outcome outcome = bench.once(plan, Bench.policies()).outcome();
    for (int tries = 0; tries < 4 && outcome instanceof Outcome.Unfinished; tries++) {
      bench.clock.advance(Duration.ofSeconds(95));
      outcome = bench.once(plan, Bench.policies()).outcome();
    }
    bench.sync(plan);
  }

  private static void assertSold(Bench bench, String recurring, String once) {
    var bill = bench.server.newSubscriberPays(bench.planId(), Map.of());
    assertThat(bill.recurring()).isEqualByComparingTo(recurring);
    assertThat(bill.once()).isEqualByComparingTo(once);
  }

  /** Whoever is counted in which way: nobody who pays or is about to is repriced unasked. */
  @ParameterizedTest
  @EnumSource(PaygenticDoubt.class)
  void nobodyWhoPaysIsRepricedUnasked(PaygenticDoubt doubt) {
    for (String status : List.of("active", "pending_payment")) {
      Bench bench = bench().doubting(doubt);
      bench.sync(plain().plan());
      String subscriber = bench.controls().addSubscriber(bench.planId(), status);
      int before = bench.writes().size();

      assertThat(bench.blocked(dearer().plan(), Bench.policies()).reason())
          .isEqualTo(Reason.SUBSCRIBERS_AFFECTED);
      assertThat(bench.blocked(dearer().plan(), Bench.migrating()).reason())
          .isEqualTo(Reason.APPROVAL_REQUIRED);

      assertThat(bench.writes()).hasSize(before);
      bench.controls().nextPeriod(subscriber);
      assertThat(bench.server.subscriberPays(subscriber, Map.of()).recurring())
          .isEqualByComparingTo("49");
    }
  }

  /** Ids of an adopted plan may be stable: what is sold counts, and ids are read anew. */
  @ParameterizedTest
  @EnumSource(
      value = PaygenticDoubt.class,
      names = {
        "REPLACE_SWAPS_IDS",
        "REPLACE_DELETES_THE_NEW_PRICE",
        "PLAN_PRICES_AS_IDS",
        "DELETED_PRICE_IS_READABLE"
      })
  void idsAreReadAnewAfterAVersionEvenWhereTheyAreStable(PaygenticDoubt doubt) {
    for (boolean raised : List.of(true, false)) {
      Bench bench = bench();
      if (raised) {
        bench.doubting(doubt);
      }
      bench.sync(plain().plan());
      bench.controls().editPlan(bench.planId(), "stablePriceIds", BooleanNode.TRUE);

      SyncResult result = bench.sync(edited().plan());

      assertSold(bench, "59", "0");
      assertThat(result.view().orElseThrow().priceIds().values())
          .containsExactlyInAnyOrderElementsOf(bench.controls().listedPrices(bench.planId()));
    }
  }

  /** A price that was a deleted plan's may be refused to a new one: then a new one is made. */
  @Test
  void whatAnotherPlanMayNotSellIsMadeAnew() {
    for (boolean raised : List.of(true, false)) {
      Bench bench = bench();
      if (raised) {
        bench.doubting(PaygenticDoubt.PRICE_OF_ONE_PLAN_ONLY);
      }
      bench.sync(plain().plan());
      bench.controls().deletePlan(bench.planId());
      bench.server.clearExchanges();

      settle(bench, plain().plan());

      assertSold(bench, "49", "99");
      assertThat(bench.writes()).hasSize(raised ? 5 : 1);
    }
  }

  /** Refused aloud, with the vendor's words: then nothing is sold. */
  @ParameterizedTest
  @EnumSource(
      value = PaygenticDoubt.class,
      names = {"CADENCE_AS_THE_PLANS", "NO_QUARTERLY_FEE"})
  void whatPaygenticMayRefuseIsShownAndNothingIsSold(PaygenticDoubt doubt) {
    for (boolean raised : List.of(true, false)) {
      Bench bench = bench();
      if (raised) {
        bench.doubting(doubt);
      }
      Samples sample = new Samples();
      sample.prices.add(
          Samples.price(
              "quarterly", flat("x", "120").model(), "USD", Interval.of(Interval.Unit.MONTH, 3)));
      sample.prices.add(perUnit("calls", "calls", "0.002"));

      Outcome outcome = bench.once(sample.plan(), Bench.policies()).outcome();

      if (raised) {
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.Blocked.class,
                it -> assertThat(it.reason()).isEqualTo(Reason.BACKEND_REJECTED));
        assertThat(outcome.toString()).contains("adence");
      } else {
        assertThat(outcome).isEqualTo(new Outcome.Done());
      }
      assertThat(bench.controls().counts().plans()).isEqualTo(raised ? 0 : 1);
    }
  }

  /** Shown or not, charged or not: afterwards it is sold once, at the manifest's price. */
  @ParameterizedTest
  @EnumSource(
      value = PaygenticDoubt.class,
      names = {"DELETED_PRICE_IS_CHARGED", "DELETED_PRICE_IS_READABLE", "PLAN_PRICES_AS_IDS"})
  void aPriceThatSomebodyDeletedIsMadeAnewHoweverItIsShown(PaygenticDoubt doubt) {
    for (boolean raised : List.of(true, false)) {
      Bench bench = bench();
      bench.sync(plain().plan());
      bench.controls().deletePrice(bench.price("Team"));
      if (raised) {
        bench.doubting(doubt);
      }
      settle(bench, plain().plan());
      assertSold(bench, "49", "99");

      Bench both = bench().doubting(PaygenticDoubt.PLAN_PRICES_AS_IDS);
      both.sync(plain().plan());
      both.controls().deletePrice(both.controls().listedPrices(both.planId()).get(2));
      if (raised) {
        both.doubting(doubt);
      }
      settle(both, plain().plan());
      assertSold(both, "49", "99");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PaygenticDoubt.class,
      names = {"DELETED_PLAN_IS_GONE", "DELETED_PLAN_IS_LISTED"})
  void aDeletedPlanIsGoneHoweverItIsShown(PaygenticDoubt doubt) {
    for (boolean raised : List.of(true, false)) {
      Bench bench = bench();
      if (raised) {
        bench.doubting(doubt);
      }
      bench.sync(plain().plan());
      bench.controls().deletePlan(bench.planId());

      assertThat(bench.blocked(plain().plan(), Bench.with(Policies.DriftPolicy.REPORT)).reason())
          .isEqualTo(Reason.REMOTE_MISSING);
      settle(bench, plain().plan());
      assertSold(bench, "49", "99");
    }
  }

  @Test
  void aFeeThatADeletedPriceBlocksIsLeftAndSaidWithItsBlockers() {
    for (boolean raised : List.of(true, false)) {
      Bench bench = new Bench(dev.planwright.backend.AccountConfig.Aliases.NONE, true);
      if (raised) {
        bench.doubting(PaygenticDoubt.DELETED_PRICE_BLOCKS_THE_FEE);
      }
      bench.sync(team().plan());
      String fee =
          bench.make().fee(bench.product, "Old", "planwright: shop-prod/team shop/team price=old");
      bench.make().feePrice(fee, "Old", "P1M", "3");
      Samples dearer = team();
      dearer.prices.set(0, flat("team-monthly", "59"));

      SyncResult first = bench.once(dearer.plan(), Bench.policies());

      if (raised) {
        assertThat(first.outcome().toString()).contains("blocked by price: 1");
      }
      settle(bench, dearer.plan());
      assertThat(bench.controls().counts().fees()).isEqualTo(raised ? 2 : 1);
    }
  }

  /** A conflict is read anew and computed once more. */
  @Test
  void aPlanThatSomebodyElseChangesAtTheSameTimeIsLookedAtAgain() {
    Bench bench = bench();
    bench.sync(plain().plan());
    bench.controls().conflictNext(1);

    assertThat(bench.once(edited().plan(), Bench.policies()).outcome())
        .isInstanceOfSatisfying(
            Outcome.Unfinished.class, it -> assertThat(it.reason()).isEqualTo(Reason.RETRYING));
    bench.sync(edited().plan());
    assertSold(bench, "59", "0");
  }

  /** Somebody else's price in credits is no price in money, though the plan does not show it. */
  @Test
  void whoTakesOverAPlanReadsInWhatUnitItIsCharged() {
    Bench bench = new Bench();
    String fee = bench.make().fee(bench.product, "Team", "By hand");
    String price = bench.make().feePrice(fee, "Team", "P1M", "49");
    String unit = bench.make().pricingUnit(bench.access.merchantId(), "Tokens");
    bench.controls().editPrice(price, "pricingUnitId", TextNode.valueOf(unit));
    String plan = bench.make().plan(bench.product, "Team", "USD", price);
    Samples sample = team();
    sample.externalId = Optional.of(plan);

    assertThat(bench.blocked(sample.plan(), Bench.with(Policies.Adoption.IF_EQUAL)).message())
        .contains("prices.team-monthly.currency " + unit + " -> USD");
    bench.sync(sample.plan(), Bench.with(Policies.Adoption.ALWAYS));

    assertThat(bench.server.newSubscriberPays(plan, Map.of()).amount()).isEqualByComparingTo("49");
  }
}
