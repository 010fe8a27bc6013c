package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.FEATURES;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Optional;

/** Features: they belong to the account, and may bear one flag with a key. */
final class Features {
  private static final List<String> TYPES = List.of("boolean", "event", "trait", "license");

  private final Store store;
  private final Paging paging;

  Features(Store store, Paging paging) {
    this.store = store;
    this.paging = paging;
  }

  void addTo(Router router) {
    router.add("POST", "/features", this::create);
    router.add("GET", "/features", call -> paging.page(call, matching(call), this::detail));
    router.add("GET", "/features/count", call -> paging.count(call, matching(call).size()));
    router.add(
        "GET", "/features/{feature_id}", call -> call.ok(detail(find(call.path("feature_id")))));
  }

  ObjectNode find(String id) {
    return store.find(FEATURES, id).orElseThrow(() -> Refusal.missing("feature"));
  }

  String add(String name, String type, Optional<String> flagKey, Optional<String> event) {
    ObjectNode columns =
        Store.object()
            .put("name", name)
            .put("description", "")
            .put("feature_type", type)
            .put("icon", "cube");
    event.ifPresent(it -> columns.put("event_subtype", it));
    flagKey.ifPresent(it -> columns.set("_flag", flag(it, name)));
    return Store.text(store.insert(FEATURES, columns), "id");
  }

  private ObjectNode flag(String key, String name) {
    return Store.object()
        .put("id", store.newId("flag"))
        .put("key", key)
        .put("name", name)
        .put("description", "")
        .put("flag_type", "boolean")
        .put("default_value", false)
        .put("created_at", store.now())
        .put("updated_at", store.now());
  }

  private EmulatorResponse create(Call call) {
    Fields body = call.body();
    String name = body.need("name", 512);
    Optional<String> description = body.text("description", 1024);
    String type = body.needChoice("feature_type", TYPES);
    if (!body.has("description")) {
      throw Refusal.invalid("description is required");
    }
    Optional<String> event = body.text("event_subtype", 255);
    body.text("trait_id", 255);
    Optional<String> key = body.object("flag").map(flag -> flag.need("key", 512));
    ObjectNode row = find(add(name, type, key, event));
    ObjectNode changed =
        store.update(FEATURES, row, Store.object().put("description", description.orElse("")));
    return call.created(detail(changed));
  }

  private List<ObjectNode> matching(Call call) {
    List<String> ids = call.several("ids");
    List<String> types = call.several("feature_type");
    return store.where(
        FEATURES,
        it ->
            (ids.isEmpty() || ids.contains(Store.text(it, "id")))
                && (types.isEmpty() || types.contains(Store.text(it, "feature_type")))
                && paging.matches(call, Store.text(it, "name")));
  }

  /** A feature as an entitlement shows it: without its flag. */
  ObjectNode brief(String id) {
    return Store.shown(find(id));
  }

  ObjectNode inPlan(String id) {
    return detail(find(id));
  }

  private ObjectNode detail(ObjectNode feature) {
    ObjectNode view = Store.shown(feature);
    ArrayNode flags = view.putArray("flags");
    if (feature.get("_flag") instanceof ObjectNode flag) {
      ObjectNode shown = flag.deepCopy().put("feature_id", Store.text(feature, "id"));
      shown.putArray("rules");
      flags.add(shown);
    }
    view.putArray("plans");
    return view;
  }
}
