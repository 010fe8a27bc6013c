package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.CREDITS;
import static dev.planwright.emulator.schematic.Store.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Optional;

/** What a version grants of each feature, and what its use costs. */
final class Entitlements {
  private static final List<String> KEPT =
      List.of(
          "id",
          "plan_id",
          "feature_id",
          "environment_id",
          "rule_id",
          "_version",
          "_origin",
          "_age",
          "created_at",
          "updated_at");

  private final Store store;
  private final Versions versions;
  private final Features features;
  private final Credits credits;
  private final Paging paging;
  private final Troubles troubles;
  private final EntitlementInput input;

  Entitlements(
      Store store,
      Versions versions,
      Features features,
      Credits credits,
      Paging paging,
      Troubles troubles) {
    this.store = store;
    this.versions = versions;
    this.features = features;
    this.credits = credits;
    this.paging = paging;
    this.troubles = troubles;
    this.input = new EntitlementInput(store, new UsagePrices(store));
  }

  Features features() {
    return features;
  }

  void addTo(Router router, Plans plans) {
    router.add("GET", "/plan-entitlements", call -> paging.page(call, matching(call), this::view));
    router.add("GET", "/plan-entitlements/count", it -> paging.count(it, matching(it).size()));
    router.add("POST", "/plan-entitlements", call -> create(call, plans));
    String one = "/plan-entitlements/{plan_entitlement_id}";
    router.add("GET", one, call -> call.ok(view(find(call))));
    router.add(
        "PUT",
        one,
        call -> call.ok(view(update(editable(call, plans), call.environment(), call.body()))));
    router.add(
        "DELETE",
        one,
        call -> {
          remove(editable(call, plans), call.environment());
          return call.deleted();
        });
  }

  List<ObjectNode> on(ObjectNode version) {
    return versions.children(ENTITLEMENTS, version);
  }

  ObjectNode find(String id, String environment) {
    return store
        .find(ENTITLEMENTS, id)
        .filter(Store.in(environment))
        .orElseThrow(() -> Refusal.missing("plan entitlement"));
  }

  private ObjectNode find(Call call) {
    return find(call.path("plan_entitlement_id"), call.environment());
  }

  private ObjectNode editable(Call call, Plans plans) {
    ObjectNode row = find(call);
    plans.editable(Store.text(row, "plan_id"));
    return row;
  }

  private List<ObjectNode> matching(Call call) {
    List<String> ids = call.several("ids");
    List<String> plans = call.several("plan_ids");
    List<String> versionIds = call.several("plan_version_ids");
    List<String> featureIds = call.several("feature_ids");
    boolean named = call.query("plan_version_id").isPresent() || !versionIds.isEmpty();
    return store.where(
        ENTITLEMENTS,
        it ->
            Store.is(it, "environment_id", call.environment())
                && (ids.isEmpty() || ids.contains(Store.text(it, "id")))
                && (plans.isEmpty() || plans.contains(Store.text(it, "plan_id")))
                && (versionIds.isEmpty() || versionIds.contains(Store.text(it, "_version")))
                && (featureIds.isEmpty() || featureIds.contains(Store.text(it, "feature_id")))
                && call.query("plan_id").filter(p -> !Store.is(it, "plan_id", p)).isEmpty()
                && call.query("plan_version_id").filter(v -> !Store.is(it, "_version", v)).isEmpty()
                && call.query("feature_id").filter(f -> !Store.is(it, "feature_id", f)).isEmpty()
                && (named || !ids.isEmpty() || isOnShownVersion(it)));
  }

  private boolean isOnShownVersion(ObjectNode row) {
    return store.holds(Question.EntitlementList.EVERY_VERSION)
        || versions
            .shown(Store.text(row, "plan_id"), Store.text(row, "environment_id"))
            .filter(it -> Store.is(it, "id", Store.text(row, "_version")))
            .isPresent();
  }

  private EmulatorResponse create(Call call, Plans plans) {
    Fields body = call.body();
    ObjectNode plan = plans.editable(body.need("plan_id", 255));
    return call.created(view(add(plan, call.environment(), body, Optional.empty())));
  }

