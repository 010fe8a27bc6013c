package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The calls. The version and the key travel in headers that the factory adds to each. */
final class NodeRailsCalls {
  /** The largest page that NodeRails serves; one more is a 400 (NodeRails: endpoints). */
  static final int PAGE = 100;

  private static final String PLANS = "/product-plans";

  private NodeRailsCalls() {}

  static ApiRequest plans(String appId, int page) {
    return ApiRequest.get("plans.list", paged(PLANS, appId, page));
  }

  static ApiRequest subscriptions(String appId, int page) {
    return ApiRequest.get("subscriptions.list", paged("/subscriptions", appId, page));
  }

  static ApiRequest taxRates() {
    return ApiRequest.get("taxRates.list", "/tax-rates?includeInactive=true");
  }

  static ApiRequest plan(String id) {
    return ApiRequest.get("plans.get", PLANS + "/" + segment(id));
  }

  static ApiRequest createPlan(ObjectNode body, String idempotencyKey) {
    return keyed(ApiRequest.of("plans.create", "POST", PLANS, body), idempotencyKey);
  }

  static ApiRequest updatePlan(String id, ObjectNode body) {
    return ApiRequest.of("plans.update", "PUT", PLANS + "/" + segment(id), body);
  }

  static ApiRequest createPrice(String planId, ObjectNode body, String idempotencyKey) {
    return keyed(ApiRequest.of("prices.create", "POST", prices(planId), body), idempotencyKey);
  }

  static ApiRequest updatePrice(String planId, String priceId, ObjectNode body) {
    return ApiRequest.of("prices.update", "PUT", prices(planId) + "/" + segment(priceId), body);
  }

  /** Deletes nothing: the price becomes inactive (NodeRails: endpoints). */
  static ApiRequest deactivatePrice(String planId, String priceId) {
    return ApiRequest.of("prices.deactivate", "DELETE", prices(planId) + "/" + segment(priceId));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ApiRequest keyed(ApiRequest request, String idempotencyKey) {
    return idempotencyKey.isEmpty()
        ? request
        : request.withHeader("Idempotency-Key", idempotencyKey);
  }

  private static String prices(String planId) {
    return PLANS + "/" + segment(planId) + "/prices";
  }

  private static String paged(String path, String appId, int page) {
    return path + "?appId=" + segment(appId) + "&page=" + page + "&pageSize=" + PAGE;
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
