package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.CREDITS;
import static dev.planwright.emulator.schematic.Store.Kind.GRANTS;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Optional;

/** Credits of the account, and the grants of them that versions include. */
final class Credits {
  private static final List<String> CADENCES =
      List.of("daily", "every_6_months", "monthly", "quarterly", "weekly", "yearly");
  private static final List<String> STARTS = List.of("billing_period", "first_of_month");
  private static final long MOST = 9_999_999_999L;

  private final Store store;
  private final Versions versions;
  private final Paging paging;

  Credits(Store store, Versions versions, Paging paging) {
    this.store = store;
    this.versions = versions;
    this.paging = paging;
  }

  void addTo(Router router, Plans plans) {
    String grants = "/billing/credits/plan-grants";
    router.add("GET", grants, call -> paging.page(call, matching(call), this::grantView));
    router.add("GET", grants + "/count", call -> paging.count(call, matching(call).size()));
    router.add(
        "POST",
        grants,
        call -> {
          Fields body = call.body();
          ObjectNode plan = plans.editable(body.need("plan_id", 255));
          return call.created(grantView(add(plan, call.environment(), body, Optional.empty())));
        });
    String one = grants + "/{plan_grant_id}";
    router.add("GET", one, call -> call.ok(grantView(find(call))));
    router.add(
        "PUT",
        one,
        call -> call.ok(grantView(update(find(call), call.environment(), call.body()))));
    router.add(
        "DELETE",
        one,
        call -> {
          remove(find(call), call.environment());
          return call.deleted();
        });
    router.add("POST", "/billing/credits", this::createCredit);
    router.add("GET", "/billing/credits", this::listCredits);
    router.add(
        "GET", "/billing/credits/{credit_id}", call -> call.ok(view(call.path("credit_id"))));
  }

  ObjectNode view(String id) {
    return Store.shown(store.find(CREDITS, id).orElseThrow(() -> Refusal.missing("credit")));
  }

  private EmulatorResponse createCredit(Call call) {
    Fields body = call.body();
    body.need("currency", 3);
    String name = body.need("name", 255);
    String description =
        body.text("description", 1024)
            .orElseThrow(() -> Refusal.invalid("description is required"));
    return call.created(view(addCredit(name, description)));
  }

  String addCredit(String name, String description) {
    ObjectNode columns =
        Store.object()
            .put("name", name)
            .put("description", description)
            .put("burn_strategy", "first_in_first_out")
            .put("cost_editable", true)
            .put("default_expiry_unit", "billing_periods")
            .put("default_rollover_policy", "none");
    columns.putArray("currency_prices");
    return Store.text(store.insert(CREDITS, columns), "id");
  }

  private EmulatorResponse listCredits(Call call) {
    List<String> ids = call.several("ids");
    return paging.page(
        call,
        store.where(
            CREDITS,
            it ->
                (ids.isEmpty() || ids.contains(Store.text(it, "id")))
                    && call.query("name").filter(n -> !Store.is(it, "name", n)).isEmpty()),
        Store::shown);
  }

  // ---- grants -------------------------------------------------------------------------------

  ObjectNode find(String id, String environment) {
    return store
        .find(GRANTS, id)
        .filter(Store.in(environment))
        .orElseThrow(() -> Refusal.missing("plan grant"));
  }

  private ObjectNode find(Call call) {
    return find(call.path("plan_grant_id"), call.environment());
  }

  private List<ObjectNode> matching(Call call) {
    List<String> ids = call.several("ids");
    List<String> versionIds = call.several("plan_version_ids");
    boolean named = call.query("plan_version_id").isPresent() || !versionIds.isEmpty();
    return store.where(
        GRANTS,
        it ->
            Store.is(it, "environment_id", call.environment())
                && (ids.isEmpty() || ids.contains(Store.text(it, "id")))
                && (versionIds.isEmpty() || versionIds.contains(Store.text(it, "_version")))
                && call.query("plan_id").filter(p -> !Store.is(it, "plan_id", p)).isEmpty()
                && call.query("credit_id").filter(c -> !Store.is(it, "credit_id", c)).isEmpty()
                && call.query("plan_version_id").filter(v -> !Store.is(it, "_version", v)).isEmpty()
                && (named || isOnShownVersion(it)));
  }

  private boolean isOnShownVersion(ObjectNode row) {
    return store.holds(Question.EntitlementList.EVERY_VERSION)
        || versions
            .shown(Store.text(row, "plan_id"), Store.text(row, "environment_id"))
            .filter(it -> Store.is(it, "id", Store.text(row, "_version")))
            .isPresent();
  }

  ObjectNode add(ObjectNode plan, String environment, Fields body, Optional<String> version) {
    ObjectNode columns = changes(body);
    if (!columns.has("credit_amount")) {
      throw Refusal.invalid("credit_amount is required");
    }
    String credit = Store.text(view(body.need("credit_id", 255)), "id");
    ObjectNode target =
        versions.writable(
            Store.text(plan, "id"),
            environment,
            version.or(() -> body.text("plan_version_id", 255)),
            Question.EntitlementEditOfPublished.IN_PLACE);
    columns
        .put("credit_id", credit)
        .put("plan_id", Store.text(plan, "id"))
        .put("environment_id", environment)
        .put("_version", Store.text(target, "id"))
        .put("_origin", store.newId("origin"));
    return store.insert(GRANTS, columns);
  }

  private static ObjectNode changes(Fields body) {
    ObjectNode changes =
        Store.object()
            .put("reset_cadence", body.needChoice("reset_cadence", CADENCES))
            .put("reset_start", body.needChoice("reset_start", STARTS));
    body.integer("credit_amount", 0, MOST).ifPresent(it -> changes.put("credit_amount", it));
    return changes;
  }

  ObjectNode update(ObjectNode row, String environment, Fields body) {
    return store.update(GRANTS, onWritable(row, environment), changes(body));
  }

  void remove(ObjectNode row, String environment) {
    store.remove(GRANTS, Store.text(onWritable(row, environment), "id"));
  }

  private ObjectNode onWritable(ObjectNode row, String environment) {
    ObjectNode writable =
        versions.writable(
            Store.text(row, "plan_id"),
            environment,
            Optional.of(Store.text(row, "_version")),
            Question.EntitlementEditOfPublished.IN_PLACE);
    return versions
        .counterpart(GRANTS, row, writable)
        .orElseThrow(() -> Refusal.missing("plan grant"));
  }

  ObjectNode grantView(ObjectNode row) {
    ObjectNode view = Store.shown(row);
    view.remove("environment_id");
    ObjectNode credit = view(Store.text(row, "credit_id"));
    String plan =
        store.find(PLANS, Store.text(row, "plan_id")).map(it -> Store.text(it, "name")).orElse("");
    view.set("credit", credit);
    store
        .find(VERSIONS, Store.text(row, "_version"))
        .ifPresent(it -> view.put("plan_version_id", Store.text(it, "id")));
    view.putObject("plan").put("id", Store.text(row, "plan_id")).put("name", plan);
    return view.put("credit_name", Store.text(credit, "name"))
        .put("plan_name", plan)
        .put("auto_topup_availability", "off")
        .put("auto_topup_enabled", false)
        .put("auto_topup_self_service", false)
        .put("can_buy_bundles", false)
        .put("company_credit_amount", 0)
        .put("rollover_percentage", 0)
        .put("scaling", "fixed");
  }
}
