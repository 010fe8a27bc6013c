package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.FEATURES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.Set;

/** Features, which must exist before a charge or an entitlement names them. */
final class Features {
  private final StiggState state;

  Features(StiggState state) {
    this.state = state;
  }

  void addTo(Router router) {
    router.add("GET", "features", this::list);
    router.add("POST", "features", this::create);
    router.add("GET", "features/{id}", call -> Pages.one(200, view(need(call.path("id")))));
    router.add("PATCH", "features/{id}", this::change);
    router.add("POST", "features/{id}/archive", call -> status(call, "SUSPENDED"));
    router.add("POST", "features/{id}/unarchive", call -> status(call, "ACTIVE"));
  }

  ObjectNode add(String id, String displayName, String type, String meter) {
    if (state.find(FEATURES, id).isPresent()) {
      throw Refusal.of(409, "DuplicatedEntityNotAllowed", "feature " + id + " exists");
    }
    ObjectNode row = state.fresh(id).put("displayName", displayName).put("featureType", type);
    row.put("meterType", meter).put("featureStatus", "ACTIVE").putNull("description");
    row.putNull("enumConfiguration").putNull("featureUnits").putNull("featureUnitsPlural");
    row.putNull("unitTransformation").putObject("metadata");
    return state.put(FEATURES, id, row);
  }

  ObjectNode need(String id) {
    return state
        .find(FEATURES, id)
        .orElseThrow(() -> Refusal.of(404, "FeatureNotFound", "feature " + id + " not found"));
  }

  /** What a body refers to, which may be refused in another way than what a path names. */
  ObjectNode refer(String id) {
    return Refusal.reference(state, () -> need(id));
  }

  private EmulatorResponse list(Call call) {
    return Pages.page(
        call,
        state.rows(FEATURES).stream()
            .filter(row -> Filters.accept(call, row, "id", "id"))
            .filter(row -> Filters.accept(call, row, "featureType", "featureType"))
            .filter(row -> Filters.accept(call, row, "meterType", "meterType"))
            .filter(row -> Filters.accept(call, row, "status", "featureStatus"))
            .map(row -> new Pages.Line(row.path("seq").longValue(), view(row)))
            .toList());
  }

  private EmulatorResponse create(Call call) {
    Input body = call.body();
    ObjectNode row =
        add(
            body.text("id", Input.TEXT),
            body.text("displayName", Input.TEXT),
            body.word("featureType", Words.FEATURE_TYPE),
            body.holds("meterType") ? body.word("meterType", Words.METER_TYPE) : "None");
    body.copyWord(row, "featureStatus", false, Words.FEATURE_STATUS);
    copyWords(body, row);
    body.finish();
    return Pages.one(201, view(row));
  }

  private EmulatorResponse change(Call call) {
    ObjectNode row = need(call.path("id"));
    Input body = call.body();
    body.copyText(row, "displayName", false);
    copyWords(body, row);
    body.has("meter"); // write only
    body.finish();
    row.put("updatedAt", state.now());
    return Pages.one(200, view(row));
  }

  private static void copyWords(Input body, ObjectNode row) {
    body.copyText(row, "description", false).copyText(row, "featureUnits", false);
    body.copyText(row, "featureUnitsPlural", false).copyMetadata(row, false);
    if (body.has("enumConfiguration")) {
      row.set("enumConfiguration", body.raw("enumConfiguration"));
    }
    if (body.holds("unitTransformation")) {
      Input from = body.object("unitTransformation");
      ObjectNode to = row.putObject("unitTransformation").put("round", "UP");
      to.putNull("featureUnits").putNull("featureUnitsPlural");
      from.copyNumber(to, "divide", false).copyText(to, "featureUnits", false);
      from.copyText(to, "featureUnitsPlural", false)
          .copyWord(to, "round", false, Set.of("UP", "DOWN"));
    } else if (body.has("unitTransformation")) {
      row.putNull("unitTransformation");
    }
  }

  private EmulatorResponse status(Call call, String status) {
    ObjectNode row = need(call.path("id"));
    row.put("featureStatus", status).put("updatedAt", state.now());
    return Pages.acted(state, view(row));
  }

  private static ObjectNode view(ObjectNode row) {
    return row.deepCopy().without(Set.of("seq"));
  }
}
