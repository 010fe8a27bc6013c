package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The calls, with their paths and fields. */
final class PaygenticCalls {
  static final String PRICES = "/v0/prices";

  private static final String PLANS = "/v0/plans";
  private static final String FEES = "/v0/fees";

  private PaygenticCalls() {}

  static String plans(String merchant) {
    return PLANS + "?merchantId=" + segment(merchant);
  }

  static String products(String merchant) {
    return "/v0/products?merchantId=" + segment(merchant);
  }

  static String metrics(String merchant, String product) {
    return "/v0/billableMetrics?merchantId=" + segment(merchant) + "&productId=" + segment(product);
  }

  static String features(String product) {
    return "/v0/features?productId=" + segment(product);
  }

  static String fees(String merchant) {
    return FEES + "?merchantId=" + segment(merchant);
  }

  static String fees(String merchant, String product) {
    return fees(merchant) + "&productId=" + segment(product);
  }

  static String prices(String metric) {
    return PRICES + "?billableMetricId=" + segment(metric);
  }

  static String versions(String plan) {
    return PLANS + "/" + segment(plan) + "/versions";
  }

  static String pending(String merchant) {
    return "/v0/subscriptions?status=pending_payment&merchantId=" + segment(merchant);
  }

  static ApiRequest product(String id) {
    return ApiRequest.get("products.get", "/v0/products/" + segment(id));
  }

  static ApiRequest plan(String id) {
    return ApiRequest.get("plans.get", PLANS + "/" + segment(id));
  }

  static ApiRequest price(String id) {
    return ApiRequest.get("prices.get", PRICES + "/" + segment(id));
  }

  static ApiRequest fee(String id) {
    return ApiRequest.get("fees.get", FEES + "/" + segment(id));
  }

  static ApiRequest version(String plan, String number) {
    return ApiRequest.get("versions.get", versions(plan) + "/" + segment(number));
  }

  static ApiRequest createPlan(JsonNode body) {
    return ApiRequest.of("plans.create", "POST", PLANS, body);
  }

  static ApiRequest updatePlan(String id, JsonNode body) {
    return ApiRequest.of("plans.update", "PATCH", PLANS + "/" + segment(id), body);
  }

  static ApiRequest mint(String plan, JsonNode body) {
    return ApiRequest.of("versions.create", "POST", versions(plan), body);
  }

  static ApiRequest createPrice(JsonNode body) {
    return ApiRequest.of("prices.create", "POST", PRICES, body);
  }

  static ApiRequest updatePrice(String id, JsonNode body) {
    return ApiRequest.of("prices.update", "PATCH", PRICES + "/" + segment(id), body);
  }

  static ApiRequest deletePrice(String id) {
    return ApiRequest.of("prices.delete", "DELETE", PRICES + "/" + segment(id));
  }

  static ApiRequest createFee(JsonNode body) {
    return ApiRequest.of("fees.create", "POST", FEES, body);
  }

  static ApiRequest updateFee(String id, JsonNode body) {
    return ApiRequest.of("fees.update", "PATCH", FEES + "/" + segment(id), body);
  }

  static ApiRequest deleteFee(String id) {
    return ApiRequest.of("fees.delete", "DELETE", FEES + "/" + segment(id));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void put(ObjectNode body, String field, List<String> ids) {
    ids.forEach(body.putArray(field)::add);
  }

  /** One part of a path or query, percent-encoded. */
  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
