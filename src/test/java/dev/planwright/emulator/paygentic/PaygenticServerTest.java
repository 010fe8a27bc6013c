package dev.planwright.emulator.paygentic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.EmulatorServer;
import dev.planwright.emulator.paygentic.PaygenticControls.ListFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, errors, lists, faults, copies. */
class PaygenticServerTest {
  private final PaygenticShop shop = PaygenticShop.open();
  private final PaygenticCalls api = shop.api();
  private final PaygenticControls controls = shop.controls();

  private PaygenticCalls with(String key) {
    return PaygenticCalls.with(shop.emulator(), key);
  }

  @Test
  void aKeyWorksOnItsOwnHostOnly() {
    PaygenticEmulator live =
        new PaygenticEmulator(
            Clock.systemUTC(), PaygenticEmulator::numberedId, PaygenticEmulator.Environment.LIVE);
    String liveKey = live.controls().make().merchant("Acme", "USD").key();
    assertThat(liveKey).startsWith("sk_live_");
    assertThat(api.key()).startsWith("sk_test_");
    assertThat(PaygenticCalls.with(live, liveKey).status("/v0/plans")).isEqualTo(200);
    assertThat(PaygenticCalls.with(live, api.key()).status("/v0/plans")).isEqualTo(401);
    assertThat(with(liveKey).status("/v0/plans")).isEqualTo(401);
  }

  @Test
  void withoutABearerKeyOrWithARevokedOneNothingIsAnswered() {
    EmulatorResponse none =
        shop.emulator().handle(EmulatorRequest.of("GET", "/v0/plans", Map.of()));
    EmulatorResponse bare =
        shop.emulator()
            .handle(EmulatorRequest.of("GET", "/v0/plans", Map.of("Authorization", api.key())));
    assertThat(none.status()).isEqualTo(401);
    assertThat(bare.status()).isEqualTo(401);
    controls.revokeKey(api.key());
    assertThat(api.status("/v0/plans")).isEqualTo(401);
  }

  @Test
  void whatIsAnothersIsNotSeenNotTouchedAndNotReferredTo() {
    String flat = shop.flat("1");
    String plan = shop.plan(flat);
    PaygenticMaker.Access beta = shop.make().merchant("Beta", "USD");
    PaygenticCalls other = with(beta.key());
    assertThat(other.read("/v0/plans").path("data")).isEmpty();
    assertThat(other.read("/v0/prices").path("data")).isEmpty();
    assertThat(other.status("/v0/plans/" + plan)).isEqualTo(403);
    assertThat(other.status("PATCH", "/v0/plans/" + plan, "{'name':'N'}")).isEqualTo(403);
    assertThat(other.delete("/v0/prices/" + flat)).isEqualTo(403);
    assertThat(other.status("/v0/fees?merchantId=" + shop.merchant())).isEqualTo(403);
    assertThat(other.status("POST", "/v0/plans", shop.planBody(""))).isEqualTo(403);
    String own = shop.make().product(beta.merchantId(), "P");
    String mixed =
        shop.planBody("", flat)
            .replace(shop.merchant(), beta.merchantId())
            .replace(shop.product(), own);
    assertThat(other.status("POST", "/v0/plans", mixed)).isEqualTo(400);
    assertThat(with(shop.make().key(shop.merchant(), beta.merchantId())).read("/v0/plans"))
        .isEqualTo(api.read("/v0/plans"));
  }

  @Test
  void aKeyHasTheRightsOfItsUser() {
    PaygenticCalls reader = with(shop.make().readOnlyKey(shop.merchant()));
    assertThat(reader.status("/v0/products/" + shop.product())).isEqualTo(200);
    assertThat(reader.status("POST", "/v0/plans", shop.planBody(""))).isEqualTo(403);
    assertThat(controls.counts().plans()).isZero();
  }

  @Test
  void errorsHaveAWordAMessageAndSometimesACode() {
    JsonNode missing = PaygenticCalls.json(api.call("GET", "/v0/plans/plan_x", ""));
    assertThat(missing.path("error").asText()).isEqualTo("not_found");
    assertThat(missing.path("message").asText()).contains("plan_x");
    EmulatorResponse invalid = api.call("POST", "/v0/products", "{'name':1}");
    JsonNode body = PaygenticCalls.json(invalid);
    assertThat(PaygenticCalls.wrongFields(invalid))
        .containsExactly("name", "description", "merchantId");
    assertThat(body.path("errors").path(0).path("code").asText()).matches("[A-Z_]+");
    assertThat(api.status("POST", "/v0/products", "nonsense")).isEqualTo(400);
    assertThat(api.status("POST", "/v0/products", "[]")).isEqualTo(400);
    assertThat(api.status("/v0/nothing")).isEqualTo(404);
  }

  @ParameterizedTest(name = "limit {0} and offset {1}: {2}")
  @CsvSource({"0, 0, 400", "101, 0, 400", "x, 0, 400", "1, -1, 400", "1, x, 400", "100, 0, 200"})
  void limitsAreChecked(String limit, String offset, int status) {
    assertThat(api.status("/v0/prices?limit=" + limit + "&offset=" + offset)).isEqualTo(status);
  }

