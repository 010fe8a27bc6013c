package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Provider;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.testing.FakeBilling;
import dev.planwright.testing.MockCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptIdTest {
  private final MockCluster cluster = new MockCluster();
  private final KubernetesClient client = cluster.client();
  private final FakeBilling billing = new FakeBilling();
  private final Provider<?> provider = billing.provider(new ManualClock());

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  @Test
  void theIdIsWrittenOnceBesideOtherAnnotations() {
    billing.knownByIdOnly = true;
    Plan plan = created(Map.of("team", "billing"));
    Plan kept = KeptId.keep(client, plan, provider, "plan_1").orElseThrow();
    assertThat(kept.getMetadata().getAnnotations())
        .containsEntry(Annotations.EXTERNAL_ID, "plan_1")
        .containsEntry("team", "billing");
    assertThat(KeptId.keep(client, kept, provider, "plan_1")).as("nothing to do").isEmpty();
    assertThat(KeptId.keep(client, kept, provider, "")).as("nothing is known").isEmpty();
  }

  @Test
  void whereTheBackendHoldsKeyOrMarkNothingIsWrittenAndNothingBelieved() {
    Plan plan = created(Map.of(Annotations.EXTERNAL_ID, "plan_9"));
    assertThat(KeptId.keep(client, plan, provider, "plan_1")).isEmpty();
    assertThat(KeptId.memory(plan, provider).binding().externalId()).isEmpty();
  }

  @Test
  void aLostStatusFallsBackToTheKeptIdAndAStatusThatKnowsWins() {
    billing.knownByIdOnly = true;
    Plan plan = created(Map.of(Annotations.EXTERNAL_ID, "plan_9"));
    assertThat(KeptId.memory(plan, provider).binding().externalId()).isEqualTo("plan_9");
    assertThat(KeptId.memory(plan, provider).binding().handles().get(Handles.PLAN))
        .contains("plan_9");
    plan.setStatus(PlanStatusBuilder.from(PlanStatus.EMPTY).externalId("plan_1").build());
    assertThat(KeptId.memory(plan, provider).binding().externalId()).isEqualTo("plan_1");
  }

  @Test
  void aPlanThatIsGoneKeepsNothing() {
    billing.knownByIdOnly = true;
    Plan plan = created(Map.of());
    client.resource(plan).delete();
    assertThat(KeptId.keep(client, plan, provider, "plan_1")).isEmpty();
  }

  private Plan created(Map<String, String> annotations) {
    Plan plan = Manifested.plan("team", 1, "{}");
    plan.getMetadata().setAnnotations(annotations);
    return client.resource(plan).create();
  }
}
