package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorServer;
import dev.planwright.emulator.bxb.BxbControls;
import dev.planwright.emulator.bxb.BxbEmulator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How often Kubernetes is written to for a create: statuses are etcd's load and everybody's watch.
 */
class WriteCountIT {
  private static final int PER_PLAN = 3;
  private static final int PER_PRICE = 1;

  @Test
  void aCreateOnTheOpenProtocolWritesEachPlanThriceAndEachPriceOnceAtMost() {
    try (Scene scene = new Scene("counthttp");
        Writes writes = new Writes(scene.cluster.client(), scene.namespace)) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(PlanLifeIT.TEAM);
      scene.apply(PlanLifeIT.MONTHLY + "---\n" + PlanLifeIT.CALLS);
      scene.apply(Manifests.sold("solo", "9.00", ""));
      scene.awaitAllReady();

      assertFew(writes, 2, 3);
    }
  }

  @Test
  void aCreateOnBxbWritesEachPlanThriceAndEachPriceOnceAtMost() {
    BxbEmulator bxb = new BxbEmulator();
    BxbControls.Access organization = bxb.controls().addOrganization("Shop");
    post(
        bxb,
        organization.key(),
        "/v1/billable_metrics/",
        "{\"code\":\"api-calls\",\"name\":\"Calls\",\"aggregation_type\":\"sum\",\"field_name\":\"n\"}");
    post(
        bxb,
        organization.key(),
        "/v1/features/",
        "{\"code\":\"sso\",\"name\":\"SSO\",\"feature_type\":\"boolean\"}");
    try (Scene scene = new Scene("countbxb");
        EmulatorServer server = new EmulatorServer(bxb);
        Writes writes = new Writes(scene.cluster.client(), scene.namespace)) {
      scene.applyBackend(
          organization.key(),
          "bxb: {url: \"%s\", organizationId: %s, chargeAmountUnit: Minor,"
                  .formatted(server.uri(), organization.id())
              + " credentials: {secretRef: {name: sandbox, key: apiKey}}}",
          "");
      scene.startOperator();
      scene.apply(PlanLifeIT.TEAM);
      scene.apply(PlanLifeIT.MONTHLY + "---\n" + PlanLifeIT.CALLS);
      scene.apply(Manifests.sold("solo", "9.00", ""));
      scene.awaitAllReady();

      assertFew(writes, 2, 3);
      assertThat(bxb.controls().counts().plans()).isEqualTo(2);
      assertThat(bxb.controls().counts().charges()).isEqualTo(1);
      assertThat(bxb.controls().counts().entitlements()).isEqualTo(1);
      assertThat(scene.run("get", "bb,bplan,bprice,events.events.k8s.io", "-o", "yaml"))
          .doesNotContain(organization.key());
    }
  }

  private static void assertFew(Writes writes, int plans, int prices) {
    Map<String, Integer> counted = writes.counted();
    assertThat(counted).hasSize(plans + prices);
    counted.forEach(
        (object, count) ->
            assertThat(count)
                .as("writes of %s in %s", object, counted)
                .isBetween(1, object.startsWith("Plan/") ? PER_PLAN : PER_PRICE));
  }

  private static void post(BxbEmulator bxb, String key, String target, String body) {
    int status =
        bxb.handle(
                new EmulatorRequest(
                    "POST",
                    target,
                    Map.of("authorization", "Bearer " + key, "content-type", "application/json"),
                    body.getBytes(StandardCharsets.UTF_8)))
            .status();
    assertThat(status).as(target).isEqualTo(201);
  }
}
