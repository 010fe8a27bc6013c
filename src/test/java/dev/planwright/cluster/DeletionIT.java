package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code kubectl delete bplan} does under each policy. */
class DeletionIT {
  private static final Pattern PATCH =
      Pattern.compile("kubectl patch bplan (\\S+) -n (\\S+) --type=merge -p '([^']+)'");

  @Test
  void eachPolicyDoesWhatItsNameSays() {
    try (Scene scene = new Scene("policies")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(
          Manifests.sold("kept", "1.00", "deletionPolicy: Retain")
              + Manifests.sold("shelved", "2.00", "deletionPolicy: Archive")
              + Manifests.sold("dropped", "3.00", "deletionPolicy: Delete"));
      scene.awaitReady("bplan/kept", "bplan/shelved", "bplan/dropped");
      assertThat(scene.get("bplan/kept", "{.metadata.finalizers}")).isEmpty();
      assertThat(scene.get("bplan/shelved", "{.metadata.finalizers}")).contains("planwright.dev");
      assertThat(scene.get("bplan/dropped", "{.metadata.finalizers}")).contains("planwright.dev");
      assertThat(scene.get("bplan/kept", "{.status.onDelete}")).contains("left as it is");
      long writes = scene.counts().writes();

      scene.run("delete", "bplan/kept", "bplan/shelved", "bplan/dropped", "--timeout=60s");

      assertThat(scene.counts().writes()).isEqualTo(writes + 2);
      assertThat(scene.counts().plans()).isEqualTo(2);
      assertThat(scene.stored("kept").path("lifecycle").asText("Active")).isEqualTo("Active");
      assertThat(scene.stored("shelved").path("lifecycle").asText()).isEqualTo("Archived");
      scene.eventually(
          "events where people still find them",
          () ->
              assertThat(scene.events())
                  .contains("Archived BillingBackend/default")
                  .contains("Deleted BillingBackend/default"));
    }
  }

  @Test
  void aDeletionThatWouldCutSomebodyOffWaitsAndItsOneLineWayOutWorks() {
    try (Scene scene = new Scene("paid")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", "deletionPolicy: Delete"));
      scene.awaitReady("bplan/team");
      scene.subscribe("team", 3);

      scene.run("delete", "bplan/team", "--wait=false");
      scene.awaitCondition("bplan/team", "Ready", "False", "SubscribersAffected");
      String message = scene.condition("bplan/team", "Ready", "message");
      assertThat(message).contains("3 still pay");
      assertThat(scene.counts().plans()).isEqualTo(1);

      letGo(scene, message);
      scene.eventually(
          "the Plan to go", () -> assertThat(scene.exists("bplan/team")).as("exists").isFalse());
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertThat(scene.counts().subscribers()).isEqualTo(3);
      scene.eventually(
          "the release to be told",
          () -> assertThat(scene.events()).contains("Released BillingBackend/default"));
    }
  }

  @Test
  void aDeletionIsBlockedWhileNobodyCanSayWhetherSomebodyPays() {
    try (Scene scene = new Scene("hidden")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", "deletionPolicy: Delete"));
      scene.awaitReady("bplan/team");
      scene.control("PUT", "/sandbox/faults", "{\"hideSubscribers\":true}");
      scene.run("delete", "bplan/team", "--wait=false");
      scene.awaitCondition("bplan/team", "Ready", "False", "SubscribersUnknown");
      assertThat(scene.counts().plans()).isEqualTo(1);
    }
  }

  @Test
  void aPausedPlanWaitsUnderDeleteAndGoesUnderRetain() {
    try (Scene scene = new Scene("pausedel")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(
          Manifests.sold("kept", "1.00", "deletionPolicy: Retain")
              + Manifests.sold("dropped", "3.00", "deletionPolicy: Delete"));
      scene.awaitReady("bplan/kept", "bplan/dropped");
      scene.run("annotate", "bplan/kept", "bplan/dropped", "planwright.dev/paused=true");
      scene.awaitCondition("bplan/dropped", "Ready", "False", "Paused");
      long calls = scene.counts().calls();

      scene.run("delete", "bplan/kept", "--timeout=30s");
      scene.run("delete", "bplan/dropped", "--wait=false");
      scene.eventually(
          "the way on and the way out",
          () ->
              assertThat(scene.condition("bplan/dropped", "Ready", "message"))
                  .contains("remove the annotation to go on")
                  .containsPattern(PATCH));
      assertThat(scene.counts().calls()).isEqualTo(calls);

      scene.run("annotate", "bplan/dropped", "planwright.dev/paused-");
      scene.eventually(
          "the deletion to go on", () -> assertThat(scene.exists("bplan/dropped")).isFalse());
      assertThat(scene.counts().plans()).isEqualTo(1);
    }
  }

  /** Runs the line that the message gives, as somebody on call would. */
  static void letGo(Scene scene, String message) {
    Matcher line = PATCH.matcher(message);
    assertThat(line.find()).as(message).isTrue();
    scene
        .kubectl()
        .mustRun(
            "patch",
            "bplan",
            line.group(1),
            "-n",
            line.group(2),
            "--type=merge",
            "-p",
            line.group(3));
  }
}
