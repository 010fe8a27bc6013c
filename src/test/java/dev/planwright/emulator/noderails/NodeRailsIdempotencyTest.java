package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.json;
import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static dev.planwright.emulator.noderails.NodeRailsCalls.planBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeRailsIdempotencyTest {
  private final VirtualClock clock = new VirtualClock();
  private final NodeRailsEmulator emulator =
      new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 1);
  private final NodeRailsControls controls = emulator.controls();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator);
  private final String gold = planBody("Gold", monthly("5"));

  @Test
  void aRepeatedKeyGivesTheFirstAnswerAndMakesNothing() {
    EmulatorResponse first = api.key("k").post("/product-plans", gold);
    EmulatorResponse again = api.key("k").post("/product-plans", gold);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(first.header("idempotent-replayed")).isEmpty();
    assertThat(again.header("idempotent-replayed")).hasValue("true");
    assertThat(again.header("x-request-id")).isNotEqualTo(first.header("x-request-id"));
    assertThat(controls.counts().plans()).isEqualTo(1);
  }

  @Test
  void neitherMethodNorPathNorBodyNorCallerIsCompared() {
    String plan = json(api.key("k").post("/product-plans", gold)).path("data").path("id").asText();
    NodeRailsCalls nobody = api.without("x-api-key").key("k").beyondTheSchema();
    for (EmulatorResponse answer :
        new EmulatorResponse[] {
          api.key("k").post("/product-plans", planBody("Silver", monthly("1"))),
          api.key("k").beyondTheSchema().put("/product-plans/" + plan, "{'name':'New'}"),
          nobody.post("/tax-rates", "{}")
        }) {
      assertThat(answer.status()).isEqualTo(201);
      assertThat(json(answer).path("data").path("name").asText()).isEqualTo("Gold");
    }
    assertThat(api.read("/product-plans/" + plan).path("name").asText()).isEqualTo("Gold");
  }

  @Test
  void refusalsAndCrashesAreKeptToo() {
    assertThat(api.without("x-api-key").key("a").post("/product-plans", gold).status())
        .isEqualTo(401);
    assertThat(api.key("a").post("/product-plans", gold).status()).isEqualTo(401);
    assertThat(api.key("b").post("/product-plans", "{}").status()).isEqualTo(400);
    assertThat(api.key("b").post("/product-plans", gold).status()).isEqualTo(400);
    assertThat(api.key("c").post("/product-plans", "{").status()).isEqualTo(500);
    assertThat(api.key("c").post("/product-plans", gold).status()).isEqualTo(500);
    assertThat(api.key("d").post("/product-plans", gold).status()).isEqualTo(201);
  }

  @Test
  void aKeyIsKeptForADay() {
    api.key("k").post("/product-plans", gold);
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    api.key("k").post("/product-plans", gold);
    assertThat(controls.counts().plans()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    api.key("k").post("/product-plans", gold);
    assertThat(controls.counts().plans()).isEqualTo(2);
    controls.forgetIdempotencyKeys();
    api.key("k").post("/product-plans", gold);
    assertThat(controls.counts().plans()).isEqualTo(3);
  }

  @Test
  void aKeyHasAtMost255Characters() {
    EmulatorResponse refused = api.key("k".repeat(256)).post("/product-plans", gold);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(json(refused).path("error").has("code")).isFalse();
    assertThat(api.key("k".repeat(255)).post("/product-plans", gold).status()).isEqualTo(201);
  }

  @Test
  void whileARequestIsUnderWayItsKeyIsAConflictForAMinuteAtMost() {
    controls.lockIdempotencyKey("k");
    clock.advance(Duration.ofSeconds(59));
    EmulatorResponse refused = api.key("k").post("/product-plans", gold);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(json(refused).path("error").path("type").asText()).isEqualTo("idempotency_error");
    assertThat(json(refused).path("error").has("code")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(api.key("k").post("/product-plans", gold).status()).isEqualTo(201);
  }

  @Test
  void readingAndDeletingTakeNoKey() {
    String plan = json(api.key("k").post("/product-plans", gold)).path("data").path("id").asText();
    assertThat(api.key("k").get("/product-plans/" + plan).status()).isEqualTo(200);
    String price = "/product-plans/" + plan + "/prices/" + api.priceOf(plan);
    assertThat(api.key("k").delete(price).status()).isEqualTo(200);
    assertThat(controls.counts().activePrices()).isZero();
  }
}
