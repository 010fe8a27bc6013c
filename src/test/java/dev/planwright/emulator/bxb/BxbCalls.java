package dev.planwright.emulator.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls an emulator as one organization; bodies may be written with single quotes. */
record BxbCalls(BxbEmulator emulator, Map<String, String> headers) {
  private static final JsonMapper JSON = new JsonMapper();

  static BxbCalls with(BxbEmulator emulator, String key) {
    return new BxbCalls(emulator, Map.of("Authorization", "Bearer " + key));
  }

  BxbCalls header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new BxbCalls(emulator, more);
  }

  EmulatorResponse call(String method, String target, String body) {
    return emulator.handle(EmulatorRequest.of(method, target, headers, body.replace('\'', '"')));
  }

  EmulatorResponse get(String target) {
    return call("GET", target, "");
  }

  EmulatorResponse delete(String target) {
    return call("DELETE", target, "");
  }

  int status(String method, String target, String body) {
    return call(method, target, body).status();
  }

  /** POST that must succeed; gives the new id. */
  String make(String target, String body) {
    EmulatorResponse made = call("POST", target, body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return json(made).path("id").asText();
  }

  String metric(String code) {
    return make(
        "/v1/billable_metrics/",
        "{'code':'%s','name':'%s','aggregation_type':'count'}".formatted(code, code));
  }

  String plan(String code, String charges) {
    return make(
        "/v1/plans/",
        "{'code':'%s','name':'P','interval':'monthly','charges':[%s]}".formatted(code, charges));
  }

  JsonNode read(String target) {
    EmulatorResponse answer = get(target);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return json(answer);
  }

  static JsonNode json(EmulatorResponse answer) {
    try {
      return JSON.readTree(answer.text());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + answer.text(), e);
    }
  }

  static String charge(String metric, String model, String properties) {
    return "{'billable_metric_id':'%s','charge_model':'%s','properties':{%s}}"
        .formatted(metric, model, properties);
  }
}
