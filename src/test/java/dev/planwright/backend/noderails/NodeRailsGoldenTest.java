package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.MONTH;
import static dev.planwright.backend.noderails.Shop.YEAR;
import static dev.planwright.backend.noderails.Shop.flat;
import static dev.planwright.backend.noderails.Shop.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Removal;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import dev.planwright.testing.EmulatedClient;
import dev.planwright.testing.Golden;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The whole HTTP conversation of each scenario, for reviewers to read. */
class NodeRailsGoldenTest {
  private final Bench bench = new Bench();

  private static Shop shop(String monthly) {
    Shop shop =
        team()
            .with(
                Shop.looks(flat("team-monthly", monthly, "USD", MONTH), "Monthly", 1, 14),
                flat("team-yearly", "490.00", "USD", YEAR),
                flat("team-euro", "45.00", "EUR", MONTH));
    shop.defaultPrice = Optional.of("team-monthly");
    shop.metadata = Map.of("tier", "team");
    return shop;
  }

  private void subscribed() {
    bench.sync(shop("49.00").plan());
    bench.controls().addSubscription(bench.priceId("team-monthly", 1), "ACTIVE");
    bench.server.clearExchanges();
  }

  @Test
  void create() throws IOException {
    bench.controls().makeTaxRate(NodeRailsEmulator.MERCHANT, "VAT", new BigDecimal("20"), false);
    Shop shop = shop("49.00");
    shop.tax = Optional.of(new CatalogPlan.Tax("VAT", Optional.empty(), Optional.empty()));
    bench.sync(shop.plan());
    check("create");
  }

  @Test
  void changeAmountAndKeep() throws IOException {
    subscribed();
    bench.sync(shop("59.00").plan());
    check("change-amount-keep");
  }

  @Test
  void changeAmountAndMigrate() throws IOException {
    subscribed();
    bench.sync(shop("59.00").plan(), Bench.MIGRATE);
    check("change-amount-migrate");
  }

  @Test
  void changeAmountAndMigrateWhoWasKeptToo() throws IOException {
    subscribed();
    bench.sync(shop("59.00").plan());
    bench.controls().addSubscription(bench.priceId("team-monthly", 2), "ACTIVE");
    bench.server.clearExchanges();
    bench.sync(shop("69.00").plan(), Bench.MIGRATE);
    check("change-amount-migrate-kept");
  }

  @Test
  void removePrice() throws IOException {
    subscribed();
    Shop shop = shop("49.00");
    shop.prices.removeLast();
    bench.sync(shop.plan());
    check("remove-price");
  }

  @Test
  void archive() throws IOException {
    bench.sync(shop("49.00").plan());
    bench.server.clearExchanges();
    NodeRailsWorld world = bench.world(shop("49.00").plan());
    bench.provider.subscribers(world);
    bench.execute(
        ((Removal.Steps) bench.provider.removal(Policies.Deletion.ARCHIVE, world)).steps());
    check("archive");
  }

  /** With the schema at hand, each of these was held against it by {@link EmulatedClient}. */
  @Test
  void everyKindOfRequestIsSent() {
    bench.sync(shop("49.00").plan());
    bench.sync(shop("59.00").plan());
    bench.sync(shop("69.00").plan(), Bench.MIGRATE);
    Shop last = shop("69.00");
    last.displayName = "Team XL";
    last.prices.removeLast();
    bench.sync(last.plan());
    bench.provider.sweep(Set.of(), it -> {});
    Set<String> kinds = new TreeSet<>();
    bench
        .server
        .exchanges()
        .forEach(
            it ->
                kinds.add(
                    it.method()
                        + " "
                        + it.target()
                            .replaceAll("\\?.*", "")
                            .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")));
    assertThat(kinds)
        .containsExactly(
            "DELETE /product-plans/ID/prices/ID",
            "GET /product-plans",
            "GET /product-plans/ID",
            "GET /subscriptions",
            "GET /tax-rates",
            "POST /product-plans",
            "POST /product-plans/ID/prices",
            "PUT /product-plans/ID",
            "PUT /product-plans/ID/prices/ID");
  }

  private void check(String scenario) throws IOException {
    StringBuilder text = new StringBuilder();
    for (NodeRailsEmulator.Exchange exchange : bench.server.exchanges()) {
      text.append("### ").append(exchange.method()).append(' ').append(exchange.target());
      text.append('\n');
      for (String header : List.of("NodeRails-Version", "Idempotency-Key")) {
        exchange
            .request()
            .header(header)
            .ifPresent(it -> text.append(header).append(": ").append(it).append('\n'));
      }
      if (!exchange.request().text().isEmpty()) {
        text.append(exchange.request().text()).append('\n');
      }
      text.append("=> ").append(exchange.status()).append(' ');
      text.append(exchange.response().text()).append("\n\n");
    }
    Golden.check("noderails/" + scenario + ".http", text.toString());
  }
}
