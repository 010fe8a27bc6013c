package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static dev.planwright.testing.Samples.tier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.emulator.stigg.StiggEmulator;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Golden;
import dev.planwright.testing.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The whole HTTP conversation of each scenario, for reviewers to read. */
class StiggGoldenTest {
  private final StiggBench bench = new StiggBench();

  private static Samples full() {
    Samples sample = team();
    sample.prices.add(perUnit("calls", "api-calls", "0.002"));
    sample.prices.add(
        Samples.price(
            "storage",
            new PriceModel.Graduated(
                "storage-gb", List.of(tier("100", "0.5", "0"), tier("", "0.3", "1")))));
    sample.prices.add(
        Samples.price("sms", new PriceModel.Package("sms", dec("1000"), dec("8"), dec("0"))));
    sample.entitlements.add(enabled("sso", true));
    sample.entitlements.add(Samples.limit("seats", "10"));
    sample.commitments = List.of(Samples.commitment("20"));
    sample.trial = Optional.of(new CatalogPlan.Trial(14, Optional.of(CatalogPlan.TrialEnd.CANCEL)));
    return sample;
  }

  private static Samples edited() {
    Samples sample = full();
    sample.prices.set(0, flat("team-monthly", "59.00"));
    sample.prices.remove(3);
    sample.entitlements.remove(0);
    sample.entitlements.set(0, Samples.limit("seats", "25"));
    return sample;
  }

  @Test
  void create() throws IOException {
    assertThat(bench.toRest(full().plan(), StiggBench.KEEP)).isEqualTo(new Outcome.Done());
    check("create");
  }

  @Test
  void change() throws IOException {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    assertThat(bench.toRest(edited().plan(), StiggBench.KEEP)).isEqualTo(new Outcome.Done());
    check("change");
  }

  @Test
  void migrate() throws IOException {
    bench.sync(full().plan());
    bench.toRest(edited().plan(), StiggBench.MIGRATE);
    bench.approval = bench.last().pendingHash();
    bench.server.clearExchanges();
    assertThat(bench.toRest(edited().plan(), StiggBench.MIGRATE)).isEqualTo(new Outcome.Done());
    check("migrate");
  }

  @Test
  void usageBesideYearly() throws IOException {
    bench.usageBesideYearly(true).with(StiggSwitch.USAGE_BESIDE_YEARLY, true);
    Samples sample = team();
    sample.prices.add(perUnit("calls", "api-calls", "0.002"));
    sample.prices.add(
        Samples.price(
            "team-yearly",
            new PriceModel.Flat(dec("490"), Optional.empty()),
            "USD",
            Interval.of(Interval.Unit.YEAR, 1)));
    assertThat(bench.toRest(sample.plan(), StiggBench.KEEP)).isEqualTo(new Outcome.Done());
    check("usage-beside-yearly");
  }

  @Test
  void secondLook() throws IOException {
    bench.sync(full().plan());
    bench.memory = Memory.EMPTY;
    bench.server.clearExchanges();
    assertThat(bench.toRest(full().plan(), StiggBench.KEEP)).isEqualTo(new Outcome.Done());
    check("second-look");
  }

  @Test
  void archive() throws IOException {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    assertThat(bench.remove(full().plan(), Policies.Deletion.ARCHIVE))
        .isEqualTo(new Outcome.Done());
    check("archive");
  }

  private void check(String scenario) throws IOException {
    StringBuilder text = new StringBuilder();
    for (StiggEmulator.Exchange exchange : bench.server.exchanges()) {
      text.append(exchange.method()).append(' ').append(exchange.target()).append('\n');
      new TreeMap<>(exchange.request().headers())
          .forEach(
              (name, value) ->
                  text.append(name).append(": ").append(hidden(name, value)).append('\n'));
      exchange.request().json().ifPresent(json -> text.append(json.toPrettyString()).append('\n'));
      text.append("-> ").append(exchange.status()).append("\n\n");
    }
    Golden.check("stigg/" + scenario + ".http", text.toString());
  }

  private static String hidden(String name, String value) {
    return name.equalsIgnoreCase("x-api-key") || name.equalsIgnoreCase("idempotency-key")
        ? "***"
        : value;
  }
}