  @Test
  void listsComeInTensNewestFirst() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      made.addFirst(shop.flat(String.valueOf(i)));
    }
    JsonNode first = api.read("/v0/prices");
    JsonNode second = api.read("/v0/prices?offset=10");
    assertThat(PaygenticCalls.ids(first.path("data"))).isEqualTo(made.subList(0, 10));
    assertThat(PaygenticCalls.ids(second.path("data"))).isEqualTo(made.subList(10, 12));
    assertThat(second.path("pagination").toString())
        .isEqualTo("{\"limit\":10,\"offset\":10,\"total\":12}");
    assertThat(api.read("/v0/prices?offset=99").path("data")).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1} of 5 at offset 2, total {2}")
  @CsvSource({
    "NONE, 3, 5",
    "CAPPED_PAGES, 2, 5",
    "LAST_OF_PAGE_MISSING, 2, 5",
    "EMPTY_PAGES, 0, 5",
    "EMPTY_LIST, 0, 0",
    "REPEATING_PAGES, 3, 6",
    "NO_TOTAL, 3, none"
  })
  void aListGoesWrongAsAsked(ListFault fault, int size, String total) {
    for (int i = 0; i < 5; i++) {
      shop.flat("1");
    }
    JsonNode start = api.read("/v0/prices?limit=3");
    controls.breakList("price", fault);
    JsonNode page = api.read("/v0/prices?limit=3&offset=2");
    assertThat(page.path("data")).hasSize(size);
    assertThat(page.path("pagination").path("total").asText("none")).isEqualTo(total);
    assertThat(page.path("data").equals(start.path("data")))
        .isEqualTo(fault == ListFault.REPEATING_PAGES);
    assertThat(api.read("/v0/fees?merchantId=" + shop.merchant()).path("data")).hasSize(1);
  }

  @Test
  void theNextCallFailsAsAskedBeforeOrAfterTheWrite() {
    controls.failNext(500);
    assertThat(api.status("POST", "/v0/plans", shop.planBody(""))).isEqualTo(500);
    assertThat(controls.counts().plans()).isZero();
    controls.failNextWriteAfterwards(502);
    assertThat(api.status("/v0/plans")).as("a read is no write").isEqualTo(200);
    assertThat(api.status("POST", "/v0/plans", shop.planBody(""))).isEqualTo(502);
    assertThat(controls.counts().plans()).isEqualTo(1);
    controls.throttleNext(7);
    EmulatorResponse throttled = api.call("GET", "/v0/plans", "");
    assertThat(throttled.status()).isEqualTo(429);
    assertThat(throttled.header("Retry-After")).hasValue("7");
    assertThat(api.status("/v0/plans")).isEqualTo(200);
  }

  @Test
  void aCopyLivesItsOwnLife() {
    String plan = shop.plan();
    controls.raise(PaygenticDoubt.OLDEST_FIRST);
    PaygenticEmulator copy = shop.emulator().copy();
    PaygenticCalls there = PaygenticCalls.with(copy, api.key());
    there.patch("/v0/plans/" + plan, "{'name':'There'}");
    copy.controls().settle(PaygenticDoubt.OLDEST_FIRST);
    assertThat(api.read("/v0/plans/" + plan).path("name").asText()).isEqualTo("Team");
    String here = shop.plan();
    assertThat(there.make("/v0/plans", shop.planBody(""))).as("the same ids").isEqualTo(here);
    assertThat(PaygenticCalls.ids(there.read("/v0/plans").path("data")))
        .containsExactly(here, plan);
    assertThat(PaygenticCalls.ids(api.read("/v0/plans").path("data"))).containsExactly(plan, here);
  }

  @Test
  void requestsAreRemembered() {
    shop.plan();
    assertThat(shop.emulator().exchanges().getLast().target()).isEqualTo("/v0/plans");
    assertThat(shop.emulator().exchanges().getLast().status()).isEqualTo(201);
    shop.emulator().clearExchanges();
    assertThat(shop.emulator().exchanges()).isEmpty();
  }

  @Test
  void itIsServedOverRealHttp() throws IOException, InterruptedException {
    try (EmulatorServer server = new EmulatorServer(shop.emulator());
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.uri() + "/v0/plans"))
                  .header("Authorization", "Bearer " + api.key())
                  .POST(HttpRequest.BodyPublishers.ofString(shop.planBody("").replace('\'', '"')))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }
  }

  @Test
  void theVendorsSchemaWouldFindAWrongAnswer() {
    EmulatorRequest read = EmulatorRequest.of("GET", "/v0/products/" + shop.product(), Map.of());
    ObjectNode product = (ObjectNode) api.read("/v0/products/" + shop.product());
    EmulatorResponse more = EmulatorResponse.json(200, product.deepCopy().put("extra", 1));
    EmulatorResponse less = EmulatorResponse.json(200, product.deepCopy().without("name"));
    EmulatorResponse wordless = EmulatorResponse.json(404, Store.object().put("error", "x"));
    boolean found = PaygenticContract.isThere();
    assertThat(PaygenticContract.faults(read, EmulatorResponse.json(200, product))).isEmpty();
    for (EmulatorResponse wrong : List.of(more, less, wordless)) {
      assertThat(PaygenticContract.faults(read, wrong).isEmpty()).isNotEqualTo(found);
    }
  }
}
