package dev.planwright.backend.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiRequest;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * The calls, with their exact paths: a missing or extra trailing slash is answered with a redirect
 * to another host, which is never followed (bxb: trailing slashes).
 */
final class BxbCalls {
  static final String PLANS = "/v1/plans/";
  static final String METRICS = "/v1/billable_metrics/";
  static final String FEATURES = "/v1/features/";

  private BxbCalls() {}

  static ApiRequest organization() {
    return ApiRequest.get("organizations.current", "/v1/organizations/current");
  }

  static ApiRequest plan(String id) {
    return ApiRequest.get("plans.get", PLANS + segment(id));
  }

  static ApiRequest createPlan(ObjectNode body) {
    return ApiRequest.of("plans.create", "POST", PLANS, body);
  }

  static ApiRequest updatePlan(String id, ObjectNode body) {
    return ApiRequest.of("plans.update", "PUT", PLANS + segment(id), body);
  }

  static ApiRequest deletePlan(String id) {
    return ApiRequest.of("plans.delete", "DELETE", PLANS + segment(id));
  }

  static ApiRequest subscriptionCounts() {
    return ApiRequest.get("plans.subscriptionCounts", "/v1/plans/subscription_counts");
  }

  static ApiRequest metricFilters(String metricCode) {
    return ApiRequest.get("metrics.filters", METRICS + segment(metricCode) + "/filters");
  }

  static ApiRequest commitments(String code) {
    return ApiRequest.get("commitments.list", PLANS + segment(code) + "/commitments");
  }

  static ApiRequest createCommitment(String code, BigDecimal cents) {
    return ApiRequest.of(
        "commitments.create",
        "POST",
        PLANS + segment(code) + "/commitments",
        object()
            .put("commitment_type", BxbPlan.MINIMUM)
            .put("amount_cents", Decimals.canonical(cents)));
  }

  static ApiRequest updateCommitment(String id, BigDecimal cents) {
    return ApiRequest.of(
        "commitments.update",
        "PUT",
        "/v1/commitments/" + segment(id),
        object().put("amount_cents", Decimals.canonical(cents)));
  }

  static ApiRequest deleteCommitment(String id) {
    return ApiRequest.of("commitments.delete", "DELETE", "/v1/commitments/" + segment(id));
  }

  static ApiRequest thresholds(String code) {
    return ApiRequest.get("thresholds.list", PLANS + segment(code) + "/usage_thresholds");
  }

  static ApiRequest createThreshold(String code, BxbPlan.Threshold threshold) {
    ObjectNode body =
        object()
            .put("amount_cents", Decimals.canonical(threshold.amountCents()))
            .put("currency", threshold.currency())
            .put("recurring", threshold.recurring());
    if (!threshold.displayName().isEmpty()) {
      body.put("threshold_display_name", threshold.displayName());
    }
    return ApiRequest.of(
        "thresholds.create", "POST", PLANS + segment(code) + "/usage_thresholds", body);
  }

  static ApiRequest deleteThreshold(String id) {
    return ApiRequest.of("thresholds.delete", "DELETE", "/v1/usage_thresholds/" + segment(id));
  }

  static ApiRequest entitlements(String planId) {
    return ApiRequest.get("entitlements.list", "/v1/entitlements/?plan_id=" + segment(planId));
  }

  static ApiRequest createEntitlement(String planId, String featureId, String value) {
    return ApiRequest.of(
        "entitlements.create",
        "POST",
        "/v1/entitlements/",
        object().put("plan_id", planId).put("feature_id", featureId).put("value", value));
  }

  static ApiRequest updateEntitlement(String id, String value) {
    return ApiRequest.of(
        "entitlements.update",
        "PATCH",
        "/v1/entitlements/" + segment(id),
        object().put("value", value));
  }

  static ApiRequest deleteEntitlement(String id) {
    return ApiRequest.of("entitlements.delete", "DELETE", "/v1/entitlements/" + segment(id));
  }

  static ApiRequest tax(String code) {
    return ApiRequest.get("taxes.get", "/v1/taxes/" + segment(code));
  }

  static ApiRequest appliedTaxes(String planId) {
    return ApiRequest.get(
        "taxes.applied", "/v1/taxes/applied?taxable_type=plan&taxable_id=" + segment(planId));
  }

  static ApiRequest applyTax(String planId, String code) {
    return ApiRequest.of(
        "taxes.apply",
        "POST",
        "/v1/taxes/apply",
        object().put("tax_code", code).put("taxable_type", "plan").put("taxable_id", planId));
  }

  static ApiRequest removeTax(String id) {
    return ApiRequest.of("taxes.remove", "DELETE", "/v1/taxes/applied/" + segment(id));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** One part of a path or query, percent-encoded. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The id that an answer brings, or nothing. */
  static <T> T withId(JsonNode body, Function<String, T> use, T otherwise) {
    JsonNode id = body.path("id");
    return id.isTextual() ? use.apply(id.textValue()) : otherwise;
  }
}
