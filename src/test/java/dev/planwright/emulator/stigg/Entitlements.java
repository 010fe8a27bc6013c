package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.PLANS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a version grants: limits and switches of features, and amounts of credits. */
final class Entitlements {
  private final StiggState state;
  private final Features features;
  private final Currencies currencies;

  Entitlements(StiggState state, Features features, Currencies currencies) {
    this.state = state;
    this.features = features;
    this.currencies = currencies;
  }

  void addTo(Router router, Packs packs) {
    String path = (packs.kind() == PLANS ? "plans" : "addons") + "/{pack}/entitlements";
    router.add("GET", path, call -> list(packs.need(call.path("pack"))));
    router.add("POST", path, call -> create(call, packs));
    router.add("PATCH", path + "/{id}", call -> change(call, packs));
    router.add("DELETE", path + "/{id}", call -> remove(call, packs));
  }

  private EmulatorResponse list(Pack pack) {
    ObjectNode version = pack.shown(state.is(StiggSwitch.ENTITLEMENTS_READ_SHOWS_DRAFT));
    Map<String, ObjectNode> shown = new LinkedHashMap<>();
    if (state.is(StiggSwitch.ENTITLEMENTS_SHOW_INHERITED)) {
      shown.putAll(new Grants(state).inherited(version));
    }
    version
        .path("entitlements")
        .properties()
        .forEach(it -> shown.put(it.getKey(), (ObjectNode) it.getValue()));
    return Pages.whole(List.copyOf(shown.values()));
  }

  private EmulatorResponse create(Call call, Packs packs) {
    Pack pack = packs.need(call.path("pack"));
    ObjectNode draft = packs.editable(pack, "CannotEditPackageInNonDraftMode");
    Input body = call.body();
    ArrayNode made = StiggState.array();
    List<String> here = new ArrayList<>();
    for (Input one : body.objects("entitlements", 0, Integer.MAX_VALUE)) {
      String id = one.text("id", Input.TEXT);
      boolean exists = granted(draft).has(id);
      boolean conflict = exists && !state.is(StiggSwitch.ENTITLEMENT_POST_UPSERTS);
      if (here.contains(id) || conflict) {
        throw Refusal.of(409, "DuplicatedEntityNotAllowed", "entitlement " + id + " exists");
      }
      here.add(id);
      boolean credit = one.word("type", Set.of("FEATURE", "CREDIT")).equals("CREDIT");
      ObjectNode row = credit ? newCredit(one, id) : newFeature(one, id);
      granted(draft).set(id, row);
      made.add(row.deepCopy());
    }
    body.finish();
    draft.put("updatedAt", state.now());
    return Pages.one(201, made);
  }

  private ObjectNode newFeature(Input one, String id) {
    features.refer(id);
    ObjectNode row = blank(id, "FEATURE").putNull("enumValues").putNull("hasUnlimitedUsage");
    row.putNull("resetPeriod").putNull("resetPeriodConfiguration").putNull("usageLimit");
    copyFeature(one, row);
    one.finish();
    return row;
  }

  private ObjectNode newCredit(Input one, String id) {
    currencies.refer(id);
    if (!one.has("amount") || !one.has("cadence")) {
      throw one.wrong(one.has("amount") ? "cadence" : "amount", "is needed for credits");
    }
    ObjectNode row = blank(id, "CREDIT").putNull("dependencyFeatureId");
    copyCredit(one, row, true);
    one.finish();
    return row;
  }

  private ObjectNode blank(String id, String type) {
    boolean increment = state.is(StiggSwitch.ENTITLEMENT_INCREMENTS_BY_DEFAULT);
    ObjectNode row = StiggState.object().put("id", id).put("type", type);
    row.put("behavior", increment ? "Increment" : "Override");
    row.put("createdAt", state.now()).put("updatedAt", state.now());
    row.putNull("description").putNull("displayNameOverride").putNull("hasSoftLimit");
    row.putArray("hiddenFromWidgets");
    return row.put("isCustom", false).put("isGranted", true).putNull("order");
  }

