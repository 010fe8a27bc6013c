package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An object that the operator has not looked at yet says so: tools that wait for it would take it
 * for done if it had no status at all.
 */
class NewObjectIT {
  private static final List<String> OBJECTS =
      List.of("bb/default", "bplan/team", "bprice/team-monthly");
  private static final String SOLD = Manifests.sold("team", "49.00", "");
  private static final String VERSIONS =
      "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}";

  @AfterEach
  void today() {
    KubeCluster.shared().applyCrds(Path.of("crds"));
  }

  @Test
  void aNewObjectIsOfNoGenerationYetAndNothingOfThatIsInTheWayOfGit() {
    try (Scene scene = new Scene("new")) {
      scene.applyBackend("");
      for (String yaml : SOLD.split("---\n", -1)) {
        if (!yaml.isBlank()) {
          JsonNode made = json(server(scene, yaml, "apply", "-o", "json"));
          assertThat(made.path("status")).isEqualTo(NOT_LOOKED_AT);
        }
      }
      for (String object : OBJECTS) {
        assertThat(status(scene, object)).isEqualTo(NOT_LOOKED_AT);
        // Whoever applied it does not own what the API server put there.
        assertThat(scene.run("get", object, "-o", "json", "--show-managed-fields"))
            .doesNotContain("f:status");
      }
      assertThat(row(scene, "bplan")).isEqualTo("team");
      assertThat(row(scene, "bprice")).isEqualTo("team-monthly team");
      assertThat(row(scene, "bb")).isEqualTo("default");
      // The first of these stores what was only shown so far, once, without a new generation.
      server(scene, SOLD, "apply");
      assertNoDifference(scene);
      assertThat(scene.get("bplan/team", "{.metadata.generation}")).isEqualTo("1");

      scene.startOperator();
      scene.awaitReady(OBJECTS.toArray(String[]::new));
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertNoDifference(scene);
    }
  }

  @Test
  void objectsOfBeforeTheUpgradeAreOfNoGenerationEither() {
    try (Scene scene = new Scene("upgraded")) {
      formerDefinitions(scene);
      scene.applyBackend("");
      scene.apply(SOLD);
      for (String object : OBJECTS) {
        assertThat(scene.get(object, "{.status}")).isEmpty();
      }

      // As the README says.
      scene.kubectl().mustRun("apply", "-f", "crds/");
      scene.eventually(
          "the new definitions to hold",
          () -> {
            for (String object : OBJECTS) {
              assertThat(status(scene, object)).isEqualTo(NOT_LOOKED_AT);
            }
          });
      assertThat(scene.get("bplan", "{.items[*].status.observedGeneration}")).isEqualTo("-1");

      scene.startOperator();
      scene.awaitReady(OBJECTS.toArray(String[]::new));
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertThat(scene.counts().prices()).isEqualTo(1);
    }
  }

  @Test
  void theUpgradeTouchesNothingThatIsInForce() {
    try (Scene scene = new Scene("running")) {
      formerDefinitions(scene);
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", "deletionPolicy: Archive"));
      scene.awaitReady(OBJECTS.toArray(String[]::new));
      scene.eventually(
          "the count of Plans to be written",
          () -> assertThat(scene.get("bb/default", "{.status.plans}")).isEqualTo("1"));
      String versions = scene.run("get", "bb,bplan,bprice", "-o", VERSIONS);
      long writes = scene.counts().writes();

      scene.cluster.applyCrds(Path.of("crds"));
      scene.stopOperator();
      scene.startOperator();
      // What is new is looked at after what was there.
      scene.apply(
          Manifests.sold("late", "1.00", "")
              .replace(
                  "{name: late}\nspec",
                  "{name: late, annotations: {planwright.dev/paused: \"true\"}}\nspec"));
      scene.awaitCondition("bplan/late", "Ready", "False", "Paused");
      assertThat(without(scene.run("get", "bplan,bprice", "-o", VERSIONS), "late"))
          .isEqualTo(without(versions, "BillingBackend"));
      assertThat(scene.counts().writes()).isEqualTo(writes);
    }
  }

