package dev.planwright.emulator.paygentic;

import static dev.planwright.emulator.paygentic.Input.Need.OPTIONAL;
import static dev.planwright.emulator.paygentic.Input.Need.REQUIRED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.Map;

/** Products: no delete; metadata is set once, and its values come back as strings. */
final class Products {
  private final Store store;

  Products(Store store) {
    this.store = store;
  }

  void addTo(Router router) {
    router.add("POST", "/v0/products", this::create);
    router.add("GET", "/v0/products", this::list);
    router.add("GET", "/v0/products/{id}", call -> show(200, call.target(Kind.PRODUCTS)));
    router.add("PATCH", "/v0/products/{id}", this::patch);
  }

  private EmulatorResponse show(int status, Row row) {
    return EmulatorResponse.json(status, store.view(Kind.PRODUCTS, row));
  }

  private EmulatorResponse create(Call call) {
    ObjectNode columns =
        call.body()
            .text("name", REQUIRED)
            .text("description", REQUIRED)
            .id("merchantId", REQUIRED, Kind.ORGANIZATIONS)
            .object("metadata", OPTIONAL)
            .done();
    ObjectNode metadata = Store.object();
    for (Map.Entry<String, JsonNode> entry : columns.path("metadata").properties()) {
      JsonNode value = entry.getValue();
      metadata.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
    }
    columns.set("metadata", metadata);
    String merchant = call.merchant(columns.path("merchantId").asText());
    return show(201, store.insert(Kind.PRODUCTS, merchant, columns));
  }

  private EmulatorResponse list(Call call) {
    String merchant = call.request().query("merchantId").map(call::merchant).orElse("");
    return Pages.of(
        call,
        Kind.PRODUCTS,
        store.where(
            Kind.PRODUCTS,
            row -> call.sees(row) && (merchant.isEmpty() || row.merchant().equals(merchant))),
        row -> store.view(Kind.PRODUCTS, row));
  }

  private EmulatorResponse patch(Call call) {
    Row row = call.target(Kind.PRODUCTS);
    ObjectNode changes = call.body().text("name", OPTIONAL).text("description", OPTIONAL).done();
    return show(200, store.update(Kind.PRODUCTS, row, changes));
  }

  /**
   * The product that a body names, itself or through an item.
   *
   * @param columns get {@code productId} when only an item was named
   */
  static void resolve(Call call, ObjectNode columns) {
    if (columns.path("itemId").isTextual()) {
      Row item = call.visible(Kind.ITEMS, columns.path("itemId").asText(), 400);
      if (!columns.has("productId")) {
        columns.set("productId", item.body().path("productId"));
      }
    }
    if (!columns.has("productId")) {
      throw Refusal.invalid("productId", "Required unless itemId is given");
    }
    call.visible(Kind.PRODUCTS, columns.path("productId").asText(), 400);
  }
}
