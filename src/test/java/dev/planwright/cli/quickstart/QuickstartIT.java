package dev.planwright.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.planwright.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as a person runs it: a process of its own. */
class QuickstartIT {
  private static final Duration LONG = Duration.ofSeconds(90);

  private Path root;
  private Path manifests;
  private Path output;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void copyTheExample(@TempDir Path root) throws IOException {
    this.root = root;
    manifests = Files.createDirectory(root.resolve("manifests"));
    output = root.resolve("output.txt");
    try (Stream<Path> files = Files.list(Path.of("examples/quickstart"))) {
      for (Path file : files.toList()) {
        Files.copy(file, manifests.resolve(file.getFileName()));
      }
    }
  }

  @AfterEach
  void endWhatWasStarted() {
    started.forEach(Process::destroyForcibly);
  }

  private Process quickstart(Path directory, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "quickstart",
                directory.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    started.add(process);
    return process;
  }

  private static int exitOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(output);
  }

  private void awaitSaid(String pattern) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(said()).containsPattern(pattern));
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = manifests.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  private List<Path> kubeconfigs() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(file -> file.toString().endsWith(".kubeconfig")).toList();
    }
  }

  @Test
  void onceEndsWithATableWhenAllIsReady() throws Exception {
    int exit = exitOf(quickstart(manifests, "--once"));

    assertThat(said())
        .containsPattern("(?m)^OBJECT +READY +REASON +EXTERNAL ID$")
        .containsPattern("(?m)^Plan shop/team +True +- +plan_")
        .containsPattern("(?m)^Price shop/team-monthly +True +- +price_")
        .doesNotContain("False");
    assertThat(exit).isZero();
    assertThat(kubeconfigs()).isEmpty();
  }

  @Test
  void onceFailsWithTheReasonWhenAManifestIsWrong() throws Exception {
    edit("team.yaml", "amount: \"49.00\"", "amount: \"-1\"");
    int exit = exitOf(quickstart(manifests, "--once", "--timeout", "10s"));

    assertThat(said())
        .containsPattern("Plan shop/team: InvalidSpec: .*team-monthly.*spec.flat.amount")
        .containsPattern("(?m)^Plan shop/starter +True")
        .doesNotContain("Exception");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void aDirectoryThatIsNotThereIsOneLineAndExit2() throws Exception {
    int exit = exitOf(quickstart(root.resolve("nowhere"), "--once"));
    assertThat(said().strip().lines()).hasSize(1);
    assertThat(said()).contains("nowhere does not exist");
    assertThat(exit).isEqualTo(2);
  }

  @Test
  void editsBrokenFilesAndDeletionsAreShownAndASignalEndsItAll() throws Exception {
    Process process = quickstart(manifests);
    awaitSaid("watching ");

    edit("team.yaml", "amount: \"49.00\"", "amount: \"59.00\"");
    awaitSaid("Plan shop/team  event Updated: .*49.* -> 59.*new subscribers only");
    awaitSaid("Price shop/team-monthly  Ready  price_\\w+  \\(59.00 USD, 1 month\\)");

    edit("starter.yaml", "amount: \"9.00\"", "amount: 9.00");
    awaitSaid("starter.yaml:\\d+: Price starter-monthly: spec.flat.amount: .*must be a string");
    assertThat(said()).doesNotContain("Price shop/starter-monthly  deleted");

    Files.delete(manifests.resolve("free.yaml"));
    awaitSaid("Plan shop/free  deleted");
    awaitSaid("Price shop/free-forever  deleted");

    process.destroy();
    assertThat(process.waitFor(3, TimeUnit.SECONDS)).as("ends within seconds").isTrue();
    assertThat(kubeconfigs()).isEmpty();
    assertThat(said()).doesNotContain("Exception");
  }
}
