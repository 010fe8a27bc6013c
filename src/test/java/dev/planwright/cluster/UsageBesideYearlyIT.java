package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.emulator.EmulatorServer;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggEmulator;
import dev.planwright.emulator.stigg.StiggSwitch;
import java.math.BigDecimal;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** A setting of the BillingBackend that says what Stigg has confirmed, turned on and off again. */
class UsageBesideYearlyIT {
  private static final String PLAN =
      Manifests.sold("team", "49.00", "key: team\ndeletionPolicy: Archive")
              // All of them: else it may be made before the one came that decides.
              .replace("[team-monthly]", "[team-monthly, team-yearly, team-calls]")
          + """
          apiVersion: planwright.dev/v1alpha1
          kind: Price
          metadata: {name: team-yearly}
          spec:
            planRef: {name: team}
            currency: USD
            recurring: {interval: Year}
            flat: {amount: "490.00"}
          ---
          apiVersion: planwright.dev/v1alpha1
          kind: Price
          metadata: {name: team-calls}
          spec:
            planRef: {name: team}
            currency: USD
            recurring: {interval: Month}
            perUnit: {metric: api-calls, amount: "0.002"}
          """;

  private final StiggEmulator emulator = new StiggEmulator(Clock.systemUTC());

  @Test
  void theSettingDecidesAtOnceAndNothingIsTakenAwayWithIt() {
    emulator.console().feature("api-calls", "NUMBER", "INCREMENTAL");
    emulator.controls().publishAtOnce();
    emulator.controls().set(StiggSwitch.USAGE_BESIDE_YEARLY, true);
    try (Scene scene = new Scene("beside");
        EmulatorServer http = new EmulatorServer(emulator)) {
      scene.applyBackend(
          emulator.key(),
          "stigg: {url: \"%s\", productId: %s, credentials: {secretRef: {name: sandbox, key: apiKey}}}"
              .formatted(http.uri(), StiggEmulator.DEFAULT_PRODUCT),
          "limits: {requestsPerSecond: 500, maxConcurrent: 16}");
      scene.startOperator();
      scene.apply(PLAN);
      scene.awaitCondition("bplan/team", "Ready", "False", "NotExpressible");
      assertThat(scene.condition("bplan/team", "Ready", "message"))
          .contains("team-calls spec.recurring", "usageBesideYearly: true in the BillingBackend");
      assertThat(writes()).isZero();

      turn(scene, "true");
      scene.awaitReady("bplan/team", "bprice/team-calls", "bprice/team-yearly");
      assertThat(sold()).isEqualByComparingTo("51");
      long made = writes();
      assertThat(made).isPositive();

      turn(scene, "false");
      scene.awaitCondition("bplan/team", "Ready", "False", "NotExpressible");
      assertThat(sold()).as("on sale as it was").isEqualByComparingTo("51");
      assertThat(scene.get("bplan/team", "{.status.externalId}")).isEqualTo("team");

      turn(scene, "true");
      scene.awaitReady("bplan/team", "bprice/team-calls", "bprice/team-yearly");
      assertThat(writes()).isEqualTo(made);

      turn(scene, "null");
      scene.awaitCondition("bplan/team", "Ready", "False", "NotExpressible");
      scene.run("delete", "bplan,bprice", "--all", "--timeout=60s");
      assertThat(emulator.controls().plan("team").orElseThrow().path("archived").booleanValue())
          .as("the deletion does what its policy says")
          .isTrue();
      assertThat(writes()).isEqualTo(made + 1);
    }
  }

  private static void turn(Scene scene, String value) {
    scene.run(
        "patch",
        "bb/default",
        "--type=merge",
        "-p",
        "{\"spec\":{\"provider\":{\"stigg\":{\"usageBesideYearly\":%s}}}}".formatted(value));
  }

  private BigDecimal sold() {
    return emulator
        .bill("team", Purchase.monthly().with("api-calls", "1000"))
        .getOrDefault("usd", BigDecimal.ZERO);
  }

  private long writes() {
    return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
  }
}
