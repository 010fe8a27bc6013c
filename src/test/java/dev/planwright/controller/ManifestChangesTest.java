package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestChangesTest {
  private static final ManifestChanges CHANGES = new ManifestChanges();

  @Test
  void anIdThatAPersonPutsIntoTheAnnotationWakesThePlan() {
    assertThat(CHANGES.accept(plan("plan_1", "plan_2"), plan("plan_1", "plan_1"))).isTrue();
    assertThat(CHANGES.accept(plan("", "plan_2"), plan("", ""))).isTrue();
  }

  @Test
  void anIdThatAPersonTakesAwayDoesToo() {
    assertThat(CHANGES.accept(plan("plan_1", ""), plan("plan_1", "plan_1"))).isTrue();
  }

  @Test
  void theIdThatWeKeepThereOurselvesDoesNot() {
    assertThat(CHANGES.accept(plan("plan_1", "plan_1"), plan("plan_1", ""))).isFalse();
    assertThat(CHANGES.accept(plan("plan_1", "plan_1"), plan("plan_1", "plan_1"))).isFalse();
  }

  private static Plan plan(String inStatus, String annotated) {
    Plan plan = Manifested.plan("team", 1, "{}");
    if (!annotated.isEmpty()) {
      plan.getMetadata().setAnnotations(new HashMap<>(Map.of(Annotations.EXTERNAL_ID, annotated)));
    }
    if (!inStatus.isEmpty()) {
      plan.setStatus(PlanStatusBuilder.from(PlanStatus.EMPTY).externalId(inStatus).build());
    }
    return plan;
  }
}
