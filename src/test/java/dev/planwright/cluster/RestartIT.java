package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.sandbox.SandboxHandler;
import org.junit.jupiter.api.Test;

/**
 * What an operator does that finds everything as it should be, and what with a status that lies.
 */
class RestartIT {
  private static final int PLANS = 200;
  private static final String VERSIONS =
      "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion} {.metadata.finalizers} {.status}{\"\\n\"}{end}";

  @Test
  void aStartOverSyncedPlansMakesNoCallAndNoWrite() {
    try (Scene scene = new Scene("restart")) {
      scene.applyBackend("limits: {requestsPerSecond: 500, maxConcurrent: 16}");
      scene.startOperator();
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < PLANS; i++) {
        String policy = i % 2 == 0 ? "deletionPolicy: Archive" : "";
        all.append(Manifests.sold("plan-" + i, i + ".00", policy));
      }
      scene.apply(all.toString());
      scene.awaitAllReady();
      scene.eventually(
          "the count of Plans to be written",
          () -> assertThat(scene.get("bb/default", "{.status.plans}")).isEqualTo("" + PLANS));
      scene.stopOperator();
      String versions = scene.run("get", "bb,bplan,bprice", "-o", VERSIONS);
      SandboxHandler.Counts counts = scene.counts();
      assertThat(counts.plans()).isEqualTo(PLANS);

      scene.startOperator();
      // An edit of one Plan, synced, shows that the operator is at work and has been through.
      scene.apply(Manifests.sold("one-more", "1.00", ""));
      scene.awaitReady("bplan/one-more", "bprice/one-more-monthly");
      assertThat(withoutNews(scene.run("get", "bb,bplan,bprice", "-o", VERSIONS)))
          .isEqualTo(withoutNews(versions));
      // The probe that a new Plan asks for, a look for its key, the create and the read-back.
      assertThat(scene.counts().calls()).isLessThanOrEqualTo(counts.calls() + 6);
      assertThat(scene.counts().writes()).isEqualTo(counts.writes() + 1);
    }
  }

  @Test
  void aRestartAloneIsSilent() {
    try (Scene scene = new Scene("silent")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", "deletionPolicy: Archive"));
      scene.apply(Manifests.sold("solo", "9.00", ""));
      scene.awaitAllReady();
      scene.eventually(
          "the count of Plans to be written",
          () -> assertThat(scene.get("bb/default", "{.status.plans}")).isEqualTo("2"));
      scene.stopOperator();
      String versions = scene.run("get", "bb,bplan,bprice", "-o", VERSIONS);
      long calls = scene.counts().calls();

      scene.startOperator();
      // A paused Plan gets its condition without a call: by then, the others were looked at.
      scene.apply(
          Manifests.sold("still", "1.00", "")
              .replace(
                  "{name: still}\nspec",
                  "{name: still, annotations: {planwright.dev/paused: \"true\"}}\nspec"));
      scene.awaitCondition("bplan/still", "Ready", "False", "Paused");
      assertThat(withoutNews(scene.run("get", "bb,bplan,bprice", "-o", VERSIONS)))
          .isEqualTo(withoutNews(versions));
      assertThat(scene.counts().calls()).isEqualTo(calls);
    }
  }

  @Test
  void aStatusThatIsLostIsReadBackAndNothingIsDoubled() {
    try (Scene scene = new Scene("lost")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      String externalId = scene.get("bplan/team", "{.status.externalId}");
      String priceId = scene.get("bprice/team-monthly", "{.status.externalId}");
      SandboxHandler.Counts counts = scene.counts();

      replaceStatus(scene, "bplan/team", "{}");
      replaceStatus(scene, "bprice/team-monthly", "{}");
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      assertThat(scene.get("bplan/team", "{.status.externalId}")).isEqualTo(externalId);
      assertThat(scene.get("bprice/team-monthly", "{.status.externalId}")).isEqualTo(priceId);
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertThat(scene.counts().prices()).isEqualTo(1);
      assertThat(scene.counts().writes()).isEqualTo(counts.writes());
      assertThat(scene.counts().history()).isEqualTo(counts.history());
    }
  }

  @Test
  void aStatusRolledBackToAnOlderVersionDoesNotRollBackTheBackend() {
    try (Scene scene = new Scene("rolled")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      String externalId = scene.get("bplan/team", "{.status.externalId}");
      String old = scene.get("bplan/team", "{.status}");
      String oldPrice = scene.get("bprice/team-monthly", "{.status}");
      scene.apply(Manifests.monthly("team", "59.00"));
      scene.eventually(
          "the edit to go through",
          () -> assertThat(scene.amount("team")).isEqualByComparingTo("59"));
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      SandboxHandler.Counts counts = scene.counts();
      scene.stopOperator();

      replaceStatus(scene, "bplan/team", old);
      replaceStatus(scene, "bprice/team-monthly", oldPrice);
      scene.startOperator();
      scene.eventually(
          "the newer generation to be confirmed again",
          () ->
              assertThat(scene.get("bprice/team-monthly", "{.status.observedGeneration}"))
                  .isEqualTo("2"));
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      assertThat(scene.get("bplan/team", "{.status.externalId}")).isEqualTo(externalId);
      assertThat(scene.get("bprice/team-monthly", "{.status.summary.amount}"))
          .isEqualTo("59.00 USD");
      assertThat(scene.amount("team")).isEqualByComparingTo("59");
      assertThat(scene.counts().writes()).isEqualTo(counts.writes());
      assertThat(scene.counts().plans()).isEqualTo(1);
    }
  }

  /** What was applied in between, and the BillingBackend whose count it changes, left out. */
  private static String withoutNews(String versions) {
    return versions
        .lines()
        .filter(line -> !line.contains("one-more") && !line.contains("still"))
        .filter(line -> !line.startsWith("BillingBackend"))
        .reduce("", (all, line) -> all + line + "\n");
  }

  /** {@code kubectl replace --subresource=status}: what a restored backup does. */
  private static void replaceStatus(Scene scene, String object, String status) {
    String[] parts = object.split("/", -1);
    scene
        .kubectl()
        .mustRun(
            "-n",
            scene.namespace,
            "patch",
            parts[0],
            parts[1],
            "--subresource=status",
            "--type=json",
            "-p",
            "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":" + status + "}]");
  }
}
