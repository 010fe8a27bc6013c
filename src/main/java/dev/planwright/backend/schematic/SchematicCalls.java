package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;

/** The calls, with their paths and queries. */
final class SchematicCalls {
  /** The largest page that Schematic serves. */
  static final int PAGE = 250;

  /** So many ids a list may be asked for. */
  static final int IDS = 100;

  private SchematicCalls() {}

  static ApiRequest whoAmI() {
    return ApiRequest.get("whoami", "/whoami");
  }

  static ApiRequest plan(String id) {
    return ApiRequest.get("plans.get", "/plans/" + segment(id));
  }

  static ApiRequest plan(String id, String version) {
    return ApiRequest.get(
        "plans.get", "/plans/" + segment(id) + "?plan_version_id=" + segment(version));
  }

  static ApiRequest createPlan(ObjectNode body) {
    return ApiRequest.of("plans.create", "POST", "/plans", body);
  }

  static ApiRequest changePlan(String id, ObjectNode body) {
    return ApiRequest.of("planBundles.update", "PUT", "/plan-bundles/" + segment(id), body);
  }

  static ApiRequest publish(String version, ObjectNode body) {
    return ApiRequest.of(
        "planVersions.publish", "PUT", "/plans/version/" + segment(version) + "/publish", body);
  }

  static ApiRequest deletePlan(String id) {
    return ApiRequest.of("plans.delete", "DELETE", "/plans/" + segment(id));
  }

  static ApiRequest entitlement(String id) {
    return ApiRequest.get("planEntitlements.get", "/plan-entitlements/" + segment(id));
  }

  static ApiRequest companies(String planId) {
    return ApiRequest.get("companies.count", "/companies/count?plan_id=" + segment(planId));
  }

  static ApiRequest auditEntry(String id) {
    return ApiRequest.get("auditLog.get", "/audit-log/" + segment(id));
  }

  /** The query of the audit log: what API keys of an environment did between these. */
  static String auditQuery(String environment, Instant since, Instant until) {
    return "actor_type=api_key&environment_id="
        + segment(environment)
        + "&start_time="
        + segment(since.truncatedTo(ChronoUnit.SECONDS).toString())
        + "&end_time="
        + segment(until.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).toString());
  }

  /** Plans whose name matches; drafts too, plans that are made for one company not. */
  static String planQuery(String name) {
    return "q=" + segment(name) + "&include_draft_versions=true&exclude_company_scoped=true";
  }

  /** Array values are repeated keys. */
  static String repeated(Collection<String> ids) {
    return ids.stream().map(it -> "ids=" + segment(it)).collect(Collectors.joining("&"));
  }

  static String joined(Collection<String> ids) {
    return "ids=" + segment(String.join(",", ids));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** One part of a path or query, percent-encoded. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
