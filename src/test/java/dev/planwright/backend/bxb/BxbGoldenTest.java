package dev.planwright.backend.bxb;

import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.limit;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static dev.planwright.testing.Samples.tier;

import dev.planwright.backend.Removal;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.emulator.bxb.BxbEmulator;
import dev.planwright.testing.Golden;
import dev.planwright.testing.Samples;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole HTTP conversation of each scenario, for reviewers to read. */
class BxbGoldenTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void anAccountWithMetricsAndFeatures() {
    bench.metric("calls", "count");
    bench.metric("gb", "sum");
    bench.feature("sso", "boolean");
    bench.feature("projects", "quantity");
    bench.server.clearExchanges();
  }

  private static Samples threePrices() {
    return team()
        .with(
            perUnit("calls", "calls", "0.002"),
            Samples.price(
                "traffic",
                new PriceModel.Graduated(
                    "gb", List.of(tier("100", "0.5", "0"), tier("", "0.3", "0")))));
  }

  private static Samples full() {
    Samples sample = threePrices();
    sample.entitlements.add(enabled("sso", true));
    sample.entitlements.add(limit("projects", "10"));
    sample.commitments = List.of(Samples.commitment("100"));
    sample.thresholds = List.of(Samples.threshold("1000"));
    return sample;
  }

  @Test
  void create() throws IOException {
    bench.sync(threePrices().plan());
    check("create");
  }

  @Test
  void createWithAllThatHangsOnAPlan() throws IOException {
    bench.sync(full().plan());
    check("create-full");
  }

  @Test
  void changeAmount() throws IOException {
    bench.sync(threePrices().plan());
    bench.server.clearExchanges();
    Samples edited = threePrices();
    edited.prices.set(0, flat("team-monthly", "59.00"));
    edited.prices.set(1, perUnit("calls", "calls", "0.003"));
    bench.sync(edited.plan());
    check("change-amount");
  }

  @Test
  void entitlements() throws IOException {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    Samples edited = full();
    edited.entitlements = List.of(limit("projects", "20"));
    bench.sync(edited.plan());
    check("entitlements");
  }

  @Test
  void delete() throws IOException {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    Removal removal = bench.provider.removal(Policies.Deletion.DELETE, bench.world(full().plan()));
    bench.execute(((Removal.Steps) removal).steps());
    check("delete");
  }

  private void check(String scenario) throws IOException {
    StringBuilder text = new StringBuilder();
    for (BxbEmulator.Exchange exchange : bench.server.exchanges()) {
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
    Golden.check("bxb/" + scenario + ".http", text.toString());
  }
}
