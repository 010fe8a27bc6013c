package dev.planwright.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
  void aWatchLeavesNoThreadBehindThatKeepsTheProcess() throws InterruptedException {
    Set<Thread> before = keeping();
    EmbeddedApiServer other = EmbeddedApiServer.start(InstantSource.fixed(NOW));
    CountDownLatch seen = new CountDownLatch(1);
    other.client().resources(Plan.class).inNamespace("shop").inform(event(seen));
    Plan plan = new Plan();
    plan.getMetadata().setName("team");
    plan.getMetadata().setNamespace("shop");
    other.client().resource(plan).create();
    assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();

    other.close();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              Set<Thread> left = keeping();
              left.removeAll(before);
              assertThat(left).isEmpty();
            });
  }

  private static Set<Thread> keeping() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon() && thread.getName().startsWith("pool-"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static ResourceEventHandler<Plan> event(CountDownLatch seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(Plan plan) {
        seen.countDown();
      }

      @Override
      public void onUpdate(Plan before, Plan after) {
        seen.countDown();
      }

      @Override
      public void onDelete(Plan plan, boolean unknown) {
        seen.countDown();
      }
    };
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
