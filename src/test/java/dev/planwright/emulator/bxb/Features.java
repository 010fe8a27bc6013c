package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.bxb.BxbState.Kind.FEATURES;
import static dev.planwright.emulator.bxb.BxbState.Kind.PLANS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.bxb.Fields.Need;
import java.util.List;

/** Features by code, and entitlements: the only two here that honour an idempotency key. */
final class Features {
  private static final String MISSING = "Feature not found";
  private static final String NO_ENTITLEMENT = "Entitlement not found";

  private final BxbState state;

  Features(BxbState state) {
    this.state = state;
  }

  void addTo(Router router) {
    router.add("POST", "/v1/features/", this::create);
    router.add("GET", "/v1/features/", this::list);
    router.add("GET", "/v1/features/{code}", call -> EmulatorResponse.json(200, find(call).body()));
    router.add("PATCH", "/v1/features/{code}", this::update);
    router.add("DELETE", "/v1/features/{code}", this::delete);
    router.add("POST", "/v1/entitlements/", this::entitle);
    router.add("GET", "/v1/entitlements/", this::entitlements);
    router.add("POST", "/v1/entitlements/copy", this::copy);
    router.add("PATCH", "/v1/entitlements/{entitlement_id}", this::updateEntitlement);
    router.add("DELETE", "/v1/entitlements/{entitlement_id}", this::deleteEntitlement);
  }

  private Row find(Call call) {
    return state.byCode(FEATURES, call.path("code"), call.organization(), MISSING);
  }

  private EmulatorResponse create(Call call) {
    Fields body = call.body();
    ObjectNode columns = BxbState.object();
    columns.put("code", body.text("code", Need.REQUIRED, 1, 100));
    columns.put("name", body.text("name", Need.REQUIRED, 1, 255));
    columns.put("description", body.text("description", Need.NULLABLE, 0, Integer.MAX_VALUE));
    columns.put(
        "feature_type",
        body.choice("feature_type", Need.REQUIRED, List.of("boolean", "quantity", "custom")));
    body.check();
    return Routes.once(
        call,
        state,
        () -> {
          String code = columns.path("code").asText();
          boolean taken =
              state.owned(FEATURES, call.organization()).stream().anyMatch(f -> f.is("code", code));
          if (taken) {
            throw Refusal.of(409, "Feature with this code already exists");
          }
          Row feature = state.insert(FEATURES, call.organization(), columns);
          return EmulatorResponse.json(201, feature.body());
        });
  }

  private EmulatorResponse list(Call call) {
    return Lists.page(call, state, state.owned(FEATURES, call.organization()), Row::body);
  }

  private EmulatorResponse update(Call call) {
    Fields body = call.body();
    String name = body.text("name", Need.NULLABLE, 1, 255);
    String description = body.text("description", Need.NULLABLE, 0, Integer.MAX_VALUE);
    body.check();
    Row feature = find(call);
    if (body.isNull("name")) {
      throw Refusal.crash();
    }
    ObjectNode changes = BxbState.object();
    if (name != null) {
      changes.put("name", name);
    }
    if (body.has("description")) {
      changes.put("description", description);
    }
    return EmulatorResponse.json(200, state.update(FEATURES, feature, changes).body());
  }

  private EmulatorResponse delete(Call call) {
    Row feature = find(call);
    if (state.of(ENTITLEMENTS).any(e -> e.is("feature_id", feature.id()))) {
      throw Refusal.of(400, "Cannot delete feature with existing entitlements");
    }
    state.of(FEATURES).remove(feature.id());
    return Routes.noContent();
  }

  private EmulatorResponse entitle(Call call) {
    Fields body = call.body();
    String plan = String.valueOf(body.uuid("plan_id", Need.REQUIRED));
    String feature = String.valueOf(body.uuid("feature_id", Need.REQUIRED));
    String value = body.text("value", Need.REQUIRED, 1, Integer.MAX_VALUE);
    body.check();
    return Routes.once(
        call,
        state,
        () -> {
          requireOwn(BxbState.Kind.PLANS, plan, call, "Plan not found");
          requireOwn(FEATURES, feature, call, MISSING);
          if (entitled(plan, feature)) {
            throw Refusal.of(409, "Entitlement for this plan and feature already exists");
          }
          return EmulatorResponse.json(
              201, insert(call.organization(), plan, feature, String.valueOf(value)).body());
        });
  }

  private boolean entitled(String plan, String feature) {
    return state.of(ENTITLEMENTS).any(e -> e.is("plan_id", plan) && e.is("feature_id", feature));
  }

  private Row insert(String organization, String plan, String feature, String value) {
    ObjectNode columns =
        BxbState.object().put("plan_id", plan).put("feature_id", feature).put("value", value);
    return state.insert(ENTITLEMENTS, organization, columns);
  }

  private void requireOwn(BxbState.Kind kind, String id, Call call, String missing) {
    boolean own =
        state
            .of(kind)
            .find(id)
            .filter(r -> r.organization().equals(call.organization()))
            .isPresent();
    if (!own) {
      throw Refusal.of(400, missing);
    }
  }

  private EmulatorResponse entitlements(Call call) {
    List<Row> own = state.owned(ENTITLEMENTS, call.organization());
    if (call.request().query("plan_id").isEmpty()) {
      return Lists.page(call, state, own, Row::body);
    }
    Fields query = call.query();
    String plan = query.uuid("plan_id", Need.OPTIONAL);
    query.check();
    List<Row> ofPlan = own.stream().filter(e -> e.is("plan_id", String.valueOf(plan))).toList();
    return Lists.all(ofPlan, Row::body).withHeader("X-Total-Count", String.valueOf(ofPlan.size()));
  }

  private EmulatorResponse copy(Call call) {
    Fields body = call.body();
    String source = String.valueOf(body.uuid("source_plan_id", Need.REQUIRED));
    String target = String.valueOf(body.uuid("target_plan_id", Need.REQUIRED));
    body.check();
    requireOwn(PLANS, source, call, "Source plan not found");
    requireOwn(PLANS, target, call, "Target plan not found");
    ArrayNode made = JsonNodeFactory.instance.arrayNode();
    for (Row entitlement : state.of(ENTITLEMENTS).where(e -> e.is("plan_id", source))) {
      String feature = entitlement.text("feature_id");
      if (!entitled(target, feature)) {
        made.add(insert(call.organization(), target, feature, entitlement.text("value")).body());
      }
    }
    return EmulatorResponse.json(201, made);
  }

  private EmulatorResponse updateEntitlement(Call call) {
    String id = call.uuid("entitlement_id");
    Fields body = call.body();
    String value = body.text("value", Need.NULLABLE, 1, Integer.MAX_VALUE);
    body.check();
    Row entitlement = state.mine(ENTITLEMENTS, id, call.organization(), NO_ENTITLEMENT);
    if (body.isNull("value")) {
      throw Refusal.crash();
    }
    ObjectNode changes = BxbState.object();
    if (value != null) {
      changes.put("value", value);
    }
    return EmulatorResponse.json(200, state.update(ENTITLEMENTS, entitlement, changes).body());
  }

  private EmulatorResponse deleteEntitlement(Call call) {
    String id = call.uuid("entitlement_id");
    state.mine(ENTITLEMENTS, id, call.organization(), NO_ENTITLEMENT);
    state.of(ENTITLEMENTS).remove(id);
    return Routes.noContent();
  }
}
