package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.MONTH;
import static dev.planwright.backend.noderails.Shop.flat;
import static dev.planwright.backend.noderails.Shop.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Interval;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan or a price that bears no mark is taken over, and what nobody named is left as it was. */
class NodeRailsAdoptionTest {
  private final Bench bench = new Bench();

  private String vat() {
    return bench
        .controls()
        .makeTaxRate(NodeRailsEmulator.MERCHANT, "VAT", new BigDecimal("20"), false);
  }

  private static TextNode text(String text) {
    return TextNode.valueOf(text);
  }

  /** An unmarked plan with a monthly price, one in euros that no manifest names, and a tax. */
  private String unmarked() {
    String id = bench.controls().makePlan(Bench.APP, "Team", "SUBSCRIPTION", theirs());
    bench.controls().makePrice(id, "49.00", "USD", "MONTH", Bench.object());
    bench.controls().makePrice(id, "45.00", "EUR", "MONTH", Bench.object());
    bench.controls().editPlan(id, "taxRateId", text(vat()));
    bench.controls().editPlan(id, "description", text("Theirs"));
    return id;
  }

  private static ObjectNode theirs() {
    return Bench.object().put("crm", "42");
  }

  private static Shop monthly(String id, String amount) {
    Shop shop = team().with(flat("team-monthly", amount, "USD", MONTH));
    shop.externalId = Optional.of(id);
    shop.description = "";
    return shop;
  }

  @Test
  void anEqualPlanIsTakenOverByItsMarkAloneAndWhatNobodyNamesStays() {
    String id = unmarked();
    CatalogPlan plan = monthly(id, "49").plan();

    List<Step> steps = bench.plan(plan);

    assertThat(steps.stream().flatMap(it -> it.changes().stream()).map(FieldChange::field))
        .containsOnly(FieldChange.OWNER);
    bench.sync(plan);
    bench.externalId = Optional.empty();
    Shop later = monthly(id, "49");
    later.externalId = Optional.empty();
    assertThat(bench.plan(later.plan())).as("kept is no drift").isEmpty();
    assertThat(bench.remote().path("metadata").path("crm").asText()).isEqualTo("42");
    assertThat(bench.remote().path("taxRateId").isNull()).isFalse();
    assertThat(bench.remote().path("description").asText()).isEqualTo("Theirs");
    assertThat(bench.controls().counts().activePrices()).isEqualTo(2);
  }

  @Test
  void aPriceThatWasTakenOverIsSupersededAndNotRepriced() {
    String id = unmarked();
    bench
        .controls()
        .prices(id)
        .forEach(it -> bench.controls().addSubscription(it.path("id").asText(), "ACTIVE"));

    bench.sync(monthly(id, "59").plan());

    assertThat(bench.remote("team-monthly", 2).path("amount").asText()).isEqualTo("59");
    assertThat(bench.controls().prices(id))
        .allSatisfy(it -> assertThat(it.path("isActive").asBoolean()).isTrue());
    assertThat(bench.controls().counts().activePrices()).isEqualTo(3);
  }

  @Test
  void aPriceIsTakenOverByItsOwnId() {
    bench.sync(team().plan());
    String theirs =
        bench.controls().makePrice(bench.remoteId(), "5.00", "USD", "WEEK", Bench.object());
    Shop shop = team();
    shop.prices.add(
        Shop.known(flat("weekly", "5", "USD", Interval.of(Interval.Unit.WEEK, 1)), theirs));

    bench.sync(shop.plan());

    assertThat(bench.world(shop.plan()).priceIds()).containsEntry("weekly", theirs);
    shop.prices.removeLast();
    shop.prices.add(
        Shop.known(
            flat("other", "6", "USD", Interval.of(Interval.Unit.DAY, 1)),
            "0d6f2c1e-7a34-4b0e-9c55-00000000ffff"));
    assertThat(bench.provider.conflicts(shop.plan(), bench.world(shop.plan())))
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("no price with this id"));
  }

  @Test
  void aMarkThatSomebodyTookOffIsPutBackAndPricesKeepTheirs() {
    bench.sync(team().plan());
    String id = bench.remoteId();
    bench.controls().editPlan(id, "metadata", NullNode.getInstance());

    List<Step> steps = bench.sync(team().plan());

    assertThat(Bench.fields(steps)).containsExactly("owner (none) -> shop-prod/team shop/team");
    assertThat(bench.remoteId()).isEqualTo(id);
  }
}
