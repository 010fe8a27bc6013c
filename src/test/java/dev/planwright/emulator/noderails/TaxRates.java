package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.Store.Kind.TAX_RATES;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;

/** Tax rates belong to the merchant, not to an app, and carry no metadata. */
final class TaxRates {
  private final Store store;
  private final Access access;

  TaxRates(Store store, Access access) {
    this.store = store;
    this.access = access;
  }

  EmulatorResponse create(Call call) {
    Body body = fields(call.body().required("displayName", "percentage"));
    return Answers.created(view(insert(call.caller().merchant(), body.check())));
  }

  /** Writes a new rate; of the percentage two decimals are kept. */
  ObjectNode insert(String merchant, ObjectNode given) {
    ObjectNode columns = Store.object().put("merchantId", merchant);
    columns.put("displayName", Store.text(given, "displayName"));
    columns.put("percentage", Decimals.stored(given.path("percentage").decimalValue()));
    columns.put("inclusive", given.path("inclusive").asBoolean(false));
    columns.set("jurisdiction", given.get("jurisdiction"));
    columns.set("description", given.get("description"));
    columns.put("isActive", true);
    return store.insert(TAX_RATES, columns);
  }

  /** A flat list in no promised order; archived ones only when asked for. */
  EmulatorResponse list(Call call) {
    boolean all = call.request().query("includeInactive").orElse("").equals("true");
    String merchant = call.caller().merchant();
    ArrayNode data = JsonNodeFactory.instance.arrayNode();
    store.unordered(store.where(TAX_RATES, "merchantId", merchant)).stream()
        .filter(rate -> all || Store.active(rate))
        .forEach(rate -> data.add(view(rate)));
    return Answers.ok(data);
  }

  EmulatorResponse get(Call call) {
    return Answers.ok(view(access.taxRate(call.caller(), call.segment(1))));
  }

  EmulatorResponse update(Call call) {
    ObjectNode changes = fields(call.body()).flag("isActive").check();
    ObjectNode rate = access.taxRate(call.caller(), call.segment(1));
    if (changes.has("percentage")) {
      changes.put("percentage", Decimals.stored(changes.path("percentage").decimalValue()));
    }
    return Answers.ok(view(store.update(TAX_RATES, rate, changes)));
  }

  /** Deletes nothing: the rate is archived, and plans that have it keep it. */
  EmulatorResponse archive(Call call) {
    ObjectNode rate = access.taxRate(call.caller(), call.segment(1));
    store.update(TAX_RATES, rate, Store.object().put("isActive", false));
    return EmulatorResponse.empty(204);
  }

  /** A rate as answers show it: the percentage is a text. */
  ObjectNode view(ObjectNode rate) {
    ObjectNode shown = rate.deepCopy();
    return shown.put("percentage", Decimals.shown(Store.text(rate, "percentage"), store));
  }

  private static Body fields(Body body) {
    return body.text("displayName", 1, 100)
        .number("percentage", 0, 100)
        .flag("inclusive")
        .text("jurisdiction", 0, 50)
        .text("description", 0, 500);
  }
}
