package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.code;
import static dev.planwright.emulator.noderails.NodeRailsCalls.json;
import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static dev.planwright.emulator.noderails.NodeRailsCalls.planBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.EmulatorServer;
import dev.planwright.testing.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeRailsAccessTest {
  private final VirtualClock clock = new VirtualClock();
  private final NodeRailsEmulator emulator =
      new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 1);
  private final NodeRailsControls controls = emulator.controls();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator);

  @Test
  void onlyAKnownSecretKeyIsLetIn() {
    String merchant = NodeRailsEmulator.MERCHANT;
    String revoked = controls.addKey(merchant, "TEST", "sk");
    assertThat(NodeRailsCalls.with(emulator, revoked).get("/product-plans").status())
        .isEqualTo(200);
    controls.revokeKey(revoked);
    String publishable = controls.addKey(merchant, "TEST", "pk");
    assertThat(publishable).startsWith("nr_test_pk_");
    for (String key : List.of(revoked, publishable, "", "nr_test_sk_unknown")) {
      EmulatorResponse answer = NodeRailsCalls.with(emulator, key).get("/product-plans");
      assertThat(answer.status()).as(key).isEqualTo(401);
      assertThat(code(answer)).isEqualTo("AUTHENTICATION_ERROR");
    }
    assertThat(api.without("x-api-key").get("/tax-rates").status()).isEqualTo(401);
    assertThat(api.header("Authorization", "Bearer x").get("/tax-rates").status())
        .as("a token wins over the key")
        .isEqualTo(401);
  }

  @Test
  void aSuspendedMerchantReadsAndWritesNothing() {
    String plan = api.plan("Gold", monthly("5"));
    controls.suspend(NodeRailsEmulator.MERCHANT, true);
    EmulatorResponse refused = api.put("/product-plans/" + plan, "{'name':'G'}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo("AUTHORIZATION_ERROR");
    assertThat(api.read("/product-plans/" + plan).path("name").asText()).isEqualTo("Gold");
  }

  @Test
  void anUnknownVersionIsRefusedWithATypeAndNoCodeAndAKnownOneIsEchoed() {
    EmulatorResponse refused = api.header("NodeRails-Version", "2025-01-01").get("/product-plans");
    assertThat(refused.status()).isEqualTo(400);
    JsonNode error = json(refused).path("error");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.has("code")).isFalse();
    assertThat(api.get("/product-plans").header("noderails-version"))
        .hasValue(NodeRailsEmulator.VERSION);
    assertThat(api.without("NodeRails-Version").get("/product-plans").status()).isEqualTo(200);
  }

  @Test
  void everyAnswerCarriesARequestIdTheCallersOwnIfItSentOne() {
    assertThat(api.header("x-request-id", "mine").get("/nowhere").header("x-request-id"))
        .hasValue("mine");
    String first = api.get("/product-plans").header("x-request-id").orElseThrow();
    assertThat(api.get("/product-plans").header("x-request-id").orElseThrow())
        .isNotEmpty()
        .isNotEqualTo(first);
  }

  @Test
  void whatIsNotJsonOrTooLargeIsA500() {
    for (String body : List.of("{", "7", "{'a':'" + "x".repeat(1024 * 1024) + "'}")) {
      EmulatorResponse answer = api.post("/product-plans", body);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(code(answer)).isEqualTo("INTERNAL_ERROR");
    }
    assertThat(api.post("/product-plans", "[]").status()).isEqualTo(400);
    assertThat(api.post("/product-plans", "").status()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsNotCalledJsonIsNotRead() {
    String body = planBody("Gold", monthly("5"));
    assertThat(api.header("Content-Type", "text/plain").post("/product-plans", body).status())
        .isEqualTo(400);
    String charset = "application/json; charset=utf-8";
    assertThat(api.header("Content-Type", charset).post("/product-plans", body).status())
        .isEqualTo(201);
  }

  @Test
  void anUnknownRouteIsNotFound() {
    for (String target : List.of("/apps", "/product-plans/", "/product-plans/x/prices", "/")) {
      EmulatorResponse answer = api.get(target);
      assertThat(answer.status()).as(target).isEqualTo(404);
      assertThat(code(answer)).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void tooManyRequestsAreToldWhenToComeBack() {
    controls.refuseAsTooMany(1, Duration.ofSeconds(7));
    EmulatorResponse refused = api.post("/product-plans", planBody("Gold", monthly("5")));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).hasValue("7");
    assertThat(refused.header("x-ratelimit-reset"))
        .hasValue(String.valueOf(clock.instant().getEpochSecond() + 7));
    assertThat(json(refused).path("error").path("details").path("retryAfter").asInt()).isEqualTo(7);
    assertThat(controls.counts().plans()).isZero();
    assertThat(api.get("/product-plans").status()).isEqualTo(200);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    String plan = api.plan("Gold", monthly("5"));
    controls.set(Switch.PRICE_DELETE_ANSWERS_204, true);
    NodeRailsEmulator copy = emulator.copy();
    assertThat(copy.controls().state()).isEqualTo(controls.state());
    NodeRailsCalls.of(copy).change("/product-plans/" + plan, "{'name':'Copy'}");
    copy.controls().set(Switch.PRICE_DELETE_ANSWERS_204, false);
    assertThat(api.read("/product-plans/" + plan).path("name").asText()).isEqualTo("Gold");
    assertThat(controls.state().path("switches")).hasSize(1);
    assertThat(copy.exchanges()).hasSize(2);
    assertThat(copy.exchanges().getLast().method()).isEqualTo("PUT");
    assertThat(copy.exchanges().getLast().status()).isEqualTo(200);
  }

  @Test
  void overRealHttpTheAnswersAreTheSame() throws IOException, InterruptedException {
    String plan = api.plan("Gold", monthly("5"));
    EmulatorRequest inMemory = EmulatorRequest.of("GET", "/product-plans/" + plan, api.headers());
    try (EmulatorServer server = new EmulatorServer(emulator);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.uri() + "/product-plans/" + plan))
                  .header("x-api-key", NodeRailsEmulator.TEST_KEY)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(emulator.handle(inMemory).text());
    }
  }
}
