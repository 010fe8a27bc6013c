package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The resource definitions are newer than the operator: an object that says what it does not know
 * ends in a condition of its own, and nothing is done for it.
 */
class NewerSchemaIT {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** A scene with definitions that have more words and fields than this operator knows. */
  private static Scene scene(String hint) {
    Scene scene = new Scene(hint);
    JsonNode prices = definition("prices");
    word(prices, "billing", "WhenDue");
    field(prices, "rounding", "string");
    KubeCluster.shared().applyCrds(prices.toString());
    JsonNode plans = definition("plans");
    word(plans, "deletionPolicy", "Refund");
    field(plans, "season", "object");
    KubeCluster.shared().applyCrds(plans.toString());
    JsonNode backends = definition("billingbackends");
    word(backends, "environment", "Staging");
    KubeCluster.shared().applyCrds(backends.toString());
    // A new definition is served at once and held a moment later.
    scene.applyBackend("");
    scene.eventually(
        "the new definitions to hold",
        () -> {
          for (String probe :
              List.of(
                  Manifests.sold("probe", "1.00", "deletionPolicy: Refund\nseason: {}"),
                  Manifests.monthly("probe", "1.00")
                      .replace("flat:", "billing: WhenDue\n  rounding: up\n  flat:"),
                  Scene.backend(Scene.http("http://127.0.0.1:1"), "")
                      .replace("environment: Sandbox", "environment: Staging"))) {
            Kubectl.Result tried = scene.tryDry(probe);
            assertThat(tried.ok()).as(tried.stderr()).isTrue();
          }
        });
    return scene;
  }

  @AfterEach
  void narrow() {
    KubeCluster.shared().applyCrds(Path.of("crds"));
  }

  @Test
  void whatTheOperatorDoesNotKnowStopsItsOwnPlanOnly() {
    try (Scene scene = scene("newer")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team");

      // Seen by the watch.
      scene.apply(Manifests.sold("word", "1.00", "").replace("flat:", "billing: WhenDue\n  flat:"));
      scene.apply(Manifests.sold("field", "1.00", "").replace("flat:", "rounding: up\n  flat:"));
      scene.apply(Manifests.sold("season", "1.00", "season: {}"));
      assertUnknown(scene, "word", "bprice/word-monthly", "spec.billing \"WhenDue\"");
      assertUnknown(scene, "field", "bprice/field-monthly", "spec.rounding \"up\"");
      assertUnknown(scene, "season", "bplan/season", "spec.season");
      assertThat(scene.condition("bplan/word", "Ready", "message"))
          .contains("upgrade the operator", "InAdvance, InArrears");
      assertThat(scene.condition("bprice/season-monthly", "Ready", "status")).isEqualTo("False");

      // And by the list of an operator that starts.
      scene.stopOperator();
      scene.apply(Manifests.monthly("team", "59.00"));
      scene.startOperator();
      scene.eventually(
          "the others to go on", () -> assertThat(scene.amount("team")).isEqualByComparingTo("59"));
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertThat(scene.get("bprice/word-monthly", "{.spec.billing}")).isEqualTo("WhenDue");
      assertThat(scene.get("bprice/field-monthly", "{.spec.rounding}")).isEqualTo("up");
      assertThat(scene.get("bplan/season", "{.spec}")).contains("\"season\":{}");

      // A price that is sold is not changed by a word that is not understood.
      scene.run(
          "patch",
          "bprice/team-monthly",
          "--type=merge",
          "-p",
          "{\"spec\":{\"rounding\":\"up\",\"flat\":{\"amount\":\"1.00\"}}}");
      assertUnknown(scene, "team", "bprice/team-monthly", "spec.rounding \"up\"");
      assertThat(scene.amount("team")).isEqualByComparingTo("59");

      scene.run(
          "patch", "bprice/word-monthly", "--type=merge", "-p", "{\"spec\":{\"billing\":null}}");
      scene.awaitReady("bplan/word", "bprice/word-monthly");
    }
  }

  @Test
  void aDeletionPolicyThatTheOperatorDoesNotKnowIsNotTakenForAnother() {
    try (Scene scene = scene("newerdel")) {
      scene.applyBackend("defaults: {deletionPolicy: Archive}");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team");

      scene.run(
          "patch",
          "bplan/team",
          "--type=merge",
          "-p",
          "{\"spec\":{\"deletionPolicy\":\"Refund\"}}");
      scene.awaitCondition("bplan/team", "Accepted", "False", "InvalidSpec");
      scene.run("delete", "bplan/team", "--wait=false");
      scene.eventually(
          "the deletion to wait and say so",
          () ->
              assertThat(scene.condition("bplan/team", "Ready", "message"))
                  .contains("spec.deletionPolicy \"Refund\"", "kubectl patch", "Retain"));
      assertThat(scene.stored("team").path("lifecycle").asText("Active")).isEqualTo("Active");

      scene.run(
          "patch",
          "bplan/team",
          "--type=merge",
          "-p",
          "{\"spec\":{\"deletionPolicy\":\"Retain\"}}");
      scene.eventually("the Plan to go", () -> assertThat(scene.exists("bplan/team")).isFalse());
      assertThat(scene.stored("team").path("lifecycle").asText("Active")).isEqualTo("Active");
    }
  }

  @Test
  void anAccountWhoseSettingsAreNotUnderstoodIsNotCalled() {
    try (Scene scene = scene("newerbb")) {
      scene.applyBackend("");
      scene.run(
          "patch", "bb/default", "--type=merge", "-p", "{\"spec\":{\"environment\":\"Staging\"}}");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitCondition("bb/default", "Ready", "False", "InvalidSpec");
      assertThat(scene.condition("bb/default", "Ready", "message"))
          .contains("spec.environment \"Staging\"", "upgrade the operator");
      scene.awaitCondition("bplan/team", "Ready", "False", "BackendNotReady");
      assertThat(scene.counts().calls()).isZero();
      assertThat(scene.get("bb/default", "{.spec.environment}")).isEqualTo("Staging");
    }
  }

  private static void assertUnknown(Scene scene, String plan, String object, String said) {
    scene.awaitCondition(object, "Accepted", "False", "InvalidSpec");
    scene.awaitCondition("bplan/" + plan, "Accepted", "False", "InvalidSpec");
    scene.awaitCondition("bplan/" + plan, "Stalled", "True", "InvalidSpec");
    assertThat(scene.condition(object, "Ready", "message"))
        .contains(said, "this operator does not know");
  }

  private static JsonNode definition(String plural) {
    try {
      return YAML.readTree(Path.of("crds", plural + ".yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode properties(JsonNode definition) {
    return (ObjectNode)
        definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
  }

  private static void word(JsonNode definition, String field, String word) {
    ((ArrayNode) properties(definition).path(field).path("enum")).add(word);
  }

  private static void field(JsonNode definition, String field, String type) {
    properties(definition).putObject(field).put("type", type);
    if (type.equals("object")) {
      properties(definition).withObject(field).put("x-kubernetes-preserve-unknown-fields", true);
    }
  }
}