  /** The plan is named by the caller, whatever the body says. */
  ObjectNode add(ObjectNode plan, String environment, Fields body, Optional<String> version) {
    String planId = Store.text(plan, "id");
    ObjectNode feature = features.find(body.need("feature_id", 255));
    Optional<String> named = version.or(() -> body.text("plan_version_id", 255));
    String currency = currency(versions.edited(planId, environment, named));
    ObjectNode columns = input.columns(body, feature, Optional.empty(), currency);
    callStripe(columns, environment);
    ObjectNode target =
        versions.writable(planId, environment, named, Question.EntitlementEditOfPublished.IN_PLACE);
    String featureId = Store.text(feature, "id");
    boolean second = on(target).stream().anyMatch(it -> Store.is(it, "feature_id", featureId));
    if (second && store.holds(Question.SecondEntitlement.REFUSED)) {
      throw Refusal.invalid("the plan has an entitlement for this feature");
    }
    columns
        .put("plan_id", planId)
        .put("feature_id", featureId)
        .put("environment_id", environment)
        .put("rule_id", store.newId("rule"))
        .put("_version", Store.text(target, "id"))
        .put("_origin", store.newId("origin"));
    return store.insert(ENTITLEMENTS, columns);
  }

  private static String currency(Optional<ObjectNode> version) {
    return version
        .map(it -> BillingProducts.settings(it).path("currency").asText("usd"))
        .orElse("usd");
  }

  /** The changed row: one with another id, when a draft has been opened for it. */
  ObjectNode update(ObjectNode row, String environment, Fields body) {
    ObjectNode feature = features.find(Store.text(row, "feature_id"));
    ObjectNode version = versionOf(row);
    ObjectNode columns =
        input.columns(body, feature, Optional.of(row), currency(Optional.of(version)));
    if (store.holds(Question.EqualWrite.DOES_NOTHING) && replaced(row, columns).equals(row)) {
      return row;
    }
    callStripe(columns, environment);
    ObjectNode target = onWritable(row, version, environment);
    return store.update(ENTITLEMENTS, replaced(target, columns), Store.object());
  }

  /** A row with other columns: what a body does not decide stays. */
  private static ObjectNode replaced(ObjectNode row, ObjectNode columns) {
    ObjectNode changed = row.deepCopy();
    changed.retain(KEPT);
    changed.setAll(columns);
    return changed;
  }

  void remove(ObjectNode row, String environment) {
    store.remove(ENTITLEMENTS, Store.text(onWritable(row, versionOf(row), environment), "id"));
  }

  private ObjectNode versionOf(ObjectNode row) {
    return store
        .find(VERSIONS, Store.text(row, "_version"))
        .orElseThrow(() -> new IllegalStateException("an entitlement of no version: " + row));
  }

  private ObjectNode onWritable(ObjectNode row, ObjectNode version, String environment) {
    ObjectNode writable =
        versions.writable(
            Store.text(row, "plan_id"),
            environment,
            Optional.of(Store.text(version, "id")),
            Question.EntitlementEditOfPublished.IN_PLACE);
    return versions
        .counterpart(ENTITLEMENTS, row, writable)
        .orElseThrow(() -> Refusal.missing("plan entitlement"));
  }

  private void callStripe(ObjectNode columns, String environment) {
    if (!columns.path("_prices").isEmpty()) {
      troubles.callStripe(store, environment);
    }
  }

  ObjectNode view(ObjectNode row) {
    ObjectNode view = Store.shown(row);
    view.set("feature", features.brief(Store.text(row, "feature_id")));
    store
        .find(PLANS, Store.text(row, "plan_id"))
        .ifPresent(plan -> view.set("plan", PlanView.brief(plan)));
    String credit = Store.text(row, "_credit");
    if (store.find(CREDITS, credit).isPresent()) {
      view.set("value_credit", credits.view(credit));
    }
    String currency = Store.text(row, "_currency");
    ArrayNode all = view.putArray("currency_prices");
    row.path("_prices")
        .properties()
        .forEach(
            prices -> {
              boolean isDefault = prices.getKey().equals(currency);
              if (isDefault) {
                addPrices(view, "metered_", prices.getValue());
              }
              if (!isDefault || store.holds(Question.DefaultCurrencyRead.REPEATED)) {
                addPrices(all.addObject().put("currency", prices.getKey()), "", prices.getValue());
              }
            });
    return view;
  }

  private static void addPrices(ObjectNode view, String prefix, JsonNode prices) {
    for (Cadence cadence : Cadence.OF_USAGE) {
      if (prices.has(cadence.name())) {
        view.set(prefix + cadence.word() + "_price", prices.get(cadence.name()));
      }
    }
  }
}
