package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
  @Test
  void whatWeOrOthersWriteBesidesTheSpecIsNoDifference() {
    assertThat(differs(plan -> {})).isFalse();
    assertThat(differs(plan -> plan.getMetadata().setResourceVersion("99"))).isFalse();
    assertThat(differs(plan -> plan.getMetadata().setLabels(Map.of("a", "b")))).isFalse();
    assertThat(differs(plan -> plan.getMetadata().setFinalizers(List.of("other/finalizer"))))
        .isFalse();
    assertThat(differs(plan -> annotate(plan, "kubectl.kubernetes.io/x", "y"))).isFalse();
    assertThat(
            differs(
                plan ->
                    plan.setStatus(
                        PlanStatusBuilder.from(PlanStatus.EMPTY).externalId("plan_1").build())))
        .isFalse();
  }

  @Test
  void anEditADeletionAndANewObjectAre() {
    assertThat(differs(plan -> plan.getMetadata().setGeneration(2L))).isTrue();
    assertThat(differs(plan -> plan.getMetadata().setDeletionTimestamp("2026-01-02T03:04:05Z")))
        .isTrue();
    assertThat(differs(plan -> plan.getMetadata().setUid("another"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Annotations.PAUSED, Annotations.APPROVE, Annotations.RECONCILE_REQUESTED_AT})
  void theAnnotationsThatAskSomethingOfUsAre(String name) {
    assertThat(differs(plan -> annotate(plan, name, "true"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "TRUE, false", "yes, false", "'', false"})
  void onlyTheWordTrueIsAPause(String value, boolean paused) {
    Plan plan = Manifested.plan("team", 1, "{}");
    annotate(plan, Annotations.PAUSED, value);
    assertThat(Requests.isPaused(plan)).isEqualTo(paused);
  }

  @Test
  void anApprovalIsTakenAsItWasPasted() {
    Plan plan = Manifested.plan("team", 1, "{}");
    annotate(plan, Annotations.APPROVE, " 9c31d2 ");
    assertThat(Requests.approval(plan)).isEqualTo("9c31d2");
  }

  @Test
  void withoutAnnotationsNothingIsAskedForAndWithOthersNeither() {
    Plan plan = Manifested.plan("team", 1, "{}");
    plan.getMetadata().setAnnotations(null);
    for (int round = 0; round < 2; round++) {
      assertThat(Requests.isPaused(plan)).isFalse();
      assertThat(Requests.approval(plan)).isEmpty();
      assertThat(Requests.reconcileRequestedAt(plan)).isEmpty();
      annotate(plan, "other", "true");
    }
  }

  @Test
  void aReadThatWasDoneIsNotAskedForAnyMore() {
    Plan plan = Manifested.plan("team", 1, "{}");
    assertThat(Requests.isReconcileRequested(plan)).isFalse();
    annotate(plan, Annotations.RECONCILE_REQUESTED_AT, "noon");
    assertThat(Requests.isReconcileRequested(plan)).isTrue();
    plan.setStatus(PlanStatusBuilder.from(PlanStatus.EMPTY).lastHandledReconcileAt("noon").build());
    assertThat(Requests.isReconcileRequested(plan)).isFalse();
    annotate(plan, Annotations.RECONCILE_REQUESTED_AT, "evening");
    assertThat(Requests.isReconcileRequested(plan)).isTrue();
  }

  @Test
  void aRequestLongerThanTheStatusHoldsIsDoneOnceToo() {
    Plan plan = Manifested.plan("team", 1, "{}");
    annotate(plan, Annotations.RECONCILE_REQUESTED_AT, "x".repeat(300));
    plan.setStatus(
        PlanStatusBuilder.from(PlanStatus.EMPTY)
            .lastHandledReconcileAt(Requests.reconcileRequestedAt(plan).orElseThrow())
            .build());
    assertThat(Requests.isReconcileRequested(plan)).isFalse();
  }

  private static boolean differs(Consumer<Plan> change) {
    Plan after = Manifested.plan("team", 1, "{}");
    change.accept(after);
    return Requests.differs(Manifested.plan("team", 1, "{}"), after);
  }

  private static void annotate(Plan plan, String name, String value) {
    plan.getMetadata().setAnnotations(new HashMap<>(Map.of(name, value)));
  }
}
