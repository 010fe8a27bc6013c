package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A sandbox in memory of which every answer is held against the protocol's document. */
final class TestSandbox implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final ProtocolContract CONTRACT = ProtocolContract.load();

  private final SandboxHandler handler;

  TestSandbox() {
    this(SandboxHandler.create(options()));
  }

  TestSandbox(SandboxHandler handler) {
    this.handler = handler;
  }

  static SandboxOptions options() {
    return SandboxOptions.inMemory().withClock(() -> NOW).withIds(IdSource.counting());
  }

  /** With the metrics, features and the product that the tests name. */
  TestSandbox seeded() {
    for (String metric : new String[] {"api-calls", "sms", "storage-gb", "compute"}) {
      put("/sandbox/metrics/" + metric, "{'aggregation':'Sum'}");
    }
    put("/sandbox/metrics/payments", "{'aggregation':'Sum','unit':'Major'}");
    put("/sandbox/metrics/payments-cents", "{'aggregation':'Sum','unit':'Minor'}");
    put("/sandbox/features/seats", "{}");
    put("/sandbox/features/sso", "{}");
    put("/sandbox/products/main", "{}");
    return this;
  }

  SandboxHandler handler() {
    return handler;
  }

  /** An answer; {@code json} is a missing node when there is no body. */
  record Reply(SandboxResponse response, JsonNode json) {
    int status() {
      return response.status();
    }

    String etag() {
      return json.path("etag").asText();
    }

    /** The last word of the problem's type. */
    String problem() {
      return json.path("type").asText().replace("urn:planwright:problem:", "");
    }
  }

  /** Bodies are JSON in which ' stands for ". */
  Reply call(String method, String target, Map<String, String> headers, String body) {
    Map<String, String> all = new HashMap<>();
    all.put("authorization", "Bearer sandbox");
    if (!body.isEmpty()) {
      all.put("content-type", "application/json");
    }
    all.putAll(headers);
    SandboxRequest request =
        new SandboxRequest(
            method, target, all, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    SandboxResponse response = handler.handle(request);
    CONTRACT.check(request, response);
    JsonNode json =
        response.body().length == 0 ? Json.object().path("none") : Json.parse(response.body());
    return new Reply(response, json);
  }

  Reply get(String target) {
    return call("GET", target, Map.of(), "");
  }

  Reply put(String target, String body) {
    return call("PUT", target, Map.of(), body);
  }

  Reply post(String target, String body) {
    return call("POST", target, Map.of(), body);
  }

  Reply create(String key, String body) {
    return call("PUT", "/plans/" + key, Map.of("if-none-match", "*"), body);
  }

  Reply replace(String key, String etag, String body) {
    return call("PUT", "/plans/" + key, Map.of("if-match", etag), body);
  }

  Reply migrate(String key, String etag, String body) {
    return call(
        "PUT", "/plans/" + key + "?existingSubscribers=migrate", Map.of("if-match", etag), body);
  }

  /** A paid plan of owner {@code shop} with these prices. */
  static String plan(String... prices) {
    return "{'owner':'shop','displayName':'Team','prices':[" + String.join(",", prices) + "]}";
  }

  /** A monthly price in dollars: {@code price("base", "'flat':{'amount':'49.00'}")}. */
  static String price(String name, String model) {
    return "{'name':'"
        + name
        + "','currency':'USD','recurring':{'interval':'Month'},"
        + model
        + "}";
  }

  /** A flat monthly price in dollars. */
  static String flat(String name, String amount) {
    return price(name, "'flat':{'amount':'" + amount + "'}");
  }

  /** The errors of a 422 as {@code field: reason}. */
  static java.util.List<String> errors(Reply reply) {
    return Json.items(reply.json(), "errors").stream()
        .map(error -> error.path("field").asText() + ": " + error.path("reason").asText())
        .toList();
  }

  @Override
  public void close() {
    handler.close();
  }
}
