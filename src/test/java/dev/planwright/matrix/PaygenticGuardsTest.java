package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guards of Paygentic at the ends of a plan's life, where no edit leads. */
class PaygenticGuardsTest {
  private final BackendUnderTest backend = new PaygenticUnderTest();
  private final ManualClock clock = new ManualClock();
  private Desk desk = new Desk();
  private final Scenario create =
      Scenario.create(
          "create",
          PaygenticScenarios.entitled(PaygenticScenarios.team(), 1000),
          SamplePlans.policies());

  /** Nobody can have what does not exist, even where nobody can be counted. */
  @Test
  void createsAreNeverAskedAbout() {
    try (Server server = backend.fresh(clock)) {
      server.hideSubscribers();
      Plot plot = Plot.undisturbed();

      assertThat(once(server, plot, create)).isEqualTo(new Outcome.Done());
      assertThat(calls(plot))
          .containsExactly(
              "POST /v0/fees",
              "POST /v0/fees",
              "POST /v0/prices",
              "POST /v0/prices",
              "POST /v0/prices",
              "POST /v0/plans");
    }
  }

  /** A plan can be neither deleted nor archived: the Plan says so, and nothing is sent. */
  @Test
  void aPlanIsLeftWhereItIsWhateverTheDeletionPolicy() {
    for (Policies.Deletion policy : List.of(Policies.Deletion.DELETE, Policies.Deletion.ARCHIVE)) {
      desk = new Desk();
      try (Server server = backend.fresh(clock)) {
        once(server, Plot.undisturbed(), create);
        List<String> before = server.objects();
        Plot plot = Plot.undisturbed();

        Outcome outcome =
            once(
                server,
                plot,
                Scenario.remove("remove", PaygenticScenarios.team(), SamplePlans.with(policy)));

        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.Blocked.class,
                blocked -> {
                  assertThat(blocked.reason()).isEqualTo(Reason.NOT_EXPRESSIBLE);
                  assertThat(blocked.message()).contains("Retain");
                });
        assertThat(calls(plot)).isEmpty();
        assertThat(server.objects()).isEqualTo(before);
      }
    }
  }

  /** A create that was not answered and is not wanted any more leaves nothing behind. */
  @Test
  void whatNoVersionListsIsDeletedWhoeverSubscribes() {
    try (Server server = backend.fresh(clock)) {
      once(server, Plot.undisturbed(), create);
      server.subscribe("team");
      List<String> before = server.objects();
      Scenario dearer =
          Scenario.edit(
              "dearer",
              PaygenticScenarios.entitled(PaygenticScenarios.team(), 1000),
              PaygenticScenarios.entitled(
                  PlanDraft.model("team-monthly", SamplePlans.flat("x", "59.00").model())
                      .apply(PaygenticScenarios.team()),
                  1000),
              SamplePlans.with(Policies.ExistingSubscribers.MIGRATE));
      assertThat(once(server, Plot.undisturbed(), dearer)).isInstanceOf(Outcome.Blocked.class);
      desk.approve();
      Plot lost = Plot.of(new Boundary(1, Boundary.Kind.CALL, ""), Fault.DONE_AND_ANSWER_LOST);
      assertThat(once(server, lost, dearer)).isInstanceOf(Outcome.Unfinished.class);
      assertThat(server.objects()).hasSize(before.size() + 1);

      Plot plot = Plot.undisturbed();
      Outcome outcome = once(server, plot, create);
      // Of two tries the first could still land: nothing is believed before that is over.
      for (int looks = 0; looks < 3 && outcome instanceof Outcome.Unfinished; looks++) {
        clock.advance(OperatorProcess.retry(outcome).orElseThrow());
        outcome = once(server, plot, create);
      }

      assertThat(outcome).isEqualTo(new Outcome.Done());
      assertThat(calls(plot)).hasSize(1).allMatch(it -> it.startsWith("DELETE /v0/prices/"));
      assertThat(server.objects()).isEqualTo(before);
    }
  }

  private Outcome once(Server server, Plot plot, Scenario scenario) {
    return OperatorProcess.start(
            backend, new Wire(server, clock, plot), clock, desk, plot, Tamper.NONE)
        .once(scenario.goal(), scenario);
  }

  private static List<String> calls(Plot plot) {
    return plot.passed().stream()
        .filter(it -> it.kind() == Boundary.Kind.CALL)
        .map(Boundary::what)
        .toList();
  }
}
