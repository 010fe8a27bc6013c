package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What docs/install.md says about taking everything away, in the wrong orders too. */
class UninstallIT {
  @Test
  void whenTheKindItselfIsDeletedEveryPlanIsLetGoAndNothingIsSent() throws Exception {
    try (KubeCluster cluster = KubeCluster.builder().start();
        Scene scene = new Scene(cluster, "crdgone", namespace -> "")) {
      Process operator = threePlans(scene);
      try {
        long writes = scene.counts().writes();

        scene.run("delete", "crd/plans.planwright.dev", "--timeout=60s");

        assertThat(scene.counts().writes()).isEqualTo(writes);
        assertThat(scene.counts().plans()).isEqualTo(3);
        assertThat(scene.stored("shelved").path("lifecycle").asText("Active")).isEqualTo("Active");
      } finally {
        operator.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void withoutTheOperatorPlansAreHeldAndTheLinesInTheDocsLetGo() throws Exception {
    try (Scene scene = Scene.clusterWide("uninstalled")) {
      Process operator = threePlans(scene);
      operator.destroy();
      assertThat(operator.waitFor(30, TimeUnit.SECONDS)).isTrue();
      long calls = scene.counts().calls();

      scene.run("delete", "bplan/kept", "--timeout=20s");
      scene.run("delete", "bplan/shelved", "bplan/dropped", "bb/default", "--wait=false");
      assertThat(scene.exists("bplan/shelved")).isTrue();
      assertThat(scene.exists("bplan/dropped")).isTrue();
      assertThat(scene.exists("bb/default")).isTrue();

      letGo(scene, "bplan", "shelved");
      letGo(scene, "bplan", "dropped");
      letGo(scene, "bb", "default");
      assertThat(scene.run("get", "bplan,bb", "-o", "name")).isBlank();
      assertThat(scene.counts().calls()).isEqualTo(calls);
    }
  }

  /** The line of the docs for this kind, run as a person would. */
  private static void letGo(Scene scene, String kind, String name) throws IOException {
    String start = "kubectl patch " + kind + " NAME -n NAMESPACE --type=json -p '";
    List<String> lines =
        Files.readAllLines(Path.of("docs", "install.md")).stream()
            .filter(line -> line.startsWith(start))
            .toList();
    assertThat(lines).hasSize(1);
    String patch = lines.getFirst().substring(start.length()).replaceFirst("'$", "");
    Kubectl.Result done = scene.tryRun("patch", kind, name, "--type=json", "-p", patch);
    assertThat(done.ok()).as(done.stderr()).isTrue();
  }

  private static Process threePlans(Scene scene) throws IOException {
    Process operator = KilledOperatorIT.start(scene, "uninstall.log");
    scene.applyBackend("");
    scene.run("wait", "--for=condition=Ready", "bb/default", "--timeout=110s");
    scene.apply(
        Manifests.sold("kept", "1.00", "deletionPolicy: Retain")
            + Manifests.sold("shelved", "2.00", "deletionPolicy: Archive")
            + Manifests.sold("dropped", "3.00", "deletionPolicy: Delete"));
    scene.awaitAllReady();
    scene.eventually(
        "the BillingBackend to be held",
        () -> assertThat(scene.get("bb/default", "{.metadata.finalizers}")).contains("planwright"));
    return operator;
  }
}
