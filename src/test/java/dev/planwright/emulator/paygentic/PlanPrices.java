package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The list of a plan's prices: what it may hold, and what a mint makes of it. */
final class PlanPrices {
  /** One price takes another's place. */
  record Replacement(String replaces, String with) {}

  private final Store store;

  PlanPrices(Store store) {
    this.store = store;
  }

  /** Refuses a list that a plan cannot have. */
  void check(Row plan, List<String> ids) {
    Set<String> once = new HashSet<>();
    Set<String> metrics = new HashSet<>();
    for (String id : ids) {
      if (!once.add(id)) {
        throw Refusal.invalid("prices", id + " is listed twice");
      }
      Row price = store.row(Kind.PRICES, id);
      String metric = price.text("billableMetricId");
      if (store.doubts(PaygenticDoubt.METRIC_ONCE_IN_A_PLAN)
          && !metric.isEmpty()
          && !price.deleted()
          && !metrics.add(metric)) {
        throw Refusal.invalid("prices", metric + " is charged twice");
      }
      checkOne(plan, price);
    }
  }

  private void checkOne(Row plan, Row price) {
    if (store.doubts(PaygenticDoubt.PRICE_OF_ONE_PLAN_ONLY)
        && !store
            .where(
                Kind.VERSIONS,
                version ->
                    !version.is("_plan", plan.id())
                        && version.texts("_prices").contains(price.id()))
            .isEmpty()) {
      throw Refusal.invalid("prices", price.id() + " is a price of another plan");
    }
    Row priced =
        price.body().has("feeId")
            ? store.row(Kind.FEES, price.text("feeId"))
            : store.row(Kind.METRICS, price.text("billableMetricId"));
    if (store.doubts(PaygenticDoubt.PRICE_OF_THE_PLANS_PRODUCT_ONLY)
        && !priced.text("productId").equals(plan.text("productId"))) {
      throw Refusal.invalid("prices", price.id() + " is of another product");
    }
    String cadence = price.text("billingCadence");
    if (store.doubts(PaygenticDoubt.CADENCE_AS_THE_PLANS)
        && !Set.of("", "null", "P0D", plan.text("billingCadence")).contains(cadence)) {
      throw Refusal.invalid("prices", price.id() + " has the cadence " + cadence);
    }
  }

  /** The list after a mint, with the ids that were asked for. */
  List<String> after(
      List<String> before, List<String> added, List<String> removed, List<Replacement> replaced) {
    List<String> after = new ArrayList<>(before);
    for (Replacement one : replaced) {
      int at = after.indexOf(one.replaces());
      if (at < 0 || after.contains(one.with())) {
        throw conflict(at < 0 ? one.replaces() + " is not" : one.with() + " is already");
      }
      after.set(at, one.with());
    }
    for (String id : removed) {
      if (!after.remove(id)) {
        throw conflict(id + " is not");
      }
    }
    for (String id : added) {
      if (after.contains(id)) {
        throw conflict(id + " is already");
      }
      after.add(id);
    }
    if (after.isEmpty()) {
      throw Refusal.of(400, "At least one price must remain", "PLAN_VERSION_WITHOUT_PRICES");
    }
    return after;
  }

  private static Refusal conflict(String what) {
    return Refusal.of(409, what + " in the default version", "PLAN_STATE_CONFLICT");
  }

  /**
   * The id that was there keeps serving, with the new value; the old value goes on under another
   * id, to which the earlier versions turn.
   */
  void swapIds(Replacement one, List<String> versions) {
    Row old = store.row(Kind.PRICES, one.replaces());
    Row made = store.row(Kind.PRICES, one.with());
    String keeper;
    if (store.doubts(PaygenticDoubt.REPLACE_SWAPS_IDS)) {
      keeper = made.id();
      store.put(Kind.PRICES, valued(made, old));
    } else {
      ObjectNode columns = old.body().deepCopy();
      columns.remove(List.of("id", "object", "createdAt", "updatedAt"));
      keeper = store.insert(Kind.PRICES, old.merchant(), columns).id();
    }
    store.put(Kind.PRICES, valued(old, made));
    if (store.doubts(PaygenticDoubt.REPLACE_DELETES_THE_NEW_PRICE)) {
      Row now = store.row(Kind.PRICES, one.with());
      store.update(Kind.PRICES, now, Store.object().put("_deleted", true));
    }
    for (String id : versions) {
      Row version = store.row(Kind.VERSIONS, id);
      ArrayNode ids = Store.array();
      version
          .texts("_prices")
          .forEach(listed -> ids.add(listed.equals(one.replaces()) ? keeper : listed));
      store.put(Kind.VERSIONS, version.with("_prices", ids));
    }
  }

  /** The one price with the other's value. */
  private Row valued(Row id, Row value) {
    ObjectNode body = value.body().deepCopy();
    body.put("id", id.id()).set("createdAt", id.body().path("createdAt"));
    body.put("updatedAt", store.now());
    return new Row(id.id(), id.merchant(), body);
  }
}
