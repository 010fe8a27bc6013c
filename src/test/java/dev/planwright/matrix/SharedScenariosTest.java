package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.sync.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every backend that is offered plays every shared scenario, or says why it refuses it. */
class SharedScenariosTest {
  static List<BackendUnderTest> offered() {
    return Backends.OFFERED;
  }

  @ParameterizedTest
  @MethodSource("offered")
  void noBackendLeavesOneOut(BackendUnderTest backend) {
    assertThat(leftOut(backend.scenarios())).as(backend.name()).isEmpty();
    assertThat(names(backend.scenarios())).as(backend.name()).doesNotHaveDuplicates();
  }

  @Test
  void oneThatIsLeftOutOrTurnedIntoAnotherIsFound() {
    List<Scenario> all = Scenarios.shared();
    for (Scenario scenario : all) {
      List<Scenario> fewer = new ArrayList<>(all);
      fewer.remove(scenario);

      assertThat(leftOut(fewer)).containsExactly(scenario.name());

      // The name alone is not the scenario.
      fewer.add(
          Scenario.create(
                  scenario.name(),
                  SamplePlans.team(),
                  SamplePlans.with(scenario.policies(), Policies.DriftPolicy.OFF))
              .ending(scenario.end()));
      assertThat(leftOut(fewer)).containsExactly(scenario.name());
    }
    assertThat(leftOut(all)).isEmpty();
  }

  /** Those that are not there, and those that are something else under the name. */
  private static List<String> leftOut(List<Scenario> played) {
    return Scenarios.shared().stream()
        .filter(shared -> played.stream().noneMatch(it -> isTheSame(shared, it)))
        .map(Scenario::name)
        .toList();
  }

  /** But for the plans, and for how it ends. */
  private static boolean isTheSame(Scenario shared, Scenario played) {
    return played.name().equals(shared.name())
        && played.before().isPresent() == shared.before().isPresent()
        && played.between() == shared.between()
        && played.forgotten() == shared.forgotten()
        && played.goal().getClass().equals(shared.goal().getClass())
        && played.then() == shared.then()
        && played.policies().equals(shared.policies());
  }

  private static List<String> names(List<Scenario> scenarios) {
    return scenarios.stream().map(Scenario::name).toList();
  }

  @Test
  void aRefusalForAnotherReasonIsNone() {
    Scenario.End fields = new Scenario.Inexpressible("spec.tax", "spec.trial");
    Scenario.End reason = new Scenario.Blocked(Reason.NOT_EXPRESSIBLE, "never deletes");

    assertThat(fields.isMetBy(inexpressible("spec.trial", "spec.tax"))).isTrue();
    assertThat(fields.isMetBy(inexpressible("spec.tax"))).isFalse();
    assertThat(fields.isMetBy(inexpressible("spec.tax", "spec.trial", "spec.flat"))).isFalse();
    assertThat(fields.isMetBy(new Outcome.Blocked(Reason.NOT_EXPRESSIBLE, "spec.tax"))).isFalse();
    assertThat(reason.isMetBy(new Outcome.Blocked(Reason.NOT_EXPRESSIBLE, "it never deletes")))
        .isTrue();
    assertThat(reason.isMetBy(new Outcome.Blocked(Reason.NOT_EXPRESSIBLE, "no archive"))).isFalse();
    assertThat(reason.isMetBy(new Outcome.Blocked(Reason.BACKEND_REJECTED, "it never deletes")))
        .isFalse();
    for (Scenario.End end : List.of(fields, reason, new Scenario.ComesTrue())) {
      assertThat(
              end.isMetBy(
                  new Outcome.Unfinished(
                      Reason.BACKEND_UNAVAILABLE, "never deletes", Optional.empty())))
          .isFalse();
    }
  }

  private static Outcome inexpressible(String... fields) {
    return new Outcome.Inexpressible(
        List.of(fields).stream()
            .map(field -> new Violation("Plan shop/team", field, "", "cannot be", "leave it out"))
            .toList());
  }

  /** The matrix itself finds it, for each kind of end, where the right one passes. */
  @Test
  void theMatrixFindsAWrongReason() {
    BackendUnderTest stigg = new StiggUnderTest();
    for (String name :
        List.of("delete", "delete as soon as it is there", "create with thresholds")) {
      Scenario right =
          stigg.scenarios().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();

      assertThat(Matrix.run(stigg, List.of(right), Tamper.NONE).failures()).as(name).isEmpty();
      for (Scenario.End wrong :
          List.of(
              new Scenario.ComesTrue(),
              new Scenario.Inexpressible("spec.tax"),
              new Scenario.Blocked(Reason.BACKEND_REJECTED, ""),
              new Scenario.Blocked(Reason.NOT_EXPRESSIBLE, "for another reason"))) {
        assertThat(Matrix.run(stigg, List.of(right.ending(wrong)), Tamper.NONE).failures())
            .as(name + " " + wrong)
            .singleElement()
            .asString()
            .contains("undisturbed", "and not as");
      }
    }
  }

  @Test
  void nobodyRefusesWhatIsNoSharedScenario() {
    assertThatThrownBy(
            () -> Repertoire.shared().refusing(new Scenario.Inexpressible("spec.tax"), "sing"))
        .hasMessageContaining("sing");
  }
}
