package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Provider;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.RandomPlans;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever a backend can say comes to rest there, whatever stood there before, and is then left
 * alone: random plans, cut down to what the backend takes, since nearly all have something that it
 * does not.
 */
class ConvergenceTest {
  private static final Identity TEAM = new Identity(SamplePlans.OWNER, "team");

  /** As often as this a backend's plans have to come to rest, for the test to mean something. */
  private static final int ENOUGH = 20;

  private static final int ROUNDS = 8;

  @Property(tries = 300)
  void whatABackendCanSayComesToRestAndIsLeftAlone(
      @ForAll("backends") BackendUnderTest backend, @ForAll("plans") RandomPlans random) {
    CatalogPlan first = random.plan(TEAM);
    ManualClock clock = new ManualClock();
    try (Server server = backend.fresh(clock)) {
      Desk desk = new Desk();
      for (CatalogPlan plan : List.of(first, random.edited(first))) {
        Narrowed.to(plan, provider(backend, clock))
            .ifPresent(it -> comesToRest(backend, server, clock, desk, it));
      }
    }
    Statistics.coverage(
        it -> {
          for (BackendUnderTest one : Backends.OFFERED) {
            it.check(one.name() + " Done").count(done -> done >= ENOUGH);
          }
        });
  }

  private static void comesToRest(
      BackendUnderTest backend, Server server, ManualClock clock, Desk desk, CatalogPlan plan) {
    List<String> before = server.objects();
    long writes = server.writesSeen();
    Outcome outcome = run(backend, server, clock, desk, plan);
    if (outcome instanceof Outcome.Inexpressible(List<Violation> violations)) {
      // The account shows what the manifest alone did not: again without what it speaks of.
      Optional<CatalogPlan> less =
          Narrowed.to(Narrowed.without(plan, violations), provider(backend, clock));
      if (less.isPresent() && !less.get().equals(plan)) {
        assertThat(server.writesSeen()).isEqualTo(writes);
        comesToRest(backend, server, clock, desk, less.get());
        return;
      }
    }
    Statistics.collect(backend.name() + " " + word(outcome));
    if (outcome instanceof Outcome.Done) {
      List<String> made = server.objects();
      long needed = server.writesSeen();
      assertThat(run(backend, server, clock, desk, plan)).isEqualTo(new Outcome.Done());
      assertThat(server.writesSeen()).as("a second look writes nothing").isEqualTo(needed);
      assertThat(server.objects()).isEqualTo(made);
    } else {
      assertThat(server.writesSeen()).as("%s of %s", outcome, plan).isEqualTo(writes);
      assertThat(server.objects()).isEqualTo(before);
      assertThat(outcome)
          .as("%s", plan)
          .satisfiesAnyOf(
              it -> assertThat(it).isInstanceOf(Outcome.Inexpressible.class),
              it -> assertThat(it).asString().contains(Reason.DEPENDENCY_MISSING.toString()));
    }
  }

  private static Outcome run(
      BackendUnderTest backend, Server server, ManualClock clock, Desk desk, CatalogPlan plan) {
    Plot plot = Plot.undisturbed();
    OperatorProcess process =
        OperatorProcess.start(
            backend, new Wire(server, clock, plot), clock, desk, plot, Tamper.NONE);
    Scenario scenario = Scenario.create("random", plan, SamplePlans.policies());
    Outcome outcome = process.once(scenario.goal(), scenario);
    for (int round = 0; round < ROUNDS && outcome instanceof Outcome.Unfinished; round++) {
      clock.advance(OperatorProcess.retry(outcome).orElse(Duration.ZERO));
      outcome = process.once(scenario.goal(), scenario);
    }
    return outcome;
  }

  private static String word(Outcome outcome) {
    return outcome instanceof Outcome.Blocked(Reason reason, String message)
        ? reason.toString()
        : outcome.getClass().getSimpleName();
  }

  private static Provider<?> provider(BackendUnderTest backend, ManualClock clock) {
    return backend
        .factory()
        .open(
            backend.config(),
            request -> {
              throw new AssertionError("a check makes no call: " + request);
            },
            clock);
  }

  @Provide
  Arbitrary<BackendUnderTest> backends() {
    return Arbitraries.of(Backends.OFFERED);
  }

  @Provide
  Arbitrary<RandomPlans> plans() {
    return RandomPlans.any();
  }
}
