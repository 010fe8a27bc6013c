package dev.planwright.emulator.noderails;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls an emulator with one key; bodies may be written with single quotes. Every answer is held
 * against the schema.
 *
 * @param lenient whether answers may differ from the schema, for switches that make them differ
 */
record NodeRailsCalls(NodeRailsEmulator emulator, Map<String, String> headers, boolean lenient) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Optional<NodeRailsContract> CONTRACT = NodeRailsContract.find();

  static NodeRailsCalls with(NodeRailsEmulator emulator, String key) {
    return new NodeRailsCalls(
        emulator,
        Map.of(
            "x-api-key",
            key,
            "NodeRails-Version",
            NodeRailsEmulator.VERSION,
            "Content-Type",
            "application/json"),
        false);
  }

  static NodeRailsCalls of(NodeRailsEmulator emulator) {
    return with(emulator, NodeRailsEmulator.TEST_KEY);
  }

  NodeRailsCalls header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new NodeRailsCalls(emulator, more, lenient);
  }

  NodeRailsCalls without(String name) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(name);
    return new NodeRailsCalls(emulator, fewer, lenient);
  }

  NodeRailsCalls key(String idempotencyKey) {
    return header("Idempotency-Key", idempotencyKey);
  }

  NodeRailsCalls beyondTheSchema() {
    return new NodeRailsCalls(emulator, headers, true);
  }

  EmulatorResponse call(String method, String target, String body) {
    EmulatorResponse answer =
        emulator.handle(EmulatorRequest.of(method, target, headers, body.replace('\'', '"')));
    if (CONTRACT.isPresent() && !lenient) {
      List<String> faults = CONTRACT.get().faultsOfAnswer(method, target, answer);
      assertThat(faults).as(answer.text()).isEmpty();
    }
    return answer;
  }

  EmulatorResponse post(String target, String body) {
    return call("POST", target, body);
  }

  EmulatorResponse put(String target, String body) {
    return call("PUT", target, body);
  }

  EmulatorResponse delete(String target) {
    return call("DELETE", target, "");
  }

  EmulatorResponse get(String target) {
    return call("GET", target, "");
  }

  /** What a GET that must succeed gives as data. */
  JsonNode read(String target) {
    EmulatorResponse answer = get(target);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return json(answer).path("data");
  }

  /** What a PUT that must succeed gives as data. */
  JsonNode change(String target, String body) {
    EmulatorResponse answer = put(target, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return json(answer).path("data");
  }

  /** What a POST that must succeed gives as data. */
  JsonNode make(String target, String body) {
    EmulatorResponse answer = post(target, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return json(answer).path("data");
  }

  /** A new subscription plan in the test app. Gives its id. */
  String plan(String name, String... prices) {
    return make("/product-plans", planBody(name, prices)).path("id").asText();
  }

  /** A new price of a plan. Gives its id. */
  String price(String plan, String body) {
    return make("/product-plans/" + plan + "/prices", body).path("id").asText();
  }

  /** A new tax rate. Gives its id. */
  String taxRate(String percentage, boolean inclusive) {
    String body =
        "{'displayName':'VAT','percentage':%s,'inclusive':%s}".formatted(percentage, inclusive);
    return make("/tax-rates", body).path("id").asText();
  }

  /** The only price of a plan. */
  String priceOf(String plan) {
    JsonNode prices = read("/product-plans/" + plan).path("prices");
    assertThat(prices).hasSize(1);
    return prices.path(0).path("id").asText();
  }

  static String planBody(String name, String... prices) {
    return "{'appId':'%s','name':'%s','planType':'SUBSCRIPTION','prices':[%s]}"
        .formatted(NodeRailsEmulator.TEST_APP, name, String.join(",", prices));
  }

  static String monthly(String amount) {
    return "{'amount':'%s','billingInterval':'MONTH'}".formatted(amount);
  }

  static JsonNode json(EmulatorResponse answer) {
    return json(answer.text());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** The error's code. */
  static String code(EmulatorResponse answer) {
    return json(answer).path("error").path("code").asText();
  }
}
