package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.Map;

/**
 * Calls an emulator with one key; bodies may be written with single quotes. Every answer must be
 * valid by the vendor's document.
 */
record SchematicCalls(SchematicEmulator emulator, String key) {
  static final String RECURRING = "'charge_type':'recurring','is_trialable':false,";

  static SchematicCalls fresh() {
    return on(new SchematicEmulator());
  }

  static SchematicCalls on(SchematicEmulator emulator) {
    SchematicControls controls = emulator.controls();
    return new SchematicCalls(emulator, controls.addKey(controls.environment()));
  }

  SchematicControls controls() {
    return emulator.controls();
  }

  EmulatorResponse call(String method, String target, String body) {
    EmulatorRequest request =
        EmulatorRequest.of(
            method, target, Map.of("X-Schematic-Api-Key", key), body.replace('\'', '"'));
    EmulatorResponse response = emulator.handle(request);
    SchematicDocument.checkAnswer(request, response);
    return response;
  }

  /** A call with a request that is valid by the document and that must succeed; gives the data. */
  JsonNode good(String method, String target, String body) {
    SchematicDocument.checkRequest(
        EmulatorRequest.of(method, target, Map.of(), body.replace('\'', '"')));
    EmulatorResponse response = call(method, target, body);
    assertThat(response.status()).as(response.text()).isIn(200, 201);
    return json(response).path("data");
  }

  JsonNode read(String target) {
    return good("GET", target, "");
  }

  JsonNode delete(String target) {
    return good("DELETE", target, "");
  }

  int status(String method, String target, String body) {
    return call(method, target, body).status();
  }

  /** A new plan's id. */
  String plan(String name) {
    String body = "{'name':'%s','description':'','plan_type':'plan'}".formatted(name);
    return good("POST", "/plans", body).path("id").asText();
  }

  /** Sets prices; the text is the fields after charge type and trial. */
  JsonNode prices(String plan, String fields) {
    return good("PUT", "/plans/" + plan + "/billing_products", "{" + RECURRING + fields + "}");
  }

  /** Publishes the draft as the operator should: nobody moves. */
  void publish(String plan) {
    String draft = read("/plans/" + plan).path("draft_version").path("id").asText();
    good("PUT", "/plans/version/" + draft + "/publish", publishing("leave"));
  }

  static String publishing(String strategy) {
    return "{'migration_strategy':'%s','excluded_company_ids':[],'require_no_migration':%s}"
        .formatted(strategy, strategy.equals("leave"));
  }

  /** A plan of 4900 usd a month, published. */
  String sold(String name) {
    String plan = plan(name);
    prices(plan, "'monthly_price':4900");
    publish(plan);
    return plan;
  }

  /** A new entitlement; the text is the fields after plan and feature. */
  JsonNode entitle(String plan, String feature, String fields) {
    return good(
        "POST",
        "/plan-entitlements",
        "{'plan_id':'%s','feature_id':'%s',%s}".formatted(plan, feature, fields));
  }

  static JsonNode json(EmulatorResponse response) {
    return EmulatorRequest.of("GET", "/", Map.of(), response.text())
        .json()
        .orElseThrow(() -> new AssertionError("not JSON: " + response.text()));
  }
}
