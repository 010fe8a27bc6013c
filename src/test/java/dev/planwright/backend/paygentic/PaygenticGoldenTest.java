package dev.planwright.backend.paygentic;

import static dev.planwright.testing.Samples.flat;

import dev.planwright.catalog.Policies;
import dev.planwright.emulator.paygentic.PaygenticEmulator;
import dev.planwright.testing.Golden;
import dev.planwright.testing.Samples;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole HTTP conversation of each scenario, for reviewers to read. */
class PaygenticGoldenTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void anAccountWithMetricsAndFeatures() {
    bench.metric("calls", "SUM");
    bench.metric("volume", "SUM");
    bench.make().feature(bench.product, "calls", "metered");
  }

  @Test
  void create() throws IOException {
    bench.once(PaygenticPlanTest.full().plan(), Bench.policies());
    check("create");
  }

  @Test
  void changeAmountAndRemoveAPrice() throws IOException {
    bench.sync(PaygenticPlanTest.full().plan());
    bench.server.clearExchanges();
    Samples edited = PaygenticPlanTest.full();
    edited.prices.set(0, flat("team-monthly", "59"));
    edited.prices.remove(1);
    bench.once(edited.plan(), Bench.policies());
    check("change-amount");
  }

  @Test
  void textsTaxAndEntitlements() throws IOException {
    bench.sync(PaygenticPlanTest.full().plan());
    bench.server.clearExchanges();
    Samples edited = PaygenticPlanTest.full();
    edited.description = "For all";
    edited.tax = Optional.empty();
    edited.entitlements.set(0, Samples.monthly("calls", "5000", true));
    bench.once(edited.plan(), Bench.policies());
    check("texts-tax-entitlements");
  }

  @Test
  void adopt() throws IOException {
    String fee = bench.make().fee(bench.product, "Team", "By hand");
    String price = bench.make().feePrice(fee, "Team", "P1M", "49");
    Samples sample = Samples.team();
    sample.externalId = Optional.of(bench.make().plan(bench.product, "Team", "USD", price));
    bench.once(sample.plan(), Bench.with(Policies.Adoption.ALWAYS));
    check("adopt");
  }

  private void check(String scenario) throws IOException {
    StringBuilder text = new StringBuilder();
    for (PaygenticEmulator.Exchange exchange : bench.server.exchanges()) {
      text.append(exchange.method()).append(' ').append(exchange.target()).append('\n');
      new TreeMap<>(exchange.request().headers())
          .forEach(
              (name, value) ->
                  text.append(name)
                      .append(": ")
                      .append(name.equals("authorization") ? "***" : value)
                      .append('\n'));
      exchange.request().json().ifPresent(json -> text.append(json.toPrettyString()).append('\n'));
      text.append("-> ").append(exchange.status()).append("\n\n");
    }
    Golden.check("paygentic/" + scenario + ".http", text.toString());
  }
}
