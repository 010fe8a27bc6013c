package dev.planwright.emulator.paygentic;

import static dev.planwright.emulator.paygentic.Input.Need.OPTIONAL;
import static dev.planwright.emulator.paygentic.Input.Need.REQUIRED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.List;

/** Features: the only objects whose key is unique, within their product. */
final class Features {
  private static final String KEY = "[a-z0-9]+(?:-[a-z0-9]+)*";
  private static final List<String> TYPES = List.of("metered", "static", "boolean");

  private final Store store;

  Features(Store store) {
    this.store = store;
  }

  void addTo(Router router) {
    router.add("POST", "/v0/features", this::create);
    router.add("GET", "/v0/features", this::list);
    router.add("GET", "/v0/features/{id}", call -> show(200, call.target(Kind.FEATURES)));
    router.add("PATCH", "/v0/features/{id}", this::patch);
    router.add("DELETE", "/v0/features/{id}", this::delete);
  }

  private EmulatorResponse show(int status, Row row) {
    return EmulatorResponse.json(status, store.view(Kind.FEATURES, row));
  }

  private EmulatorResponse create(Call call) {
    ObjectNode columns =
        call.body()
            .text("key", REQUIRED, KEY)
            .text("name", REQUIRED)
            .oneOf("type", OPTIONAL, TYPES)
            .id("merchantId", REQUIRED, Kind.ORGANIZATIONS)
            .id("productId", REQUIRED, Kind.PRODUCTS)
            .texts("metadata", OPTIONAL, "(?s).*")
            .done();
    String merchant = call.merchant(columns.path("merchantId").asText());
    call.visible(Kind.PRODUCTS, columns.path("productId").asText(), 404);
    if (taken(columns.path("productId").asText(), columns.path("key").asText(), "")) {
      throw Refusal.of(409, "A feature with this key already exists", "FEATURE_KEY_TAKEN");
    }
    if (!columns.has("type")) {
      columns.put("type", "boolean");
    }
    if (!columns.has("metadata")) {
      columns.putObject("metadata");
    }
    return show(201, store.insert(Kind.FEATURES, merchant, columns));
  }

  private boolean taken(String product, String key, String except) {
    return !store
        .where(
            Kind.FEATURES,
            row ->
                !row.deleted()
                    && !row.id().equals(except)
                    && row.is("productId", product)
                    && row.is("key", key))
        .isEmpty();
  }

  private EmulatorResponse list(Call call) {
    String id =
        call.request()
            .query("productId")
            .orElseThrow(() -> Refusal.invalid("productId", "Required"));
    String product = call.visible(Kind.PRODUCTS, id, 404).id();
    String key = call.request().query("key").orElse("");
    return Pages.of(
        call,
        Kind.FEATURES,
        store.where(
            Kind.FEATURES,
            row ->
                !row.deleted()
                    && row.is("productId", product)
                    && (key.isEmpty() || row.is("key", key))),
        row -> store.view(Kind.FEATURES, row));
  }

  private EmulatorResponse patch(Call call) {
    Row row = call.target(Kind.FEATURES);
    ObjectNode changes =
        call.body()
            .text("key", OPTIONAL, KEY)
            .text("name", OPTIONAL)
            .oneOf("type", OPTIONAL, TYPES)
            .texts("metadata", OPTIONAL, "(?s).*")
            .done();
    if (taken(row.text("productId"), changes.path("key").asText(row.text("key")), row.id())) {
      throw Refusal.invalid("key", "A feature with this key already exists");
    }
    return show(200, store.update(Kind.FEATURES, row, changes));
  }

  private EmulatorResponse delete(Call call) {
    Row feature = call.target(Kind.FEATURES);
    store.update(Kind.FEATURES, feature, Store.object().put("_deleted", true));
    return EmulatorResponse.empty(204);
  }
}
