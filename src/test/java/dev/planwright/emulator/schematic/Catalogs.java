package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.CATALOGS;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** Which plans are live in the checkout: publishing a plan does not put it there. */
final class Catalogs {
  private final Store store;
  private final Paging paging;

  Catalogs(Store store, Paging paging) {
    this.store = store;
    this.paging = paging;
  }

  void addTo(Router router) {
    router.add("GET", "/catalogs", call -> paging.page(call, store.all(CATALOGS), it -> view(it)));
    router.add("GET", "/catalogs/{catalog_id}", call -> call.ok(view(find(call))));
    router.add("GET", "/catalogs/{catalog_id}/plans", this::plans);
    router.add("POST", "/catalogs/{catalog_id}/plans/{plan_id}", this::addPlan);
    router.add("DELETE", "/catalogs/{catalog_id}/plans/{plan_id}", this::removePlan);
  }

  String add(String name, boolean isDefault) {
    ObjectNode columns =
        Store.object()
            .put("account_id", Account.ID)
            .put("custom_plans_visible", false)
            .put("is_default", isDefault)
            .put("name", name);
    columns.putArray("_plans");
    return Store.text(store.insert(CATALOGS, columns), "id");
  }

  /** The catalogs that a plan is live in. */
  ArrayNode of(String plan) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    for (ObjectNode catalog : store.all(CATALOGS)) {
      if (live(catalog).contains(plan)) {
        names
            .addObject()
            .put("id", Store.text(catalog, "id"))
            .put("name", Store.text(catalog, "name"));
      }
    }
    return names;
  }

  private static ObjectNode view(ObjectNode catalog) {
    return Store.shown(catalog);
  }

  private ObjectNode find(Call call) {
    return store
        .find(CATALOGS, call.path("catalog_id"))
        .orElseThrow(() -> Refusal.missing("catalog"));
  }

  private static List<String> live(ObjectNode catalog) {
    return StreamSupport.stream(catalog.path("_plans").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private EmulatorResponse plans(Call call) {
    ObjectNode view = Store.object();
    view.set("plan_ids", find(call).get("_plans"));
    return call.ok(view);
  }

  private EmulatorResponse addPlan(Call call) {
    String plan = call.path("plan_id");
    if (store.find(PLANS, plan).isEmpty()) {
      throw Refusal.missing("plan");
    }
    return change(call, plans -> plans.add(plan));
  }

  private EmulatorResponse removePlan(Call call) {
    return change(call, plans -> plans);
  }

  /** Whatever is done, the plan is there at most once. */
  private EmulatorResponse change(Call call, UnaryOperator<ArrayNode> change) {
    ObjectNode catalog = find(call);
    ArrayNode others = JsonNodeFactory.instance.arrayNode();
    live(catalog).stream().filter(it -> !it.equals(call.path("plan_id"))).forEach(others::add);
    store.update(CATALOGS, catalog, Store.object().set("_plans", change.apply(others)));
    return EmulatorResponse.empty(204);
  }
}
