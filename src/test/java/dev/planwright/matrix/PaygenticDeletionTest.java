package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A plan that is deleted while it is made: what is there of it by then can go or has to stay, which
 * the end of an undisturbed run does not tell. Nothing of ours may be left that no plan sells.
 */
class PaygenticDeletionTest {
  private final ManualClock clock = new ManualClock();

  private static Scenario deletedWhileCreated(Scenario.Then then) {
    return Scenario.create(
            "delete while it is created",
            PaygenticScenarios.team(),
            SamplePlans.with(Policies.Deletion.DELETE))
        .thenRemoved(then);
  }

  private static Scenario deletedWhileChanged() {
    return Scenario.edit(
            "delete while it is changed",
            PaygenticScenarios.team(),
            SamplePlans.plan(
                SamplePlans.flat("team-monthly", "59.00"),
                PaygenticScenarios.setup("team-setup", "89.00"),
                SamplePlans.calls("0.003"),
                PaygenticScenarios.share("team-share", "2.5")),
            SamplePlans.with(Policies.Deletion.DELETE))
        .thenRemoved(Scenario.Then.AFTER_ONE_TRY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingOfOursIsLeftThatNoPlanSells(boolean exclusive) {
    PaygenticUnderTest backend = new PaygenticUnderTest(exclusive);
    List<String> wrong = new ArrayList<>();
    int runs = 0;
    for (Scenario scenario :
        List.of(
            deletedWhileCreated(Scenario.Then.AFTER_ONE_TRY),
            deletedWhileCreated(Scenario.Then.AT_REST),
            deletedWhileChanged())) {
      try (Server server = backend.fresh(clock)) {
        Trial.Start start = start(backend, scenario, server);
        Trial.Ending clean =
            trial(backend, scenario, start, Plot.undisturbed(), OptionalInt.empty());
        for (Boundary boundary : clean.boundaries()) {
          for (Fault fault : Fault.of(boundary.kind())) {
            Plot plot = Plot.of(boundary, fault);
            Trial.Ending latest = trial(backend, scenario, start, plot, OptionalInt.empty());
            runs++;
            judge(scenario + ": " + boundary + " / " + fault, latest, it -> true, wrong);
            if (!fault.isDeadly()) {
              continue;
            }
            List<Integer> statuses = new ArrayList<>(List.of(Trial.EMPTY));
            for (int i = 0; i < latest.written(); i++) {
              statuses.add(i);
            }
            for (int status : statuses) {
              Trial.Ending ending =
                  trial(backend, scenario, start, Plot.of(boundary, fault), OptionalInt.of(status));
              runs++;
              // Without the journal, a price of a metric bears no mark and might be anybody's;
              // and where others make prices too, those of our fees might be theirs.
              Predicate<String> tells =
                  exclusive ? object -> !object.startsWith("price of null") : object -> false;
              judge(
                  scenario + ": " + boundary + " / " + fault + " / status " + status,
                  ending,
                  tells,
                  wrong);
            }
          }
        }
      }
    }
    assertThat(wrong).as(runs + " runs").isEmpty();
    assertThat(runs).isGreaterThan(100);
  }

  private Trial.Start start(PaygenticUnderTest backend, Scenario scenario, Server server) {
    Desk desk = new Desk();
    scenario
        .before()
        .ifPresent(
            plan -> {
              Plot plot = Plot.undisturbed();
              Scenario first = Scenario.create("before", plan, scenario.policies());
              assertThat(
                      OperatorProcess.start(
                              backend,
                              new Wire(server, clock, plot),
                              clock,
                              desk,
                              plot,
                              Tamper.NONE)
                          .once(first.goal(), first))
                  .isEqualTo(new Outcome.Done());
            });
    return new Trial.Start(server, desk, clock);
  }

  private static Trial.Ending trial(
      PaygenticUnderTest backend,
      Scenario scenario,
      Trial.Start start,
      Plot plot,
      OptionalInt restart) {
    return new Trial(backend, scenario, Tamper.NONE, start, plot, restart).run();
  }

  /** Either the plan is there and the deletion says what to do, or nothing is there at all. */
  private static void judge(
      String label, Trial.Ending ending, Predicate<String> counts, List<String> wrong) {
    boolean planIsThere = ending.objects().stream().anyMatch(it -> it.startsWith("plan "));
    boolean isSaid =
        ending.outcome() instanceof Outcome.Blocked(Reason reason, String message)
            && reason == Reason.NOT_EXPRESSIBLE;
    if (planIsThere ? !isSaid : !(ending.outcome() instanceof Outcome.Done)) {
      wrong.add(label + ": ended as " + ending.outcome() + " with " + ending.objects());
    }
    List<String> left =
        PaygenticUnderTest.unsold(ending.objects()).stream().filter(counts).toList();
    if (!left.isEmpty()) {
      wrong.add(label + ": left " + left);
    }
  }
}
