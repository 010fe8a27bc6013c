package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guards at the two ends of a plan's life, where no edit leads. */
class GuardsOfLifeTest {
  static List<BackendUnderTest> backends() {
    return Backends.OFFERED;
  }

  static List<BackendUnderTest> offered() {
    return Backends.OFFERED;
  }

  static List<BackendUnderTest> removers() {
    return Backends.OFFERED.stream().filter(BackendUnderTest::removalTouchesSubscribers).toList();
  }

  /** Nobody can have what does not exist, even where nobody can be counted. */
  @ParameterizedTest
  @MethodSource("offered")
  void createsAreNeverAskedAbout(BackendUnderTest backend) {
    Scenario create = Scenario.create("create", backend.fullSample(), SamplePlans.policies());
    try (Server server = backend.fresh(new ManualClock())) {
      server.hideSubscribers();
      Plot plot = Plot.undisturbed();

      assertThat(once(backend, server, new Desk(), plot, create)).isEqualTo(new Outcome.Done());
      assertThat(calls(plot)).isEqualTo(backend.callsOfCreate());
    }
  }

  @ParameterizedTest
  @MethodSource("removers")
  void aPlanThatPeoplePayForIsNeverDeleted(BackendUnderTest backend) {
    for (boolean readable : List.of(true, false)) {
      Scenario delete =
          Scenario.remove("delete", backend.sample(), SamplePlans.with(backend.deletion()));
      try (Server server = backend.fresh(new ManualClock())) {
        Desk desk = new Desk();
        Scenario create = Scenario.create("create", backend.sample(), SamplePlans.policies());
        once(backend, server, desk, Plot.undisturbed(), create);
        server.subscribe("team");
        if (!readable) {
          server.hideSubscribers();
        }
        List<String> before = server.objects();
        Plot plot = Plot.undisturbed();

        Outcome outcome = once(backend, server, desk, plot, delete);

        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.Blocked.class,
                blocked ->
                    assertThat(blocked.reason())
                        .isEqualTo(
                            readable ? Reason.SUBSCRIBERS_AFFECTED : Reason.SUBSCRIBERS_UNKNOWN));
        assertThat(calls(plot)).isZero();
        assertThat(server.objects()).isEqualTo(before);
        assertThat(desk.isGone()).isFalse();
      }
    }
  }

  private static Outcome once(
      BackendUnderTest backend, Server server, Desk desk, Plot plot, Scenario scenario) {
    ManualClock clock = new ManualClock();
    return OperatorProcess.start(
            backend, new Wire(server, clock, plot), clock, desk, plot, Tamper.NONE)
        .once(scenario.goal(), scenario);
  }

  private static long calls(Plot plot) {
    return plot.passed().stream().filter(it -> it.kind() == Boundary.Kind.CALL).count();
  }
}
