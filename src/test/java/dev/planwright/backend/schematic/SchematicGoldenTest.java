package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.Samples.enabled;
import static dev.planwright.backend.schematic.Samples.flat;
import static dev.planwright.backend.schematic.Samples.limit;
import static dev.planwright.backend.schematic.Samples.metered;
import static dev.planwright.backend.schematic.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.emulator.schematic.Cadence;
import dev.planwright.emulator.schematic.SchematicEmulator;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole HTTP conversation of each scenario, for reviewers to read. */
class SchematicGoldenTest {
  private final Bench bench = new Bench();

  private static Samples full() {
    return team()
        .with(
            flat("euro", "45.00", "EUR", Samples.MONTH),
            metered("calls", "calls", "0.002"),
            Samples.price(
                "calls-euro",
                Samples.perUnit("calls", "0.0019", PriceModel.UsageType.METERED),
                "EUR",
                Samples.MONTH))
        .granting(enabled("sso"), limit("projects", "10"));
  }

  @Test
  void createWithCurrenciesUsageAndEntitlements() throws IOException {
    done(full().plan());
    check("create");
  }

  @Test
  void createWithATrial() throws IOException {
    Samples sample = team();
    sample.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
    done(sample.plan());
    check("create-trial");
  }

  @Test
  void tiersAndOverage() throws IOException {
    Samples sample =
        team()
            .with(
                Samples.price(
                    "storage",
                    new PriceModel.Graduated(
                        "gb",
                        List.of(Samples.tier("10", "0", "0"), Samples.tier("", "0.105", "1")))),
                Samples.price("extra", new PriceModel.Overage("projects", Samples.dec("5"))))
            .granting(limit("projects", "10", Optional.empty(), true));
    done(sample.plan());
    check("create-tiers");
  }

  @Test
  void changeAmountWithoutSubscribers() throws IOException {
    done(full().plan());
    bench.server.clearExchanges();
    Samples edited = full();
    edited.prices.set(0, flat("team-monthly", "59.00"));
    edited.entitlements = List.of(limit("projects", "20"));
    done(edited.plan());
    check("change");
  }

  @Test
  void migrateWhoSubscribesOnceApproved() throws IOException {
    done(full().plan());
    bench.controls().subscribe(bench.id(), bench.environment, "usd", Cadence.MONTHLY);
    Samples edited = full();
    edited.prices.set(0, flat("team-monthly", "59.00"));
    bench.server.clearExchanges();
    bench.approval = bench.run(edited.plan(), Bench.MIGRATE).pendingHash();
    assertThat(bench.run(edited.plan(), Bench.MIGRATE).outcome()).isEqualTo(new Outcome.Done());
    check("migrate");
  }

  @Test
  void lostCreate() throws IOException {
    bench.losing = Optional.of("POST");
    bench.run(team().plan(), Bench.KEEP);
    done(team().plan());
    check("lost-create");
  }

  @Test
  void delete() throws IOException {
    done(team().plan());
    bench.server.clearExchanges();
    assertThat(bench.remove(team().plan(), Policies.Deletion.DELETE)).isEqualTo(new Outcome.Done());
    check("delete");
  }

  private void done(CatalogPlan plan) {
    assertThat(bench.run(plan, Bench.KEEP).outcome()).isEqualTo(new Outcome.Done());
  }

  private void check(String scenario) throws IOException {
    StringBuilder text = new StringBuilder();
    for (SchematicEmulator.Exchange exchange : bench.server.exchanges()) {
      text.append(exchange.method()).append(' ').append(exchange.target()).append('\n');
      exchange.request().json().ifPresent(it -> text.append(it.toPrettyString()).append('\n'));
      text.append("< ").append(exchange.status()).append("\n\n");
    }
    assertThat(text.toString()).doesNotContain("sch_dev_");
    Golden.check("schematic/" + scenario + ".http", text.toString());
  }
}
