package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The operator as a process that is killed where it hurts most. */
class KilledOperatorIT {
  private static final Duration SLOW_MACHINE = Duration.ofMinutes(2);

  @Test
  void killedBetweenCommitAndAnswerOfACreateItAdoptsWhatItMade() throws Exception {
    try (Scene scene = new Scene("killed")) {
      scene.applyBackend("");
      // Longer than it takes to see the commit: the answer is still on its way at the kill.
      creatingSlowly(scene, "{\"latencyMillis\":4000}").destroyForcibly().waitFor();
      assertThat(scene.get("bplan/team", "{.status.externalId}")).isEmpty();
      scene.control("PUT", "/sandbox/faults", "{}");
      long writes = scene.counts().writes();

      Process second = start(scene, "second.log");
      try {
        scene.run(
            "wait", "--for=condition=Ready", "bplan/team", "bprice/team-monthly", "--timeout=110s");
      } finally {
        second.destroyForcibly().waitFor();
      }
      assertThat(scene.get("bplan/team", "{.status.externalId}"))
          .isEqualTo(scene.stored("team").path("id").asText());
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertThat(scene.counts().prices()).isEqualTo(1);
      assertThat(scene.counts().writes()).isEqualTo(writes);
    }
  }

  @Test
  void toldToStopInMidCreateItFinishesTheStepAndWritesTheStatus() throws Exception {
    try (Scene scene = new Scene("stopped")) {
      scene.applyBackend("");
      Process operator = creatingSlowly(scene, "{\"latencyMillis\":3000}");
      operator.destroy();

      assertThat(operator.waitFor(20, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(scene.get("bplan/team", "{.status.externalId}"))
          .isEqualTo(scene.stored("team").path("id").asText());
    }
  }

  @Test
  void aStepThatTakesTooLongIsLeftToTheNextOperator() throws Exception {
    try (Scene scene = new Scene("stuck")) {
      scene.applyBackend("");
      Process first = creatingSlowly(scene, "{\"latencyMillis\":25000}");
      first.destroy();
      assertThat(first.waitFor(20, TimeUnit.SECONDS)).as("ended in time").isTrue();
      assertThat(scene.get("bplan/team", "{.status.conditions[?(@.type=='Ready')].status}"))
          .isNotEqualTo("True");
      scene.control("PUT", "/sandbox/faults", "{}");

      Process second = start(scene, "second.log");
      try {
        scene.run("wait", "--for=condition=Ready", "bplan/team", "--timeout=110s");
      } finally {
        second.destroyForcibly().waitFor();
      }
      assertThat(scene.counts().plans()).isEqualTo(1);
    }
  }

  /** An operator whose create is committed and not answered yet. */
  private static Process creatingSlowly(Scene scene, String faults) throws IOException {
    Process operator = start(scene, "first.log");
    scene.run("wait", "--for=condition=Ready", "bb/default", "--timeout=110s");
    scene.control("PUT", "/sandbox/faults", faults);
    scene.apply(Manifests.sold("team", "49.00", "deletionPolicy: Archive"));
    Awaitility.await("the create to be committed")
        .atMost(SLOW_MACHINE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> scene.counts().plans() == 1);
    return operator;
  }

  /** The operator as the chart runs it: a process of its own. */
  static Process start(Scene scene, String log) throws IOException {
    File output = scene.cluster.directory().resolve(scene.namespace + "-" + log).toFile();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.planwright.cli.Main"));
    command.addAll(scene.installation().arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("POD_NAMESPACE", scene.installation().namespace);
    return builder.redirectErrorStream(true).redirectOutput(output).start();
  }
}
