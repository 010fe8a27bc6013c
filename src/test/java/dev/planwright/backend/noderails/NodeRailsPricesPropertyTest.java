package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.MONTH;
import static dev.planwright.backend.noderails.Shop.flat;
import static dev.planwright.backend.noderails.Shop.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Usage;
import dev.planwright.emulator.noderails.Charge;
import dev.planwright.emulator.noderails.Renewal;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What the server charges out of what it stored is what the manifest says, whatever the plan. */
class NodeRailsPricesPropertyTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  /** A price with some of what a price has. */
  record Draft(
      String name, BigDecimal amount, String currency, Interval interval, int trial, int order) {
    CatalogPrice price() {
      return Shop.looks(
          flat(name, amount.toPlainString(), currency, interval), "nick " + order, order, trial);
    }
  }

  @Property(tries = 150)
  void whoSubscribesPaysWhatTheManifestSaysAndWhoSubscribedPaysWhatTheyDid(
      @ForAll("shops") List<Draft> before, @ForAll("shops") List<Draft> after) {
    Bench bench = new Bench();
    CatalogPlan first = plan(before);
    bench.sync(first);
    assertCharges(bench, first);
    Map<String, BigDecimal> pays = new HashMap<>();
    first
        .prices()
        .forEach(
            it -> {
              String price = bench.world(first).priceIds().getOrDefault(it.name(), "");
              pays.put(bench.controls().addSubscription(price, "ACTIVE"), cost(it));
            });

    CatalogPlan second = plan(keepingNames(before, after));
    bench.sync(second);

    assertCharges(bench, second);
    pays.forEach(
        (subscription, amount) ->
            assertThat(bench.server.subscriberPays(subscription))
                .isInstanceOfSatisfying(
                    Renewal.Charged.class,
                    it -> assertThat(it.charge().amount()).isEqualByComparingTo(amount)));
    bench.externalId = Optional.empty();
    assertThat(bench.plan(second)).isEmpty();
  }

  /** Nobody takes a price away here: that somebody is on it is held by the guards. */
  private static List<Draft> keepingNames(List<Draft> before, List<Draft> after) {
    return before.stream()
        .map(
            old ->
                after.stream().filter(it -> it.name().equals(old.name())).findFirst().orElse(old))
        .toList();
  }

  @Test
  void amountsThatAreTenTimesOffTurnTheSameAssertionRed() {
    Bench bench = new Bench();
    CatalogPlan plan = team().with(flat("a", "4.90", "USD", MONTH)).plan();
    ApiClient wrong =
        request -> {
          request
              .body()
              .map(it -> it.path("prices").path(0))
              .filter(ObjectNode.class::isInstance)
              .map(ObjectNode.class::cast)
              .ifPresent(it -> it.put("amount", "49.00"));
          return bench.client.send(request);
        };
    for (Step step : bench.plan(plan)) {
      wrong.send(step.request().apply(new Step.Sending(bench.handles, "k".repeat(32))));
    }
    assertThatThrownBy(() -> assertCharges(bench, plan)).isInstanceOf(AssertionError.class);
    assertThat(bench.plan(plan)).as("and a second look sees it").isNotEmpty();
  }

  private static void assertCharges(Bench bench, CatalogPlan plan) {
    Map<String, String> ids = bench.world(plan).priceIds();
    for (CatalogPrice price : plan.prices()) {
      Charge charge = bench.server.newSubscriberPays(ids.getOrDefault(price.name(), ""));
      assertThat(charge.amount()).as(price.name()).isEqualByComparingTo(cost(price));
      assertThat(charge.currency()).isEqualTo(price.currency());
      assertThat(charge.trialDays()).isEqualTo(Wanted.trialDays(plan, price));
      assertThat(interval(charge)).isEqualTo(price.interval());
    }
  }

  private static BigDecimal cost(CatalogPrice price) {
    return ((PriceModel.Flat) price.model()).cost(Usage.of(BigDecimal.ZERO));
  }

  private static Optional<Interval> interval(Charge charge) {
    return charge.interval().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Interval.of(Interval.Unit.valueOf(charge.interval()), charge.intervalCount()));
  }

  private static CatalogPlan plan(List<Draft> drafts) {
    Shop shop = team().with(drafts.stream().map(Draft::price).toArray(CatalogPrice[]::new));
    return shop.plan();
  }

  @Provide
  Arbitrary<List<Draft>> shops() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, new BigDecimal("99999")).ofScale(2);
    Arbitrary<Interval> intervals =
        Combinators.combine(
                Arbitraries.of(Interval.Unit.class), Arbitraries.of(1, 2, 3, 6, 7, 12, 24))
            .as(Interval::of);
    Arbitrary<Draft> drafts =
        Combinators.combine(
                Arbitraries.of(NAMES),
                amounts,
                Arbitraries.of("USD", "EUR", "JPY"),
                intervals,
                Arbitraries.of(0, 0, 14),
                Arbitraries.of(0, 1, 2))
            .as(Draft::new);
    return drafts.list().ofMinSize(1).ofMaxSize(4).uniqueElements(Draft::name);
  }
}