  @Test
  void aStatusThatSomebodyRemovesIsOfNoGenerationUntilItIsReadBack() {
    try (Scene scene = new Scene("removed")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(SOLD);
      scene.awaitReady(OBJECTS.toArray(String[]::new));
      String externalId = scene.get("bplan/team", "{.status.externalId}");
      long writes = scene.counts().writes();
      scene.stopOperator();

      for (String object : OBJECTS) {
        scene.run(
            "patch", object, "--subresource=status", "--type=merge", "-p", "{\"status\":null}");
        assertThat(status(scene, object)).isEqualTo(NOT_LOOKED_AT);
      }
      scene.startOperator();
      scene.awaitReady(OBJECTS.toArray(String[]::new));
      assertThat(scene.get("bplan/team", "{.status.externalId}")).isEqualTo(externalId);
      assertThat(scene.counts().writes()).isEqualTo(writes);

      scene.run(
          "patch", "bplan/team", "--subresource=status", "--type=merge", "-p", "{\"status\":null}");
      scene.awaitReady("bplan/team");
      assertThat(scene.get("bplan/team", "{.status.externalId}")).isEqualTo(externalId);
      assertThat(scene.counts().writes()).isEqualTo(writes);
    }
  }

  private static final JsonNode NOT_LOOKED_AT = json("{\"observedGeneration\":-1}");

  /** The same manifests again, as Argo CD and Flux compare them: by server-side apply. */
  private static void assertNoDifference(Scene scene) {
    String versions = scene.run("get", "bplan,bprice", "-o", VERSIONS);
    for (String options : List.of("--server-side", "--server-side=false")) {
      Kubectl.Result difference =
          scene.kubectl().runWithInput(SOLD, "-n", scene.namespace, "diff", options, "-f", "-");
      assertThat(difference.exitCode())
          .as(options + difference.stdout() + difference.stderr())
          .isZero();
    }
    server(scene, SOLD, "apply");
    assertThat(scene.run("get", "bplan,bprice", "-o", VERSIONS)).isEqualTo(versions);
  }

  private static String server(Scene scene, String yaml, String... command) {
    List<String> arguments = new ArrayList<>(List.of("-n", scene.namespace));
    arguments.addAll(List.of(command));
    arguments.addAll(List.of("--server-side", "-f", "-"));
    return scene.kubectl().mustRunWithInput(yaml, arguments.toArray(String[]::new));
  }

  private static JsonNode status(Scene scene, String object) {
    return json(scene.run("get", object, "-o", "json")).path("status");
  }

  /** The one row of a table, without its age. */
  private static String row(Scene scene, String kind) {
    return scene
        .run("get", kind, "--no-headers")
        .strip()
        .replaceAll(" +[0-9]+[smh]$", "")
        .replaceAll(" +", " ");
  }

  /** The definitions as they were before a new object had a status. */
  private static void formerDefinitions(Scene scene) {
    for (String plural : List.of("billingbackends", "plans", "prices")) {
      JsonNode definition;
      try {
        definition = new YAMLMapper().readTree(Path.of("crds", plural + ".yaml").toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ObjectNode status =
          (ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/status");
      assertThat(status.remove("default")).isEqualTo(NOT_LOOKED_AT);
      status.withObject("/properties/observedGeneration").put("minimum", 0);
      scene.kubectl().mustRunWithInput(definition.toString(), "apply", "-f", "-");
    }
    scene.eventually(
        "the former definitions to hold",
        () -> {
          JsonNode probe =
              json(
                  scene
                      .kubectl()
                      .mustRunWithInput(
                          SOLD,
                          "-n",
                          scene.namespace,
                          "create",
                          "--dry-run=server",
                          "-o",
                          "json",
                          "-f",
                          "-"));
          assertThat(probe.findValue("status")).isNull();
        });
  }

  private static String without(String versions, String named) {
    return versions
        .lines()
        .filter(line -> !line.contains(named))
        .reduce("", (all, line) -> all + line + "\n");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
