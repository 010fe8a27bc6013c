package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.MONTH;
import static dev.planwright.backend.noderails.Shop.YEAR;
import static dev.planwright.backend.noderails.Shop.flat;
import static dev.planwright.backend.noderails.Shop.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What differs without an edit: what is told as drift, by the sweep too, and what never is. */
class NodeRailsDriftTest {
  private final Bench bench = new Bench();

  private String vat() {
    return bench
        .controls()
        .makeTaxRate(NodeRailsEmulator.MERCHANT, "VAT", new BigDecimal("20"), false);
  }

  @Test
  void anOldPriceIsRetiredOnlyInARoundOfItsOwnSoThatItIsNeverToldAsDrift() {
    bench.sync(team().plan());
    String subscription =
        bench.controls().addSubscription(bench.priceId("team-monthly", 1), "ACTIVE");
    Shop dearer =
        team()
            .with(
                flat("team-monthly", "59", "USD", MONTH), flat("team-yearly", "490", "USD", YEAR));
    bench.sync(dearer.plan());
    bench.controls().setStatus(subscription, "CANCELLED");
    bench.controls().editPlan(bench.remoteId(), "name", text("By hand"));

    assertThat(bench.plan(dearer.plan()))
        .singleElement()
        .satisfies(it -> assertThat(it.upkeep()).isFalse());
    bench.controls().editPlan(bench.remoteId(), "name", text("Team"));
    assertThat(bench.plan(dearer.plan()))
        .singleElement()
        .satisfies(it -> assertThat(it.upkeep()).isTrue());
  }

  /** What the sweep wants to do about the only plan. */
  private List<Step> swept(CatalogPlan plan) {
    List<Step> seen = new ArrayList<>();
    assertThat(
            bench.provider.sweep(
                Set.of(),
                it -> seen.addAll(bench.provider.plan(plan, it.world().orElseThrow(), Bench.KEEP))))
        .isEmpty();
    return seen;
  }

