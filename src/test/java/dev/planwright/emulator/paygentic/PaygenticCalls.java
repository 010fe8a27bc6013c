package dev.planwright.emulator.paygentic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Calls an emulator with a key; bodies may be written with single quotes.
 *
 * @param judged whether every answer must be as the vendor's schema says
 */
record PaygenticCalls(PaygenticEmulator emulator, String key, boolean judged) {
  private static final JsonMapper JSON = new JsonMapper();

  static PaygenticCalls with(PaygenticEmulator emulator, String key) {
    return new PaygenticCalls(emulator, key, true);
  }

  PaygenticCalls unjudged() {
    return new PaygenticCalls(emulator, key, false);
  }

  EmulatorResponse call(String method, String target, String body) {
    Map<String, String> headers = Map.of("Authorization", "Bearer " + key);
    EmulatorRequest request = EmulatorRequest.of(method, target, headers, body.replace('\'', '"'));
    EmulatorResponse response = emulator.handle(request);
    if (judged) {
      assertThat(PaygenticContract.faults(request, response)).as(response.text()).isEmpty();
    }
    return response;
  }

  int status(String method, String target, String body) {
    return call(method, target, body).status();
  }

  int status(String target) {
    return status("GET", target, "");
  }

  int delete(String target) {
    return status("DELETE", target, "");
  }

  /** POST that must make something; gives the new id. */
  String make(String target, String body) {
    return made(target, body).path("id").asText();
  }

  /** POST that must make something; gives the answer. */
  JsonNode made(String target, String body) {
    EmulatorResponse answer = call("POST", target, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return json(answer);
  }

  /** PATCH that must succeed. */
  JsonNode patch(String target, String body) {
    EmulatorResponse answer = call("PATCH", target, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return json(answer);
  }

  JsonNode read(String target) {
    EmulatorResponse answer = call("GET", target, "");
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

  /** The ids of objects, or of texts that are ids. */
  static List<String> ids(JsonNode array) {
    List<String> ids = new ArrayList<>();
    array.forEach(it -> ids.add(it.isTextual() ? it.asText() : it.path("id").asText()));
    return ids;
  }

  /** The fields that a validation error names. */
  static List<String> wrongFields(EmulatorResponse answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).isEqualTo("validation_error");
    List<String> fields = new ArrayList<>();
    json(answer).path("errors").forEach(it -> fields.add(it.path("field").asText()));
    return fields;
  }
}
