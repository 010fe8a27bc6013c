package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Account;
import dev.planwright.backend.Check;
import dev.planwright.backend.OnDelete;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What status says of a deletion is what the deletion of that very plan does, with nobody paying
 * for it, and the warning says nothing else.
 */
class DeletionAsSaidTest {
  /** The one condition that a plan on sale does not meet though nobody pays for it. */
  private static final String UNMET = "NeverPublishedOnly";

  private final ManualClock clock = new ManualClock();

  static Stream<Arguments> removals() {
    return Backends.ALL.stream()
        .flatMap(
            backend ->
                Stream.of(Policies.Deletion.ARCHIVE, Policies.Deletion.DELETE)
                    .map(policy -> Arguments.of(Named.of(backend.name(), backend), policy)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("removals")
  void statusSaysWhatTheDeletionDoes(BackendUnderTest backend, Policies.Deletion policy) {
    CatalogPlan plan = backend.sample();
    Account<?> account;
    Outcome outcome;
    try (Server server = backend.fresh(clock)) {
      Scenario create = Scenario.create("create", plan, SamplePlans.with(policy));
      Plot plot = Plot.undisturbed();
      OperatorProcess operator =
          OperatorProcess.start(
              backend, new Wire(server, clock, plot), clock, new Desk(), plot, Tamper.NONE);
      account = operator.account();
      assertThat(operator.once(create.goal(), create)).isEqualTo(new Outcome.Done());
      outcome = operator.once(new Scenario.Remove(plan, policy), create);
    }

    String said =
        OnDelete.of(policy, account.provider(), account.facts(), backend.factory().capabilities());
    boolean warned =
        Check.of(account.provider(), plan, SamplePlans.with(policy), account.facts())
            .warnings()
            .stream()
            .anyMatch(warning -> warning.contains("spec.deletionPolicy"));

    assertThat(said.startsWith("refused")).as("%s, with a warning", said).isEqualTo(warned);
    if (warned) {
      assertThat(outcome).isInstanceOf(Outcome.Blocked.class);
      Outcome.Blocked blocked = (Outcome.Blocked) outcome;
      assertThat(blocked.reason()).isEqualTo(Reason.NOT_EXPRESSIBLE);
      assertThat(said).contains(blocked.message());
    } else if (said.contains(UNMET)) {
      assertThat(outcome).as(said).isInstanceOf(Outcome.Blocked.class);
    } else {
      assertThat(outcome).as(said).isEqualTo(new Outcome.Done());
    }
  }
}
