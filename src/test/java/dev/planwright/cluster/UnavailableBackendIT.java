package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A billing system that was fine and then is not: what is sold stays, and the edit goes through.
 */
class UnavailableBackendIT {
  @Test
  void anEditWaitsOutABackendThatIsDownAndSaysSo() {
    try (Scene scene = new Scene("down")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team");
      String externalId = scene.get("bplan/team", "{.status.externalId}");

      scene.control("PUT", "/sandbox/faults", "{\"unavailable\":1000000}");
      scene.apply(Manifests.monthly("team", "59.00"));
      scene.awaitCondition("bplan/team", "Ready", "False", "BackendUnavailable");
      assertThat(scene.get("bplan/team", "{.status.externalId}")).isEqualTo(externalId);
      assertThat(scene.condition("bplan/team", "Ready", "message")).doesNotContain("Exception");

      scene.control("PUT", "/sandbox/faults", "{}");
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      assertThat(scene.amount("team")).isEqualByComparingTo("59");
      assertThat(scene.counts().plans()).isEqualTo(1);
    }
  }

  @Test
  void aCreateWhoseAnswerIsLostOrFailsAfterTheCommitIsNotRepeated() {
    try (Scene scene = new Scene("answerlost")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.control("PUT", "/sandbox/faults", "{\"loseAnswer\":1}");
      scene.apply(Manifests.sold("lost", "49.00", ""));
      scene.awaitReady("bplan/lost", "bprice/lost-monthly");
      scene.control("PUT", "/sandbox/faults", "{\"failAfterCommit\":1}");
      scene.apply(Manifests.sold("failed", "49.00", ""));
      scene.awaitReady("bplan/failed", "bprice/failed-monthly");
      assertThat(scene.counts().plans()).isEqualTo(2);
      assertThat(scene.counts().prices()).isEqualTo(2);
      assertThat(scene.get("bplan/lost", "{.status.externalId}"))
          .isEqualTo(scene.stored("lost").path("id").asText());
    }
  }
}
