package dev.planwright.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxServer;
import dev.planwright.testing.kube.KubeCluster;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leadership on a real API server, where of two writes of one version one is refused. */
final class OperatorProcessIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final LeaseTiming QUICK =
      new LeaseTiming(
          Duration.ofSeconds(4),
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          Duration.ofSeconds(60));

  private final KubeCluster cluster = KubeCluster.shared();
  private final KubernetesClient client = cluster.newClient(cluster.token("admin"));
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Started> all = new ArrayList<>();
  private String namespace;
  private SandboxServer sandbox;

  /** A process of the operator, as far as one JVM can hold several. */
  private record Started(
      OperatorProcess process, String identity, CompletableFuture<Integer> port) {
    int code() throws Exception {
      return process.ended().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @BeforeAll
  static void applyCrds() {
    KubeCluster.shared().applyCrds(Path.of("crds"));
  }

  @BeforeEach
  void prepare() throws Exception {
    namespace = cluster.newNamespace("lease");
    sandbox = SandboxServer.start(SandboxOptions.inMemory());
  }

  @AfterEach
  void end() throws Exception {
    for (Started started : all) {
      started.process().stop();
      started.code();
    }
    http.close();
    sandbox.close();
    client.close();
  }

  private Started start(String identity) {
    OperatorProcess process =
        new OperatorProcess(
            client,
            new OperatorProcess.Settings(
                namespace,
                identity,
                QUICK,
                InetAddress.getLoopbackAddress(),
                0,
                OperatorOptions.DEFAULT.withNamespaces(Set.of(namespace))),
            InstantSource.system());
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Started started = new Started(process, identity, port);
    all.add(started);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                process.run(port::complete);
              } catch (java.io.IOException e) {
                port.completeExceptionally(e);
              }
            });
    return started;
  }

  private String ready(Started started) throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:" + started.port().get(10, TimeUnit.SECONDS) + "/readyz");
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body().strip();
  }

  private Lease lease() {
    return client.leases().inNamespace(namespace).withName("planwright").get();
  }

  private void awaitLeading(Started started) {
    await(started.identity() + " leads")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(ready(started)).isEqualTo("200 leading"));
  }

  private void awaitPlanReady() {
    await("the plan is on the backend")
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Plan plan =
                  client.resources(Plan.class).inNamespace(namespace).withName("team").get();
              assertThat(plan.getStatus().conditions())
                  .as(plan.getStatus().toString())
                  .anyMatch(c -> c.type().equals("Ready") && c.holds());
            });
  }

  private void apply() {
    String manifests =
        TeamManifests.backend(namespace, sandbox.uri()) + "---\n" + TeamManifests.plan(namespace);
    client
        .load(
            new java.io.ByteArrayInputStream(
                manifests.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .serverSideApply();
  }

  @Test
  void ofTwoStartedAtOnceOneWorksAndTheOtherTakesOverWhenItIsStopped() throws Exception {
    Started one = start("one");
    Started two = start("two");
    await("one of them leads")
        .atMost(SOON)
        .until(() -> ready(one).equals("200 leading") || ready(two).equals("200 leading"));
    Started leader = ready(one).equals("200 leading") ? one : two;
    Started other = leader.identity().equals("one") ? two : one;
    await("the other sees who leads")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(ready(other))
                    .isEqualTo("200 standing by: the Lease is held by " + leader.identity()));
    apply();
    awaitPlanReady();
    assertThat(other.process().registry().find("planwright.reconciles").counters()).isEmpty();

    leader.process().stop();
    assertThat(leader.code()).isZero();
    awaitLeading(other);
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo(other.identity());
  }

  @Test
  void aStoppedOperatorReleasesItsLease() throws Exception {
    Started one = start("one");
    awaitLeading(one);
    one.process().stop();
    assertThat(one.code()).isZero();
    assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
  }

  @Test
  void anOperatorWhoseLeaseIsTakenEndsByItself() throws Exception {
    Started one = start("one");
    awaitLeading(one);
    client
        .leases()
        .inNamespace(namespace)
        .withName("planwright")
        .edit(
            lease -> {
              lease.getSpec().setHolderIdentity("somebody");
              return lease;
            });
    assertThat(one.code()).isEqualTo(1);
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("somebody");
  }
}
