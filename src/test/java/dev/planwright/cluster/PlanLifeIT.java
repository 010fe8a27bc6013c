package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The life of a plan, told through kubectl. */
class PlanLifeIT {
  static final String TEAM =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Plan
      metadata: {name: team}
      spec:
        displayName: Team
        requiredPrices: [team-monthly, team-calls]
        entitlements:
          - {feature: sso, enabled: true}
      """;

  static final String MONTHLY =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Price
      metadata: {name: team-monthly}
      spec:
        planRef: {name: team}
        currency: USD
        recurring: {interval: Month}
        flat: {amount: "49.00"}
      """;

  static final String CALLS =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Price
      metadata: {name: team-calls}
      spec:
        planRef: {name: team}
        currency: USD
        recurring: {interval: Month}
        perUnit: {metric: api-calls, amount: "0.002"}
      """;

  @Test
  void manifestsAppliedInAnyOrderBecomeReadyAndAnEditReachesTheBackend() {
    try (Scene scene = new Scene("life")) {
      scene.startOperator();
      scene.apply(CALLS);
      scene.apply(TEAM);
      scene.applyBackend("");
      scene.apply(MONTHLY);

      scene.awaitReady("bplan/team", "bprice/team-monthly", "bprice/team-calls");
      assertThat(scene.get("bplan/team", "{.status.externalId}")).isNotEmpty();
      assertThat(scene.counts().plans()).isEqualTo(1);
      assertThat(scene.counts().prices()).isEqualTo(2);

      scene.apply(MONTHLY.replace("49.00", "59.00"));
      Awaitility.await("the edit to be synced")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(
                          scene.run(
                              "get", "events.events.k8s.io", "-o", "jsonpath={.items[*].note}"))
                      .contains("price team-monthly: amount 49 -> 59 USD, new subscribers only"));
      scene.awaitReady("bplan/team", "bprice/team-monthly");
      assertThat(scene.get("bprice/team-monthly", "{.status.summary.amount}"))
          .isEqualTo("59.00 USD");
    }
  }
}
