package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A namespace that goes in the worst order: the way to the billing system first. */
class NamespaceDeletionIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @Test
  void withBackendAndSecretGoneFirstEachPolicyIsStillDoneByTheKeyInMemory() {
    try (Scene scene = Scene.clusterWide("nsdel")) {
      threePlans(scene);

      scene.run("delete", "secret/sandbox");
      scene.run("delete", "bb/default", "--wait=false");
      assertThat(scene.get("bb/default", "{.metadata.deletionTimestamp}")).isNotEmpty();
      scene.cluster.namespaces().delete(scene.namespace);
      scene.cluster.namespaces().awaitGone(scene.namespace, SOON);

      assertThat(scene.stored("kept").path("lifecycle").asText("Active")).isEqualTo("Active");
      assertThat(scene.stored("shelved").path("lifecycle").asText()).isEqualTo("Archived");
      assertThat(scene.counts().plans()).isEqualTo(2);
    }
  }

  @Test
  void deletedAtOnceEachPolicyIsDone() {
    try (Scene scene = Scene.clusterWide("nsall")) {
      threePlans(scene);

      scene.cluster.namespaces().delete(scene.namespace);
      scene.cluster.namespaces().awaitGone(scene.namespace, SOON);

      assertThat(scene.stored("kept").path("lifecycle").asText("Active")).isEqualTo("Active");
      assertThat(scene.stored("shelved").path("lifecycle").asText()).isEqualTo("Archived");
      assertThat(scene.counts().plans()).isEqualTo(2);
    }
  }

  @Test
  void restartedWithoutTheSecretPlansStayTerminatingAndTheirOneLineWayOutWorks() {
    try (Scene scene = Scene.clusterWide("nokey")) {
      threePlans(scene);
      scene.stopOperator();
      long writes = scene.counts().writes();
      scene.run("delete", "secret/sandbox");
      scene.run("delete", "bb/default", "--wait=false");
      scene.cluster.namespaces().delete(scene.namespace);
      scene.startOperator();

      for (String plan : new String[] {"bplan/shelved", "bplan/dropped"}) {
        scene.awaitCondition(plan, "Ready", "False", "BackendNotReady");
        scene.eventually(
            "what is missing to be named, and the way out",
            () ->
                assertThat(scene.condition(plan, "Ready", "message"))
                    .contains("SecretNotFound", "kubectl patch bplan"));
        DeletionIT.letGo(scene, scene.condition(plan, "Ready", "message"));
      }
      scene.cluster.namespaces().awaitGone(scene.namespace, SOON);
      assertThat(scene.counts().plans()).isEqualTo(3);
      assertThat(scene.counts().writes()).isEqualTo(writes);
    }
  }

  private static void threePlans(Scene scene) {
    scene.applyBackend("");
    scene.startOperator();
    scene.apply(
        Manifests.sold("kept", "1.00", "deletionPolicy: Retain")
            + Manifests.sold("shelved", "2.00", "deletionPolicy: Archive")
            + Manifests.sold("dropped", "3.00", "deletionPolicy: Delete"));
    scene.awaitReady("bplan/kept", "bplan/shelved", "bplan/dropped");
    scene.eventually(
        "the BillingBackend to be held",
        () -> assertThat(scene.get("bb/default", "{.metadata.finalizers}")).contains("planwright"));
  }
}
