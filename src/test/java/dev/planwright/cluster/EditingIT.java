package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pause, drift and approval, by the annotations and fields that people use. */
class EditingIT {
  @Test
  void aPausedPlanMakesNoCallAndGoesOnWhenTheAnnotationIsRemoved() {
    try (Scene scene = new Scene("pause")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team");
      scene.run("annotate", "bplan/team", "planwright.dev/paused=true");
      scene.awaitCondition("bplan/team", "Ready", "False", "Paused");
      long calls = scene.counts().calls();

      scene.apply(Manifests.monthly("team", "59.00"));
      scene.run("annotate", "bplan/team", "planwright.dev/reconcile-requested-at=now");
      // Another Plan that is synced after that edit shows that the operator had its time.
      scene.apply(Manifests.sold("other", "1.00", ""));
      scene.awaitReady("bplan/other");
      assertThat(scene.amount("team")).isEqualByComparingTo("49");
      assertThat(scene.condition("bplan/team", "Ready", "reason")).isEqualTo("Paused");
      assertThat(scene.counts().calls()).isGreaterThan(calls);

      scene.run("annotate", "bplan/team", "planwright.dev/paused-");
      scene.eventually(
          "the edit to go through",
          () -> assertThat(scene.amount("team")).isEqualByComparingTo("59"));
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      assertThat(scene.get("bplan/team", "{.status.lastHandledReconcileAt}")).isEqualTo("now");
    }
  }

  @Test
  void driftIsReportedFieldByFieldAndWithRevertPutBack() {
    try (Scene scene = new Scene("drift")) {
      scene.applyBackend("drift: {policy: Report, interval: 10m}");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team");
      scene.control(
          "PATCH",
          "/sandbox/plans/" + scene.key("team"),
          "{\"prices\":{\"team-monthly\":{\"flat\":{\"amount\":\"45.00\"}}}}");
      long writes = scene.counts().writes();

      scene.run("annotate", "bplan/team", "planwright.dev/reconcile-requested-at=first");
      scene.awaitCondition("bplan/team", "Ready", "False", "Drifted");
      assertThat(scene.get("bplan/team", "{.status.drift[*].field}"))
          .isEqualTo("prices.team-monthly.amount");
      assertThat(scene.get("bplan/team", "{.status.drift[0].desired}")).startsWith("49");
      assertThat(scene.get("bplan/team", "{.status.drift[0].actual}")).startsWith("45");
      assertThat(scene.get("bplan/team", "{.status.drift[0].since}")).isNotEmpty();
      assertThat(scene.get("bplan/team", "{.status.lastHandledReconcileAt}")).isEqualTo("first");
      assertThat(scene.counts().writes()).isEqualTo(writes);
      assertThat(scene.events()).contains("DriftDetected Plan/team");

      scene.run(
          "patch",
          "bb/default",
          "--type=merge",
          "-p",
          "{\"spec\":{\"drift\":{\"policy\":\"Revert\"}}}");
      scene.run(
          "annotate", "--overwrite", "bplan/team", "planwright.dev/reconcile-requested-at=second");
      scene.eventually(
          "the amount to be put back",
          () -> assertThat(scene.amount("team")).isEqualByComparingTo("49"));
      scene.awaitReady("bplan/team");
      assertThat(scene.get("bplan/team", "{.status.drift}")).isIn("", "[]");
      scene.eventually(
          "the revert to be told",
          () -> assertThat(scene.events()).contains("DriftReverted Plan/team"));
    }
  }

  @Test
  void anApprovalLetsItsStepsThroughOnceAndNoOther() {
    try (Scene scene = new Scene("approve")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", "existingSubscribers: Migrate"));
      scene.awaitReady("bplan/team");
      scene.subscribe("team", 42);

      scene.apply(Manifests.monthly("team", "59.00"));
      scene.awaitCondition("bplan/team", "Ready", "False", "ApprovalRequired");
      String hash = scene.get("bplan/team", "{.status.pendingHash}");
      assertThat(hash).isNotEmpty();
      assertThat(scene.condition("bplan/team", "Ready", "message")).contains(hash);
      assertThat(scene.get("bplan/team", "{.status.pending[*].affects}"))
          .contains("ExistingSubscribers");
      assertThat(scene.amount("team")).isEqualByComparingTo("49");

      scene.run("annotate", "bplan/team", "planwright.dev/approve=" + hash);
      scene.eventually(
          "the approved edit to go through",
          () -> assertThat(scene.amount("team")).isEqualByComparingTo("59"));
      scene.awaitReady("bplan/team");

      scene.apply(Manifests.monthly("team", "69.00"));
      scene.awaitCondition("bplan/team", "Ready", "False", "ApprovalRequired");
      assertThat(scene.get("bplan/team", "{.status.pendingHash}")).isNotEqualTo(hash);
      scene.apply(Manifests.monthly("team", "59.00"));
      scene.awaitReady("bplan/team");
      // Once more from where it was approved, to where it was approved: still not approved.
      scene.control(
          "PATCH",
          "/sandbox/plans/" + scene.key("team"),
          "{\"prices\":{\"team-monthly\":{\"flat\":{\"amount\":\"49.00\"}}}}");
      scene.run("annotate", "bplan/team", "planwright.dev/reconcile-requested-at=again");
      scene.awaitCondition("bplan/team", "Ready", "False", "Drifted");
      assertThat(scene.amount("team")).isEqualByComparingTo("49");
    }
  }

  @Test
  void underKeepAnEditReachesNewSubscribersOnly() {
    try (Scene scene = new Scene("keep")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team");
      scene.control(
          "POST",
          "/sandbox/plans/" + scene.key("team") + "/subscribers",
          "{\"id\":\"early\",\"count\":42}");

      scene.apply(Manifests.monthly("team", "59.00"));
      scene.eventually(
          "the edit to go through",
          () -> assertThat(scene.amount("team")).isEqualByComparingTo("59"));
      scene.awaitReady("bplan/team");
      assertThat(quote(scene, "{\"subscriber\":\"early\"}"))
          .contains(amount("49"))
          .doesNotContain(amount("59"));
      assertThat(quote(scene, "{}")).contains(amount("59")).doesNotContain(amount("49"));
    }
  }

  /** The whole field: a random id may hold any two digits. */
  private static String amount(String amount) {
    return "\"amount\":\"" + amount + "\"";
  }

  private static String quote(Scene scene, String body) {
    return new String(
        scene.control("POST", "/sandbox/plans/" + scene.key("team") + "/quote", body).body(),
        java.nio.charset.StandardCharsets.UTF_8);
  }
}
