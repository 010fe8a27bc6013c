package dev.planwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.testing.kube.KubeCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator as a process of its own, on a real API server. */
final class OperatorCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Process start(Path out, Path err, String... arguments) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.planwright.cli.Main",
                "operator",
                "--port=0",
                "--bind-address=127.0.0.1"));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  @Test
  void onSigtermItReleasesTheLeaseAndEndsInTime(@TempDir Path folder) throws Exception {
    KubeCluster cluster = KubeCluster.shared();
    cluster.applyCrds(Path.of("crds"));
    String namespace = cluster.newNamespace("command");
    Path out = folder.resolve("out");
    Process process =
        start(
            out,
            folder.resolve("err"),
            "--kubeconfig=" + cluster.kubeconfig(),
            "--namespaces=" + namespace,
            "--lease-namespace=" + namespace);
    try (KubernetesClient client = cluster.newClient(cluster.token("admin"))) {
      await("it works")
          .atMost(Duration.ofSeconds(40))
          .until(() -> Files.readString(out).contains("started: 0 Plans"));
      assertThat(holder(client, namespace)).isNotEmpty();

      Instant asked = Instant.now();
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(20));
      assertThat(holder(client, namespace)).isEmpty();
    } finally {
      process.destroyForcibly();
    }
    for (String line : Files.readAllLines(out)) {
      JsonNode entry = JSON.readTree(line);
      assertThat(entry.path("timestamp").asText()).as(line).endsWith("Z");
      assertThat(entry.path("level").asText()).as(line).isNotEmpty();
      assertThat(entry.path("message").asText()).as(line).isNotEmpty();
    }
  }

  @Test
  void withoutTheKindsItSaysHowToInstallThem(@TempDir Path folder) throws Exception {
    try (KubeCluster empty = KubeCluster.builder().start()) {
      Path err = folder.resolve("err");
      Process process = start(folder.resolve("out"), err, "--kubeconfig=" + empty.kubeconfig());
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(Files.readString(err)).contains("kubectl apply -f crds/").doesNotContain("\tat ");
    }
  }

  private static String holder(KubernetesClient client, String namespace) {
    String holder =
        client
            .leases()
            .inNamespace(namespace)
            .withName("planwright")
            .get()
            .getSpec()
            .getHolderIdentity();
    return holder == null ? "" : holder;
  }
}