  @Test
  void whoIsOnAnOldPriceThatAHandSwitchedOffIsSeenByTheSweepAndNotLetFall() {
    bench.sync(team().plan());
    String id = bench.priceId("team-monthly", 1);
    String subscription = bench.controls().addSubscription(id, "ACTIVE");
    CatalogPlan dearer =
        team()
            .with(flat("team-monthly", "59", "USD", MONTH), flat("team-yearly", "490", "USD", YEAR))
            .plan();
    bench.sync(dearer);
    assertThat(swept(dearer)).isEmpty();
    bench.controls().editPrice(id, "isActive", BooleanNode.FALSE);

    for (List<Step> steps : List.of(swept(dearer), bench.plan(dearer))) {
      assertThat(steps)
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.title()).isEqualTo("bring back old price team-monthly of 49.00 USD");
                assertThat(it.affects()).isEqualTo(Affects.EXISTING_SUBSCRIBERS);
                assertThat(it.whom()).isEqualTo("1 on it");
                assertThat(it.upkeep()).isFalse();
                assertThat(it.changes())
                    .containsExactly(
                        new FieldChange(
                            "prices.team-monthly.superseded[" + id + "]",
                            "",
                            "49.00 USD every 1 month"));
              });
    }
    bench.execute(bench.plan(dearer));
    assertThat(bench.remote("team-monthly", 1).path("isActive").asBoolean()).isTrue();
    bench.controls().editPrice(id, "isActive", BooleanNode.FALSE);
    bench.controls().setStatus(subscription, "CANCELLED");
    assertThat(swept(dearer)).isEmpty();
  }

  @Test
  void aTaxRateThatIsArchivedOrChangedUnderItsPlanIsSaidSinceRenewalsFailOnIt() {
    String rate = vat();
    Shop shop = team();
    shop.tax =
        Optional.of(
            new CatalogPlan.Tax("VAT", Optional.of(new BigDecimal("20")), Optional.empty()));
    bench.sync(shop.plan());
    assertThat(swept(shop.plan())).isEmpty();

    bench.controls().editTaxRate(rate, "percentage", text("25"));
    assertThat(swept(shop.plan())).isNotEmpty();
    assertThat(bench.find(shop.plan())).isInstanceOf(Observation.Unresolved.class);
    bench.controls().editTaxRate(rate, "percentage", text("20"));
    bench.controls().editTaxRate(rate, "isActive", BooleanNode.FALSE);
    assertThat(swept(shop.plan())).isNotEmpty();
    assertThat(bench.find(shop.plan()))
        .isInstanceOfSatisfying(
            Observation.Unresolved.class,
            it -> assertThat(it.toString()).contains("which is archived"));
  }

  /** What somebody does by hand, and what is said of it. */
  static Stream<Arguments> drift() {
    return Stream.of(
        plan("name", text("Teams"), "displayName Teams -> Team"),
        plan("description", text("x"), "description x -> For growing teams"),
        plan("imageUrl", text("https://a.b/c.png"), ""),
        plan("isActive", BooleanNode.FALSE, "lifecycle Archived -> Active"),
        plan("metadata", Bench.object(), "owner (none) -> shop-prod/team shop/team"),
        price("amount", text("45.00"), "prices.team-monthly.amount 45 -> 49"),
        price("currency", text("EUR"), "prices.team-monthly.currency EUR -> USD"),
        price("billingInterval", text("DAY"), "prices.team-monthly.recurring 1 day -> 1 month"),
        price(
            "billingIntervalCount",
            IntNode.valueOf(2),
            "prices.team-monthly.recurring 2 months -> 1 month"),
        price("trialPeriodDays", IntNode.valueOf(7), "prices.team-monthly.trialDays 7 -> 0"),
        price("nickname", text("By hand"), "prices.team-monthly.nickname By hand -> (none)"),
        price("sortOrder", IntNode.valueOf(3), "prices.team-monthly.sortOrder 3 -> 0"),
        price(
            "isActive",
            BooleanNode.FALSE,
            "prices.team-monthly (none) -> 49.00 USD every 1 month"));
  }

  private static TextNode text(String text) {
    return TextNode.valueOf(text);
  }

  private static Arguments plan(String column, JsonNode value, String said) {
    Consumer<Bench> hand = it -> it.controls().editPlan(it.remoteId(), column, value);
    return Arguments.of("plan " + column, hand, said);
  }

  private static Arguments price(String column, JsonNode value, String said) {
    Consumer<Bench> hand =
        it -> it.controls().editPrice(it.priceId("team-monthly", 1), column, value);
    return Arguments.of("price " + column, hand, said);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drift")
  void whatSomebodyChangedByHandIsSeenFieldByFieldByTheSweepToo(
      String what, Consumer<Bench> hand, String said) {
    CatalogPlan plan = team().plan();
    bench.sync(plan);
    String id = bench.remoteId();
    hand.accept(bench);

    List<List<Step>> seen = new ArrayList<>();
    assertThat(
            bench.provider.sweep(
                Set.of(id),
                it -> seen.add(bench.provider.plan(plan, it.world().orElseThrow(), Bench.KEEP))))
        .isEmpty();

    if (said.isEmpty()) {
      // An image that nobody asked for cannot be taken away: a conflict, and no step.
      assertThat(bench.provider.conflicts(plan, bench.world(plan))).hasSize(1);
    } else {
      assertThat(seen).singleElement().satisfies(it -> assertThat(Bench.fields(it)).contains(said));
    }
  }

  @Test
  void aPriceThatSomebodyAddedToOurPlanIsTakenAwayAgain() {
    bench.sync(team().plan());
    bench.controls().makePrice(bench.remoteId(), "1.00", "USD", "DAY", Bench.object());
    bench.server.clearExchanges();

    List<Step> steps = bench.sync(team().plan());

    assertThat(bench.writes()).containsExactly("DELETE /product-plans/ID/prices/ID");
    assertThat(steps).singleElement().satisfies(it -> assertThat(it.removes()).isTrue());
  }

  @Test
  void aPriceOfAnotherOwnerOnOurPlanIsLeftAlone() {
    bench.sync(team().plan());
    JsonNode theirs =
        new PriceMark(new Identity("another", "team"), "team-monthly", 1, List.of()).metadata();
    bench.controls().makePrice(bench.remoteId(), "1.00", "USD", "DAY", theirs);

    assertThat(bench.plan(team().plan())).isEmpty();
  }
}
