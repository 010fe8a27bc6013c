package dev.planwright.emulator.stigg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.testing.OpenApiContract;
import dev.planwright.testing.VendorContracts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls an emulator; bodies may be written with single quotes. Every answer is held against the
 * vendor's schema, and every body that was accepted as well.
 */
record StiggCalls(StiggEmulator emulator, Map<String, String> headers, boolean judged) {
  private static final Optional<OpenApiContract> REQUESTS = VendorContracts.of("stigg");
  private static final Optional<ResponseContract> RESPONSES = ResponseContract.find();

  static StiggCalls on(StiggEmulator emulator) {
    return new StiggCalls(
        emulator, Map.of("X-API-KEY", emulator.key(), "Content-Type", "application/json"), true);
  }

  StiggCalls header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new StiggCalls(emulator, more, judged);
  }

  /** For what the schema doesn't know. */
  StiggCalls unjudged() {
    return new StiggCalls(emulator, headers, false);
  }

  EmulatorResponse call(String method, String path, String body) {
    String json = body.replace('\'', '"');
    EmulatorRequest request = EmulatorRequest.of(method, "/api/v1" + path, headers, json);
    EmulatorResponse answer = emulator.handle(request);
    if (judged) {
      judge(request, answer);
    }
    return answer;
  }

  private static void judge(EmulatorRequest request, EmulatorResponse answer) {
    JsonNode shown = json(answer);
    RESPONSES.ifPresent(
        judge ->
            assertThat(judge.faults(request.method(), request.rawPath(), answer.status(), shown))
                .as(answer.status() + " " + shown)
                .isEmpty());
    if (answer.status() < 300 && !request.method().equals("GET")) {
      REQUESTS.ifPresent(
          judge ->
              assertThat(judge.faults(request.method(), request.target(), request.json()))
                  .isEmpty());
    }
  }

  /** A call that must succeed; gives {@code data}. */
  JsonNode done(String method, String path, String body) {
    EmulatorResponse answer = call(method, path, body);
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    return json(answer).path("data");
  }

  JsonNode get(String path) {
    return done("GET", path, "");
  }

  JsonNode post(String path, String body) {
    return done("POST", path, body);
  }

  JsonNode patch(String path, String body) {
    return done("PATCH", path, body);
  }

  /** Status and code of an answer, such as {@code 409 DuplicatedEntityNotAllowed}. */
  String outcome(String method, String path, String body) {
    EmulatorResponse answer = call(method, path, body);
    return answer.status() + " " + json(answer).path("code").asText();
  }

  /** A plan in draft under the default product. */
  void create(String id) {
    post("/plans", "{'id':'%s','displayName':'%s','productId':'product-acme'}".formatted(id, id));
  }

  /** A plan whose first version is published, with these pricing models. */
  void published(String id, String... models) {
    create(id);
    charges(id, models);
    publish(id);
  }

  void charges(String id, String... models) {
    patch("/plans/" + id, paid(models));
  }

  static String paid(String... models) {
    return "{'charges':{'pricingType':'PAID','pricingModels':[%s]}}"
        .formatted(String.join(",", models));
  }

  /** Publishes for new customers and sees it done. */
  void publish(String id) {
    post("/plans/" + id + "/publish", "{'migrationType':'NEW_CUSTOMERS'}");
    emulator.controls().completePublishes();
  }

  /** A recurring flat fee of one monthly period. */
  static String flat(String amount) {
    return "{'billingModel':'FLAT_FEE','billingCadence':'RECURRING','pricePeriods':[%s]}"
        .formatted(price("MONTHLY", amount));
  }

  static String price(String period, String amount) {
    return "{'billingPeriod':'%s','price':{'amount':%s,'currency':'usd'}}"
        .formatted(period, amount);
  }

  /** Every id of a list, page after page. */
  List<String> ids(String path) {
    List<String> ids = new ArrayList<>();
    String query = path.contains("?") ? "&" : "?";
    String next = "";
    for (int page = 0; page < 50; page++) {
      JsonNode body = json(call("GET", path + (next.isEmpty() ? "" : query + "after=" + next), ""));
      body.path("data").forEach(row -> ids.add(row.path("id").asText()));
      if (!body.path("pagination").hasNonNull("next")) {
        return ids;
      }
      next = body.path("pagination").path("next").textValue();
    }
    throw new AssertionError("the pages of " + path + " have no end");
  }

  static JsonNode json(EmulatorResponse answer) {
    EmulatorRequest again = EmulatorRequest.of("", "/", Map.of(), answer.text());
    return again.json().orElseThrow(() -> new AssertionError("not JSON: " + answer.text()));
  }
}
