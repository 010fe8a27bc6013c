package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.schematic.SchematicPlan.Version;
import java.util.List;
import java.util.Optional;

/** Reads one plan with all that it says in one environment. */
final class PlanReader {
  private final SchematicReader reader;

  PlanReader(SchematicReader reader) {
    this.reader = reader;
  }

  /** Nothing for an id that the account does not have. */
  Optional<SchematicPlan> plan(String id, String environment) {
    return reader.readIfAny(SchematicCalls.plan(id)).map(it -> complete(it, environment));
  }

  /**
   * The plan with its versions. Which version a read shows that names none is not documented where
   * a draft is open: then each is read by its id.
   */
  private SchematicPlan complete(JsonNode plan, String environment) {
    Optional<JsonNode> active = head(plan, "active_version", environment);
    Optional<JsonNode> draft = head(plan, "draft_version", environment);
    return PlanParser.plan(
        plan,
        active.map(it -> version(plan, it, draft.isEmpty())),
        draft.map(it -> version(plan, it, false)));
  }

  private Version version(JsonNode plan, JsonNode head, boolean isShown) {
    String planId = Json.need(plan, "id");
    String id = Json.need(head, "id");
    JsonNode billing = isShown ? plan : reader.read(SchematicCalls.plan(planId, id));
    return PlanParser.version(head, billing, rows(planId, id));
  }

  private List<JsonNode> rows(String plan, String version) {
    return reader.all(
        "planEntitlements.list",
        "/plan-entitlements",
        "plan_id="
            + SchematicCalls.segment(plan)
            + "&plan_version_id="
            + SchematicCalls.segment(version));
  }

  /** The version of this environment: other environments have versions of their own. */
  private static Optional<JsonNode> head(JsonNode plan, String field, String environment) {
    JsonNode head = plan.path(field);
    return head.isObject() && Json.text(head, "environment_id").equals(environment)
        ? Optional.of(head)
        : Optional.empty();
  }

  /**
   * A plan as a list shows it with its entitlements; empty where the list does not show enough: a
   * draft is open, or the entitlements are left out.
   */
  static Optional<SchematicPlan> listed(JsonNode plan, String environment) {
    Optional<JsonNode> active = head(plan, "active_version", environment);
    boolean complete =
        active.isPresent()
            && head(plan, "draft_version", environment).isEmpty()
            && plan.path("entitlements").isArray();
    return complete
        ? Optional.of(
            PlanParser.plan(
                plan,
                active.map(it -> PlanParser.version(it, plan, plan.path("entitlements"))),
                Optional.empty()))
        : Optional.empty();
  }
}