  private EmulatorResponse change(Call call, Packs packs) {
    Pack pack = packs.need(call.path("pack"));
    ObjectNode draft = packs.editable(pack, "CannotEditPackageInNonDraftMode");
    ObjectNode row = need(draft, call.path("id"));
    Input body = call.body();
    String type = row.path("type").textValue();
    body.word("type", Set.of(type));
    if (type.equals("CREDIT")) {
      copyCredit(body, row, false);
    } else {
      copyFeature(body, row);
    }
    body.finish();
    row.put("updatedAt", state.now());
    return Pages.one(200, row.deepCopy());
  }

  private EmulatorResponse remove(Call call, Packs packs) {
    Pack pack = packs.need(call.path("pack"));
    ObjectNode draft = packs.editable(pack, "CannotEditPackageInNonDraftMode");
    ObjectNode row = need(draft, call.path("id"));
    granted(draft).remove(call.path("id"));
    return Pages.one(200, row);
  }

  private static ObjectNode need(ObjectNode version, String id) {
    if (granted(version).path(id) instanceof ObjectNode row) {
      return row;
    }
    throw Refusal.uncoded(404, "entitlement " + id + " not found");
  }

  private static ObjectNode granted(ObjectNode version) {
    return (ObjectNode) version.path("entitlements");
  }

  /** The limit under an overage price. */
  void writeLimit(ObjectNode draft, Input limit) {
    String id = limit.text("featureId", Input.TEXT);
    features.refer(id);
    ObjectNode row =
        granted(draft).path(id) instanceof ObjectNode old ? old : newFeature(limit, id);
    granted(draft).set(id, row);
    copyLimit(limit, row);
    limit.finish();
  }

  private void copyFeature(Input from, ObjectNode row) {
    copyShared(from, row);
    copyLimit(from, row);
    from.copyTexts(row, "enumValues", false);
    JsonNode known = features.refer(row.path("id").textValue()).path("enumConfiguration");
    for (JsonNode value : row.path("enumValues")) {
      if (!known.findValuesAsText("value").contains(value.textValue())) {
        throw from.wrong("enumValues", "has the unknown value " + value.textValue());
      }
    }
  }

  private static void copyLimit(Input from, ObjectNode row) {
    from.copyNumber(row, "usageLimit", true).copyFlag(row, "hasUnlimitedUsage", false);
    from.copyFlag(row, "hasSoftLimit", false);
    from.copyWord(row, "resetPeriod", false, Words.RESET_PERIOD);
    String period = row.path("resetPeriod").asText();
    for (String name : List.of("monthly", "weekly", "yearly")) {
      String field = name + "ResetPeriodConfiguration";
      if (from.holds(field) && name.startsWith(period.toLowerCase(Locale.ROOT))) {
        ObjectNode to = row.putObject("resetPeriodConfiguration");
        to.put("accordingTo", from.object(field).text("accordingTo", Input.TEXT));
      }
    }
  }

  private void copyCredit(Input from, ObjectNode row, boolean amountMayBeNull) {
    copyShared(from, row);
    from.copyFlag(row, "hasSoftLimit", false);
    from.copyNumber(row, "amount", amountMayBeNull);
    from.copyWord(row, "cadence", false, Words.CREDIT_CADENCE);
    from.copyText(row, "dependencyFeatureId", true);
    if (row.hasNonNull("dependencyFeatureId")) {
      features.refer(row.path("dependencyFeatureId").textValue());
    }
  }

  private static void copyShared(Input from, ObjectNode row) {
    from.copyWord(row, "behavior", false, Words.BEHAVIOR).copyText(row, "description", false);
    from.copyText(row, "displayNameOverride", false).copyFlag(row, "isCustom", false);
    from.copyFlag(row, "isGranted", false).copyNumber(row, "order", false);
    from.copyTexts(row, "hiddenFromWidgets", false);
    for (JsonNode widget : row.path("hiddenFromWidgets")) {
      if (!Words.WIDGETS.contains(widget.textValue())) {
        throw from.wrong("hiddenFromWidgets", "must be of " + Words.WIDGETS);
      }
    }
  }
}
