package dev.planwright.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.JdkTransport;
import dev.planwright.controller.Settling;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxServer;
import dev.planwright.testing.MockCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PlanwrightOperatorTest {
  private final MockCluster cluster = new MockCluster();
  private final KubernetesClient client = cluster.client();
  private final JdkTransport transport = new JdkTransport();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<String> fatal = new CopyOnWriteArrayList<>();
  private SandboxServer sandbox;

  @BeforeEach
  void startSandbox() throws Exception {
    sandbox = SandboxServer.start(SandboxOptions.inMemory());
  }

  @AfterEach
  void endAll() {
    transport.close();
    sandbox.close();
    client.close();
    cluster.close();
  }

  private PlanwrightOperator operator(CallGate gate, OperatorOptions options) {
    return new PlanwrightOperator(
        new PlanwrightOperator.Surroundings(
            client, transport, gate, InstantSource.system(), registry, fatal::add),
        options.withSettling(
            new Settling.Times(
                Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(200))));
  }

  private void applyAll(String namespace) {
    MockCluster.apply(client, TeamManifests.backend(namespace, sandbox.uri()));
    MockCluster.apply(client, TeamManifests.plan(namespace));
  }

  private static Condition ready(List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> condition.type().equals(ConditionType.READY))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Ready condition in " + conditions));
  }

  private void awaitReady(String namespace) {
    await("plan and price are ready")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              Plan plan =
                  client.resources(Plan.class).inNamespace(namespace).withName("team").get();
              assertThat(ready(plan.getStatus().conditions()).holds())
                  .as(plan.getStatus().conditions().toString())
                  .isTrue();
              Price price =
                  client
                      .resources(Price.class)
                      .inNamespace(namespace)
                      .withName("team-monthly")
                      .get();
              assertThat(ready(price.getStatus().conditions()).holds()).isTrue();
              assertThat(plan.getStatus().externalId()).isNotEmpty();
            });
  }

  @Test
  void manifestsThatAreThereBeforeTheStartComeToTheBackend() {
    applyAll("shop");
    try (PlanwrightOperator operator = operator(CallGate.OPEN, OperatorOptions.DEFAULT)) {
      operator.start();
      awaitReady("shop");
      operator.refreshMetrics(true);
      assertThat(registry.scrape())
          .contains("planwright_plans{backend=\"shop/default\",reason=\"Ready\"} 1.0")
          .contains("planwright_reconciles_total{kind=\"plan\",outcome=\"ok\"}")
          .contains("planwright_backend_calls_total{backend=\"shop/default\"")
          .contains("planwright_queue_depth{backend=\"shop/default\",lane=\"edit\"} 0.0")
          .contains("planwright_leading 1.0");
    }
    assertThat(fatal).isEmpty();
  }

  @Test
  void manifestsAppliedWhileItRunsComeToTheBackend() {
    try (PlanwrightOperator operator = operator(CallGate.OPEN, OperatorOptions.DEFAULT)) {
      operator.start();
      applyAll("shop");
      awaitReady("shop");
    }
  }

  @Test
  void aNamespaceThatIsNotWatchedIsLeftAlone() {
    applyAll("other");
    applyAll("shop");
    try (PlanwrightOperator operator =
        operator(CallGate.OPEN, OperatorOptions.DEFAULT.withNamespaces(Set.of("shop")))) {
      operator.start();
      awaitReady("shop");
      assertThat(operator.manifests().plans()).hasSize(1);
    }
    Plan other = client.resources(Plan.class).inNamespace("other").withName("team").get();
    assertThat(other.getStatus().conditions()).isEmpty();
  }

  @Test
  void afterTheStopNothingRuns() {
    PlanwrightOperator operator = operator(CallGate.OPEN, OperatorOptions.DEFAULT);
    operator.start();
    assertThat(operator.stop(Duration.ofSeconds(5))).isTrue();
    applyAll("shop");
    try (PlanwrightOperator next = operator(CallGate.OPEN, OperatorOptions.DEFAULT)) {
      // The first would have worked by the time the second has.
      assertThat(operator.isStarted()).isFalse();
      next.start();
      awaitReady("shop");
    }
    operator.refreshMetrics(false);
    assertThat(fatal).isEmpty();
  }
}
