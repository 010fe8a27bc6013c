package dev.planwright.emulator.paygentic;

import static dev.planwright.emulator.paygentic.Input.Need.NULLABLE;
import static dev.planwright.emulator.paygentic.Input.Need.OPTIONAL;
import static dev.planwright.emulator.paygentic.Input.Need.REQUIRED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.Store.Kind;

/** Fees: what a flat price is a price of. One that prices use cannot be deleted. */
final class Fees {
  private final Store store;

  Fees(Store store) {
    this.store = store;
  }

  void addTo(Router router) {
    router.add("POST", "/v0/fees", this::create);
    router.add("GET", "/v0/fees", call -> Metrics.list(call, Kind.FEES));
    router.add("GET", "/v0/fees/{id}", call -> show(200, call.target(Kind.FEES)));
    router.add("PATCH", "/v0/fees/{id}", this::patch);
    router.add("DELETE", "/v0/fees/{id}", this::delete);
  }

  private EmulatorResponse show(int status, Row row) {
    return EmulatorResponse.json(status, store.view(Kind.FEES, row));
  }

  private EmulatorResponse create(Call call) {
    ObjectNode columns =
        call.body()
            .text("name", REQUIRED)
            .text("description", REQUIRED)
            .id("merchantId", REQUIRED, Kind.ORGANIZATIONS)
            .id("productId", OPTIONAL, Kind.PRODUCTS)
            .id("itemId", OPTIONAL, Kind.ITEMS)
            .done();
    String merchant = call.merchant(columns.path("merchantId").asText());
    Products.resolve(call, columns);
    return show(201, store.insert(Kind.FEES, merchant, columns));
  }

  private EmulatorResponse patch(Call call) {
    Row row = call.target(Kind.FEES);
    ObjectNode changes =
        call.body()
            .text("name", OPTIONAL)
            .text("description", OPTIONAL)
            .id("itemId", NULLABLE, Kind.ITEMS)
            .done();
    return show(200, store.update(Kind.FEES, row, changes));
  }

  private EmulatorResponse delete(Call call) {
    Row fee = call.target(Kind.FEES);
    boolean deletedToo = store.doubts(PaygenticDoubt.DELETED_PRICE_BLOCKS_THE_FEE);
    int prices =
        store
            .where(Kind.PRICES, row -> row.is("feeId", fee.id()) && (deletedToo || !row.deleted()))
            .size();
    if (prices > 0) {
      ObjectNode details = Store.object();
      details.putArray("blockers").addObject().put("type", "price").put("count", prices);
      throw Refusal.of(409, "The fee is in use", details);
    }
    store.update(Kind.FEES, fee, Store.object().put("_deleted", true));
    return EmulatorResponse.empty(204);
  }
}
