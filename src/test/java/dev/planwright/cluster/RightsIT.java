package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.chart.Grant;
import dev.planwright.testing.kube.AuditEntry;
import dev.planwright.testing.kube.KubeCluster;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * What the chart grants is what the operator needs. Every test of this package runs with the
 * chart's rights and fails when one is missing; here a life that needs each of them shows that none
 * is granted in vain.
 */
class RightsIT {
  @Test
  void everyRightInTheRolesOfNamedNamespacesIsUsed() throws Exception {
    try (Scene scene = new Scene("rights")) {
      liveAndAssertNothingIsGrantedInVain(scene);
    }
  }

  @Test
  void everyRightInTheClusterRoleIsUsed() throws Exception {
    try (KubeCluster cluster = KubeCluster.builder().start();
        Scene scene = new Scene(cluster, "rights", namespace -> "")) {
      assertThat(scene.installation().arguments())
          .noneMatch(argument -> argument.startsWith("--namespaces"));
      liveAndAssertNothingIsGrantedInVain(scene);
    }
  }

  @Test
  void withSecretsNamedNoOtherIsRead() {
    try (Scene scene = onlySecret("sandbox")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.awaitReady("bb/default");
    }
    try (Scene scene = onlySecret("another")) {
      scene.expectLackOfRights();
      scene.applyBackend("");
      scene.startOperator();
      scene.eventually(
          "the BillingBackend to say that it may not read the Secret",
          () ->
              assertThat(scene.condition("bb/default", "Ready", "message"))
                  .contains("/sandbox cannot be read", "check the operator's rights"));
    }
  }

  @Test
  void withoutAnyClusterRoleADeletionUnderArchiveWaitsAndSaysWhichRightIsMissing() {
    try (Scene scene =
        new Scene(
            KubeCluster.shared(),
            "noclusterrole",
            namespace -> "namespaces: [" + namespace + "]\nrbac: {readDefinitions: false}")) {
      scene.expectLackOfRights();
      assertThat(scene.installation().grants()).noneMatch(grant -> grant.namespace().isEmpty());
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(
          Manifests.sold("kept", "1.00", "")
              + Manifests.sold("shelved", "2.00", "deletionPolicy: Archive"));
      scene.awaitAllReady();
      long writes = scene.counts().writes();

      scene.run("delete", "bplan/kept", "--timeout=30s");
      scene.run("delete", "bplan/shelved", "--wait=false");
      scene.eventually(
          "the missing right to be named",
          () ->
              assertThat(scene.condition("bplan/shelved", "Ready", "message"))
                  .contains("get on customresourcedefinitions plans.planwright.dev"));
      assertThat(scene.counts().writes()).isEqualTo(writes);
      DeletionIT.letGo(scene, scene.condition("bplan/shelved", "Ready", "message"));
      scene.eventually(
          "the Plan to go", () -> assertThat(scene.exists("bplan/shelved")).as("exists").isFalse());
    }
  }

  private static Scene onlySecret(String name) {
    return new Scene(
        KubeCluster.shared(),
        "onesecret",
        namespace -> "namespaces: [%s]\nrbac: {secretNames: [%s]}".formatted(namespace, name));
  }

  private static void liveAndAssertNothingIsGrantedInVain(Scene scene) throws Exception {
    live(scene);
    Set<Grant> granted =
        scene.installation().grants().stream()
            .map(Grant::anywhere)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    assertThat(granted).isNotEmpty();
    Awaitility.await("the audit log to be written")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              List<AuditEntry> audit = scene.installation().audit();
              assertThat(granted.stream().filter(grant -> !isUsed(grant, audit)))
                  .as("rights that the chart grants and the operator did not use")
                  .isEmpty();
            });
  }

  private static boolean isUsed(Grant grant, List<AuditEntry> audit) {
    return audit.stream()
        .anyMatch(
            entry ->
                entry.verb().equals(grant.verb())
                    && entry.group().equals(grant.group())
                    && entry.resource().equals(grant.resource())
                    && (grant.name().isEmpty() || entry.name().equals(grant.name())));
  }

  /** From the first start to the end, with all that an operator ever does to Kubernetes. */
  private static void live(Scene scene) throws Exception {
    Process operator = KilledOperatorIT.start(scene, "rights.log");
    try {
      scene.applyBackend("");
      scene.run("wait", "--for=condition=Ready", "bb/default", "--timeout=110s");
      scene.apply(
          Manifests.sold("kept", "1.00", "")
              + Manifests.sold("shelved", "2.00", "deletionPolicy: Archive"));
      scene.apply(
          Manifests.monthly("kept", "10.00")
              .replace("kept-monthly", "kept-yearly")
              .replace("Month", "Year"));
      scene.awaitAllReady();
      removeAPrice(scene);
      changeABackendWhileItIsLookedAt(scene);
      scene.run("delete", "bplan/shelved", "--timeout=60s");
      assertThat(scene.stored("shelved").path("lifecycle").asText()).isEqualTo("Archived");
    } finally {
      operator.destroy();
      if (!operator.waitFor(30, TimeUnit.SECONDS)) {
        operator.destroyForcibly().waitFor();
      }
    }
  }

  /** Before it is taken away, Plan and Namespace are read live. */
  private static void removeAPrice(Scene scene) {
    scene.eventually(
        "two prices to be sold",
        () -> assertThat(scene.stored("kept").path("prices").size()).isEqualTo(2));
    scene.run("delete", "bprice/kept-yearly");
    scene.eventually(
        "one price to be sold",
        () -> assertThat(scene.stored("kept").path("prices").size()).isEqualTo(1));
  }

  /** The write of its status is refused then, and it is read again. */
  private static void changeABackendWhileItIsLookedAt(Scene scene) {
    scene.control("PUT", "/sandbox/faults", "{\"latencyMillis\":500}");
    int[] edits = {0};
    scene.eventually(
        "the BillingBackend to be read again",
        () -> {
          edits[0]++;
          scene.run(
              "patch",
              "bb/default",
              "--type=merge",
              "-p",
              "{\"spec\":{\"limits\":{\"maxConcurrent\":" + (1 + edits[0] % 4) + "}}}");
          scene.run("annotate", "--overwrite", "bb/default", "example.com/edit=" + edits[0]);
          assertThat(scene.installation().audit())
              .anyMatch(it -> it.verb().equals("get") && it.resource().equals("billingbackends"));
        });
    scene.control("PUT", "/sandbox/faults", "{}");
    scene.run("wait", "--for=condition=Ready", "bb/default", "--timeout=60s");
  }
}
