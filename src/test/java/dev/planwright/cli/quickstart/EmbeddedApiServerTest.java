package dev.planwright.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reconcilers lean on, held against the embedded server as a real one would do it. */
class EmbeddedApiServerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private EmbeddedApiServer server;

  @BeforeEach
  void start() {
    server = EmbeddedApiServer.start(InstantSource.fixed(NOW));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Plan create() {
    Plan plan = new Plan();
    plan.getMetadata().setName("team");
    plan.getMetadata().setNamespace("shop");
    return server.client().resource(plan).create();
  }

  private Plan live() {
    return server.client().resources(Plan.class).inNamespace("shop").withName("team").get();
  }

  private Plan patched(String patch) {
    return server.client().resource(live()).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  @Test
  void aSpecChangeRaisesTheGenerationAndAStatusDoesNot() {
    create();
    assertThat(patched("{\"spec\":{\"displayName\":\"Team\"}}").getMetadata().getGeneration())
        .isEqualTo(2);

    Plan plan = live();
    plan.setStatus(PlanStatusBuilder.from(plan.getStatus()).externalId("plan_1").build());
    server.client().resource(plan).updateStatus();

    assertThat(live().getMetadata().getGeneration()).isEqualTo(2);
    assertThat(live().getStatus().externalId()).isEqualTo("plan_1");
    assertThat(live().getSpec().displayName()).isEqualTo("Team");
  }

  @Test
  void aStatusFromAStaleReadIsRefused() {
    Plan stale = create();
    patched("{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
    stale.setStatus(PlanStatusBuilder.from(stale.getStatus()).externalId("plan_1").build());

    assertThatThrownBy(() -> server.client().resource(stale).updateStatus())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(live().getStatus().externalId()).isNull();
  }

  @Test
  void aWriteOfTheSpecLeavesTheStatusAlone() {
    Plan plan = create();
    plan.setStatus(PlanStatusBuilder.from(plan.getStatus()).externalId("plan_1").build());
    server.client().resource(plan).updateStatus();

    patched("{\"spec\":{\"displayName\":\"Team\"},\"status\":{\"externalId\":\"other\"}}");

    assertThat(live().getStatus().externalId()).isEqualTo("plan_1");
  }

  @Test
  void aMergePatchReplacesAListAndRemovesNulls() {
    create();
    patched("{\"metadata\":{\"finalizers\":[\"x/a\",\"x/b\"],\"labels\":{\"l\":\"1\"}}}");
    patched("{\"metadata\":{\"finalizers\":[\"x/b\"],\"labels\":{\"l\":null}}}");

    assertThat(live().getMetadata().getFinalizers()).containsExactly("x/b");
    assertThat(live().getMetadata().getLabels()).isNullOrEmpty();
  }

  @Test
  void aDeletedObjectStaysUntilItsLastFinalizerIsGone() {
    create();
    Plan held = patched("{\"metadata\":{\"finalizers\":[\"x/a\"]}}");
    server.client().resource(held).delete();

    Plan terminating = live();
    assertThat(terminating.getMetadata().getDeletionTimestamp()).isEqualTo(NOW.toString());
    assertThat(terminating.getMetadata().getResourceVersion())
        .as("caches take an equal version for old news")
        .isNotEqualTo(held.getMetadata().getResourceVersion());

    patched("{\"metadata\":{\"finalizers\":[]}}");
    assertThat(live()).isNull();
  }

  @Test
  void anObjectWithoutFinalizersIsDeletedAtOnce() {
    create();
    server.client().resource(live()).delete();
    assertThat(live()).isNull();
  }
}
