package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two Plans that claim one object of the billing system. */
class HandoverIT {
  @Test
  void theLoserOfAKeyWaitsAndInheritsTheObjectWhenTheWinnerIsDeleted() {
    try (Scene scene = new Scene("handover")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("old", "49.00", "key: team\ndeletionPolicy: Archive"));
      scene.awaitReady("bplan/old");
      String externalId = scene.get("bplan/old", "{.status.externalId}");

      scene.apply(Manifests.sold("new", "49.00", "key: team\ndeletionPolicy: Archive"));
      scene.awaitCondition("bplan/new", "Accepted", "False", "KeyConflict");
      assertThat(scene.condition("bplan/new", "Accepted", "message"))
          .contains(scene.namespace + "/old");
      assertThat(scene.condition("bplan/old", "Ready", "status")).isEqualTo("True");

      scene.run("delete", "bplan/old", "bprice/old-monthly", "--timeout=60s");
      scene.awaitReady("bplan/new", "bprice/new-monthly");
      assertThat(scene.get("bplan/new", "{.status.externalId}")).isEqualTo(externalId);
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertThat(
              new String(
                  scene.control("GET", "/plans/team", "").body(),
                  java.nio.charset.StandardCharsets.UTF_8))
          .doesNotContain("\"Archived\"");
      assertThat(scene.events()).doesNotContain("Archived BillingBackend");
    }
  }

  @Test
  void deletingTheLoserOfAKeyTouchesNothing() {
    try (Scene scene = new Scene("loser")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("first", "49.00", "key: team\ndeletionPolicy: Delete"));
      scene.awaitReady("bplan/first");
      scene.apply(Manifests.sold("second", "59.00", "key: team\ndeletionPolicy: Delete"));
      scene.awaitCondition("bplan/second", "Accepted", "False", "KeyConflict");
      long calls = scene.counts().calls();

      scene.run("delete", "bplan/second", "bprice/second-monthly", "--timeout=60s");
      assertThat(scene.counts().calls()).isEqualTo(calls);
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertThat(scene.condition("bplan/first", "Ready", "status")).isEqualTo("True");
    }
  }
}
