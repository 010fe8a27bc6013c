package dev.planwright.testing.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the test cluster does when something goes wrong around it. */
class KubeFailuresIT {
  private final Path folder;

  KubeFailuresIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aServerThatDoesNotStartIsAnErrorWithTheEndOfItsLog() throws IOException {
    KubeBinaries broken = binariesWithEtcd("echo the disk is on fire; exit 3");

    assertThatThrownBy(() -> KubeCluster.builder().start(broken, folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("etcd ended while starting")
        .hasMessageContaining("the disk is on fire");
    assertThat(clusterFolders()).isEmpty();
  }

  @Test
  void aPortTakenInTheLastMomentIsTriedAgainWithAnother() throws IOException {
    KubeBinaries real = KubeBinaries.find();
    Path ports = folder.resolve("ports");
    KubeBinaries unlucky =
        binariesWithEtcd(
            """
            for a in "$@"; do case $a in --listen-client-urls=*) echo "$a" >>%1$s;; esac; done
            if [ "$(wc -l <%1$s)" -lt 3 ]; then
              echo 'listen tcp: bind: address already in use'; exit 1
            fi
            exec %2$s "$@"
            """
                .formatted(ports, real.etcd()));

    try (KubeCluster cluster = KubeCluster.builder().start(unlucky, folder)) {
      assertThat(cluster.client().namespaces().list().getItems()).isNotEmpty();
    }
    assertThat(Files.readAllLines(ports)).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aPortThatIsAlwaysTakenEndsInAnErrorNotInALoop() throws IOException {
    KubeBinaries unlucky = binariesWithEtcd("echo 'bind: address already in use'; exit 1");

    assertThatThrownBy(() -> KubeCluster.builder().start(unlucky, folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("port taken in each of 4 attempts");
  }

  @Test
  void aKilledJvmLeavesNoServerBehind() throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                OneServer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> handles;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("started");
      handles = jvm.descendants().toList();
      assertThat(handles).anyMatch(h -> h.info().command().orElse("").endsWith("sleep"));
    } finally {
      jvm.destroyForcibly().waitFor();
    }

    try {
      await("the server to end with its JVM")
          .atMost(Duration.ofSeconds(10))
          .until(() -> handles.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      handles.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** A JVM that starts a server and then hangs. */
  static final class OneServer {
    private OneServer() {}

    public static void main(String[] arguments) throws InterruptedException {
      ServerProcess server =
          ServerProcess.start("server", Path.of(arguments[0]), Path.of("sleep"), "600");
      // The guard's shell needs a moment to start it.
      await().until(() -> server.handles().anyMatch(OneServer::isSleep));
      System.out.println("started");
      Thread.currentThread().join();
    }

    private static boolean isSleep(ProcessHandle handle) {
      return handle.info().command().orElse("").endsWith("sleep");
    }
  }

  /** The real programs, but for this shell script in place of etcd. */
  private KubeBinaries binariesWithEtcd(String script) throws IOException {
    KubeBinaries real = KubeBinaries.find();
    Path directory = Files.createDirectory(folder.resolve("bin"));
    Path etcd = Files.writeString(directory.resolve("etcd"), "#!/bin/sh\n" + script + "\n");
    assertThat(etcd.toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(directory.resolve("kube-apiserver"), real.apiServer());
    Files.createSymbolicLink(directory.resolve("kubectl"), real.kubectl());
    return new KubeBinaries(directory);
  }

  private List<Path> clusterFolders() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.getFileName().toString().startsWith("planwright-kube-"))
          .sorted()
          .toList();
    }
  }
}
