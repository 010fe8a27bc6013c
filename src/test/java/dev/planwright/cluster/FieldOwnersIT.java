package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a Git tool applied stays as it applied it, whatever the operator does with it. */
class FieldOwnersIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String GIT = "argocd";

  @Test
  void theOperatorOwnsStatusAndItsFinalizerAndNothingThatAGitToolHolds() throws IOException {
    try (Scene scene = new Scene("owners")) {
      scene.applyBackend("");
      scene.startOperator();
      String more = "existingSubscribers: Migrate\ndeletionPolicy: Archive";
      fromGit(scene, Manifests.sold("team", "49.00", more));
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      scene.subscribe("team", 1);

      fromGit(scene, Manifests.sold("team", "59.00", more));
      scene.awaitCondition("bplan/team", "Ready", "False", "ApprovalRequired");
      scene.run(
          "annotate",
          "--field-manager=a-person",
          "bplan/team",
          "planwright.dev/approve=" + scene.get("bplan/team", "{.status.pendingHash}"));
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      fromGit(scene, Manifests.sold("team", "59.00", more));

      assertThat(ownedByTheOperator(scene, "bplan/team"))
          .containsExactlyInAnyOrder("metadata.finalizers", "status");
      assertThat(ownedByTheOperator(scene, "bprice/team-monthly")).containsExactly("status");
      assertThat(ownedByTheOperator(scene, "bb/default"))
          .isSubsetOf("metadata.finalizers", "status");
      assertThat(scene.get("bplan/team", "{.metadata.generation}")).isEqualTo("1");
      assertThat(scene.get("bprice/team-monthly", "{.metadata.generation}")).isEqualTo("2");
    }
  }

  private static void fromGit(Scene scene, String yaml) {
    scene
        .kubectl()
        .mustRunWithInput(
            yaml,
            "apply",
            "--server-side",
            "--field-manager=" + GIT,
            "-n",
            scene.namespace,
            "-f",
            "-");
  }

  /** Fields held by whoever is neither the Git tool nor a person with kubectl, two levels deep. */
  private static Set<String> ownedByTheOperator(Scene scene, String object) throws IOException {
    JsonNode entries =
        JSON.readTree(scene.run("get", object, "--show-managed-fields", "-o", "json"))
            .at("/metadata/managedFields");
    assertThat(entries).isNotEmpty();
    Set<String> owned = new TreeSet<>();
    for (JsonNode entry : entries) {
      String manager = entry.path("manager").asText();
      if (!Set.of(GIT, "a-person", "kubectl-client-side-apply").contains(manager)) {
        add(owned, entry.path("fieldsV1"));
      }
    }
    return owned;
  }

  private static void add(Set<String> owned, JsonNode fields) {
    for (Map.Entry<String, JsonNode> top : fields.properties()) {
      String name = top.getKey().replaceFirst("^f:", "");
      if (name.equals("metadata")) {
        top.getValue()
            .fieldNames()
            .forEachRemaining(below -> owned.add("metadata." + below.replaceFirst("^f:", "")));
      } else {
        owned.add(name);
      }
    }
  }
}
