package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.catalog.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import party.iroiro.luajava.Lua;
import party.iroiro.luajava.lua51.Lua51;

/**
 * The health scripts for Argo CD, run by a real Lua over what the operator writes. The objects
 * beside the scripts are made here; {@code -Dplanwright.update=true} writes them again.
 */
class ArgoHealthTest {
  private static final Path LIBRARY =
      Path.of("examples/argocd/resource_customizations/planwright.dev");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * One object, and what Argo CD shall say of it.
   *
   * @param file its name in testdata
   */
  private record Fixture(String file, ObjectNode object, String status, String message) {}

  /** What the script answered. */
  private record Health(String status, String message) {}

  record Case(String kind, String path, String status, String message) {
    @Override
    public String toString() {
      return kind + "/" + path;
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String kind : List.of("Plan", "Price", "BillingBackend")) {
      for (JsonNode test :
          YAML.readTree(LIBRARY.resolve(kind).resolve("health_test.yaml").toFile()).get("tests")) {
        cases.add(
            new Case(
                kind,
                test.get("inputPath").asText(),
                test.at("/healthStatus/status").asText(),
                test.at("/healthStatus/message").asText()));
      }
    }
    return cases.stream();
  }

  static Stream<Map.Entry<String, HasMetadata>> everything() {
    return StatusSets.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theScriptSaysWhatIsExpected(Case expected) throws IOException {
    JsonNode object =
        YAML.readTree(LIBRARY.resolve(expected.kind()).resolve(expected.path()).toFile());
    assertThat(health(object)).isEqualTo(new Health(expected.status(), expected.message()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingOfAnOlderGenerationIsHealthy(Case expected) throws IOException {
    ObjectNode object =
        (ObjectNode)
            YAML.readTree(LIBRARY.resolve(expected.kind()).resolve(expected.path()).toFile());
    object.withObject("/metadata").put("generation", StatusSets.GENERATION + 1);
    assertThat(health(object).status()).isEqualTo("Progressing");
    // Even when only the condition was left behind.
    if (object.has("status")) {
      object.withObject("/status").put("observedGeneration", StatusSets.GENERATION + 1);
      assertThat(health(object).status()).isEqualTo("Progressing");
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void itIsHealthyOnlyWhenItIsReadyAndDegradedOnlyWhenSomebodyMustAct(
      Map.Entry<String, HasMetadata> set) throws IOException {
    ObjectNode object = StatusSets.json(set.getValue());
    String status = health(object).status();
    switch (Kstatus.of(object)) {
      case CURRENT -> assertThat(status).isEqualTo("Healthy");
      case IN_PROGRESS -> assertThat(status).isIn("Progressing", "Suspended");
      case FAILED -> assertThat(status).isIn("Degraded", "Suspended");
      case TERMINATING -> assertThat(status).isNotEqualTo("Healthy");
    }
    assertThat(status.equals("Suspended")).isEqualTo(reason(object).equals("Paused"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Plan", "Price", "BillingBackend"})
  void theObjectsBesideTheScriptsAreWhatTheOperatorWrites(String kind) throws IOException {
    Map<String, String> files = new TreeMap<>();
    List<Map<String, Object>> tests = new ArrayList<>();
    for (Fixture fixture : fixtures(kind)) {
      String path = "testdata/" + fixture.file();
      files.put(path, StatusSets.yaml(fixture.object()));
      Map<String, Object> health = new LinkedHashMap<>();
      health.put("status", fixture.status());
      health.put("message", fixture.message());
      Map<String, Object> test = new LinkedHashMap<>();
      test.put("healthStatus", health);
      test.put("inputPath", path);
      tests.add(test);
    }
    files.put("health_test.yaml", StatusSets.yaml(Map.of("tests", tests)));

    Path folder = LIBRARY.resolve(kind);
    if (Boolean.getBoolean("planwright.update")) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(folder.resolve(file.getKey())).hasContent(file.getValue());
    }
    try (Stream<Path> there = Files.list(folder.resolve("testdata"))) {
      assertThat(there.map(path -> "testdata/" + path.getFileName()))
          .isSubsetOf(new TreeSet<>(files.keySet()));
    }
  }

  @Test
  void theSettingsOfArgoCdHoldTheScripts() throws IOException {
    JsonNode settings = YAML.readTree(Path.of("examples/argocd/argocd-cm.yaml").toFile());
    for (String kind : List.of("Plan", "Price", "BillingBackend")) {
      assertThat(
              settings
                  .path("data")
                  .path("resource.customizations.health.planwright.dev_" + kind)
                  .asText())
          .isEqualTo(Files.readString(LIBRARY.resolve(kind).resolve("health.lua")));
    }
  }

  private static List<Fixture> fixtures(String kind) {
    boolean isBackend = kind.equals("BillingBackend");
    List<Fixture> fixtures = new ArrayList<>();
    for (Reason reason : isBackend ? StatusSets.ofBackends() : StatusSets.ofPlans()) {
      HasMetadata object =
          switch (kind) {
            case "Plan" -> StatusSets.plan(reason);
            case "Price" -> StatusSets.price(StatusSets.plan(reason));
            default -> StatusSets.backend(reason);
          };
      ObjectNode json = StatusSets.json(object);
      String word = Expected.of(reason).argo();
      fixtures.add(
          new Fixture(file(word, reason.toString()), json, word, reason + ": " + message(json)));
    }
    HasMetadata ready =
        switch (kind) {
          case "Plan" -> StatusSets.readyPlan();
          case "Price" -> StatusSets.price(StatusSets.readyPlan());
          default -> StatusSets.readyBackend();
        };
    ObjectNode json = StatusSets.json(ready);
    fixtures.add(new Fixture("healthy.yaml", json, "Healthy", message(json)));

    ObjectNode edited = json.deepCopy();
    edited.withObject("/metadata").put("generation", StatusSets.GENERATION + 1);
    fixtures.add(
        new Fixture(
            "progressing_olderGeneration.yaml",
            edited,
            "Progressing",
            "waiting for Planwright to look at this generation"));

    ObjectNode fresh = json.deepCopy();
    fresh.remove("status");
    fixtures.add(
        new Fixture(
            "progressing_noStatus.yaml",
            fresh,
            "Progressing",
            "waiting for Planwright to look at it"));

    fixtures.add(
        new Fixture(
            "progressing_notLookedAt.yaml",
            StatusSets.notLookedAt(ready),
            "Progressing",
            "waiting for Planwright to look at it"));

    ObjectNode deleted = json.deepCopy();
    deleted.withObject("/metadata").put("deletionTimestamp", StatusSets.NOW.toString());
    fixtures.add(new Fixture("progressing_deleted.yaml", deleted, "Progressing", "being deleted"));
    return fixtures;
  }

  private static String file(String word, String reason) {
    return word.toLowerCase(Locale.ROOT)
        + "_"
        + reason.substring(0, 1).toLowerCase(Locale.ROOT)
        + reason.substring(1)
        + ".yaml";
  }

  private static String reason(JsonNode object) {
    return ready(object).reason();
  }

  private static String message(JsonNode object) {
    return ready(object).message();
  }

  private static Condition ready(JsonNode object) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.path("type").asText().equals(ConditionType.READY)) {
        return new Condition(
            ConditionType.READY,
            Condition.Status.UNKNOWN,
            condition.path("reason").asText(),
            condition.path("message").asText(),
            StatusSets.NOW,
            StatusSets.GENERATION);
      }
    }
    throw new AssertionError("no condition Ready in " + object);
  }

  private static Health health(JsonNode object) throws IOException {
    String script =
        Files.readString(LIBRARY.resolve(object.get("kind").asText()).resolve("health.lua"));
    try (Lua lua = new Lua51()) {
      // Argo CD gives no more than these.
      lua.openLibrary("");
      lua.push(
          JSON.convertValue(object, new TypeReference<Map<String, Object>>() {}),
          Lua.Conversion.FULL);
      lua.setGlobal("obj");
      lua.load(script);
      lua.pCall(0, 1);
      Map<?, ?> health = Objects.requireNonNull(lua.toMap(-1), "the script returned no table");
      return new Health(
          String.valueOf(health.get("status")), String.valueOf(health.get("message")));
    }
  }
}
