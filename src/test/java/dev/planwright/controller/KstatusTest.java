package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tools that wait by the rules of kstatus read out of every status what a person would say. */
class KstatusTest {
  static List<Reason> reasonsOfPlans() {
    return StatusSets.ofPlans();
  }

  static List<Reason> reasonsOfBackends() {
    return StatusSets.ofBackends();
  }

  static Stream<Map.Entry<String, HasMetadata>> everything() {
    return StatusSets.all();
  }

  static Stream<ObjectNode> notLookedAt() {
    return StatusSets.notLookedAt();
  }

  @ParameterizedTest
  @MethodSource("reasonsOfPlans")
  void aPlanAndItsPriceAreUnderWayOrFailedAsTheReasonSays(Reason reason) {
    Kstatus expected = Expected.of(reason).kstatus();
    assertThat(kstatus(StatusSets.plan(reason))).isEqualTo(expected);
    assertThat(kstatus(StatusSets.price(StatusSets.plan(reason)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("reasonsOfPlans")
  void whatIsTriedAgainByItselfIsUnderWay(Reason reason) {
    assertThat(kstatus(StatusSets.waitingPlan(reason, true))).isEqualTo(Kstatus.IN_PROGRESS);
    assertThat(kstatus(StatusSets.waitingPlan(reason, false))).isEqualTo(Kstatus.FAILED);
  }

  @ParameterizedTest
  @MethodSource("reasonsOfBackends")
  void aBackendIsUnderWayOrFailedAsTheReasonSays(Reason reason) {
    assertThat(kstatus(StatusSets.backend(reason))).isEqualTo(Expected.of(reason).kstatus());
  }

  @Test
  void aKeyThatKubernetesDidNotHandOutNowMayComeByItself() {
    assertThat(kstatus(StatusSets.backend(new Finding.Unknown("no answer"))))
        .isEqualTo(Kstatus.IN_PROGRESS);
  }

  @Test
  void whatIsReadyIsCurrent() {
    assertThat(
            Stream.of(
                StatusSets.readyPlan(),
                StatusSets.settledPlan(),
                StatusSets.price(StatusSets.readyPlan()),
                StatusSets.readyBackend()))
        .extracting(KstatusTest::kstatus)
        .containsOnly(Kstatus.CURRENT);
  }

  @Test
  void whatChangedWhileItWasReadIsUnderWay() {
    assertThat(kstatus(StatusSets.planAfter(new Outcome.Stale()))).isEqualTo(Kstatus.IN_PROGRESS);
  }

  @Test
  void aPriceThatIsWrongOrAloneIsFailed() {
    assertThat(kstatus(StatusSets.rejectedPrice(Reason.INVALID_SPEC))).isEqualTo(Kstatus.FAILED);
    assertThat(kstatus(StatusSets.priceWithoutPlan())).isEqualTo(Kstatus.FAILED);
  }

  @ParameterizedTest
  @MethodSource("notLookedAt")
  void whatTheOperatorHasNotLookedAtIsUnderWay(ObjectNode object) {
    assertThat(Kstatus.of(object)).isEqualTo(Kstatus.IN_PROGRESS);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void nothingOfAnOlderGenerationIsCurrentOrFailed(Map.Entry<String, HasMetadata> set) {
    set.getValue().getMetadata().setGeneration(StatusSets.GENERATION + 1);
    assertThat(kstatus(set.getValue())).isEqualTo(Kstatus.IN_PROGRESS);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void whatIsBeingDeletedIsTerminatingWhyeverItWaits(Reason reason) {
    assertThat(kstatus(StatusSets.deletedPlan(reason, true))).isEqualTo(Kstatus.TERMINATING);
    assertThat(kstatus(StatusSets.deletedPlan(reason, false))).isEqualTo(Kstatus.TERMINATING);
  }

  private static Kstatus kstatus(HasMetadata object) {
    return Kstatus.of(StatusSets.json(object));
  }
}
