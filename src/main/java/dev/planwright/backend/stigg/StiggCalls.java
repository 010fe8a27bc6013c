package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The calls below {@code /api/v1}, for plans or for add-ons.
 *
 * @param addon whether add-ons are meant
 */
record StiggCalls(boolean addon) {
  static final String PRODUCTS = "/api/v1/products";
  static final String FEATURES = "/api/v1/features";
  static final String CURRENCIES = "/api/v1/credits/custom-currencies";

  String collection() {
    return "/api/v1/" + noun();
  }

  String noun() {
    return addon ? "addons" : "plans";
  }

  /** A plan or an add-on, for people. */
  String named(String id) {
    return (addon ? "add-on " : "plan ") + id;
  }

  private String path(String id) {
    return collection() + "/" + segment(id);
  }

  ApiRequest read(String id) {
    return ApiRequest.get(noun() + ".get", path(id));
  }

  String charges(String id) {
    return path(id) + "/charges";
  }

  String overages(String id) {
    return path(id) + "/overage-charges";
  }

  ApiRequest entitlements(String id) {
    return ApiRequest.get(noun() + ".entitlements", path(id) + "/entitlements");
  }

  ApiRequest create(ObjectNode body) {
    return ApiRequest.of(noun() + ".create", "POST", collection(), body);
  }

  ApiRequest change(String id, ObjectNode body) {
    return ApiRequest.of(noun() + ".update", "PATCH", path(id), body);
  }

  ApiRequest openDraft(String id, String idempotencyKey) {
    ApiRequest request = bodyless(noun() + ".draft", path(id) + "/draft");
    return idempotencyKey.isEmpty()
        ? request
        : request.withHeader("Idempotency-Key", idempotencyKey);
  }

  ApiRequest dropDraft(String id) {
    return ApiRequest.of(noun() + ".dropDraft", "DELETE", path(id) + "/draft");
  }

  ApiRequest publish(String id, boolean everybody) {
    ObjectNode body = object();
    body.put("migrationType", everybody ? "ALL_CUSTOMERS" : "NEW_CUSTOMERS");
    return ApiRequest.of(noun() + ".publish", "POST", path(id) + "/publish", body);
  }

  ApiRequest archive(String id) {
    return bodyless(noun() + ".archive", path(id) + "/archive");
  }

  ApiRequest grant(String id, ObjectNode body) {
    return ApiRequest.of(noun() + ".grant", "POST", path(id) + "/entitlements", body);
  }

  ApiRequest changeGrant(String id, String grant, ObjectNode body) {
    return ApiRequest.of(
        noun() + ".changeGrant", "PATCH", path(id) + "/entitlements/" + segment(grant), body);
  }

  ApiRequest revoke(String id, String grant) {
    return ApiRequest.of(
        noun() + ".revoke", "DELETE", path(id) + "/entitlements/" + segment(grant));
  }

  static ApiRequest feature(String id) {
    return ApiRequest.get("features.get", FEATURES + "/" + segment(id));
  }

  /** Stigg wants a content type even where there is no body. */
  private static ApiRequest bodyless(String operation, String target) {
    return ApiRequest.of(operation, "POST", target).withHeader("Content-Type", "application/json");
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
