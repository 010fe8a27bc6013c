package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.Store.Kind.PRICES;
import static dev.planwright.emulator.noderails.Store.Kind.SUBSCRIPTIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Optional;

/** Subscriptions: listed by app and status, never by plan. */
final class Subscriptions {
  /** Every status there is, the first one under the name that the statuses' list gives it. */
  static final List<String> STATUSES =
      List.of("CREATED", "TRIALING", "ACTIVE", "PAST_DUE", "PAUSED", "CANCELLED");

  private static final String FIRST = "CREATED";

  private final Store store;
  private final Access access;

  Subscriptions(Store store, Access access) {
    this.store = store;
    this.access = access;
  }

  /** Somebody pays this price from now on, or did. */
  ObjectNode insert(ObjectNode price, String status) {
    if (!STATUSES.contains(status)) {
      throw new IllegalArgumentException("no status " + status + ", there are " + STATUSES);
    }
    ObjectNode columns = Store.object();
    columns.put("appId", Store.text(price, "appId"));
    columns.put("productPlanId", Store.text(price, "productPlanId"));
    columns.put("productPlanPriceId", Store.text(price, "id"));
    columns.put("status", status);
    columns.put("amountAtSignup", Store.text(price, "amount"));
    if (status.equals("PAST_DUE")) {
      columns.put("pastDueSince", store.now().toString());
    }
    return store.insert(SUBSCRIPTIONS, columns);
  }

  EmulatorResponse list(Call call) {
    store.troubles().refuseHiddenSubscriptions();
    ObjectNode query =
        Body.ofQuery(call.request())
            .uuid("appId")
            .choice("status", STATUSES.stream().map(this::shown).toList())
            .count("page", 1, Integer.MAX_VALUE)
            .count("pageSize", 1, 100)
            .check();
    List<String> apps = access.appsInReach(call.caller());
    String status = Store.text(query, "status");
    List<ObjectNode> rows =
        store.where(
            SUBSCRIPTIONS,
            row ->
                apps.contains(Store.text(row, "appId"))
                    && Lists.ofApp(row, query, store)
                    && (status.isEmpty() || shown(Store.text(row, "status")).equals(status)));
    return Lists.page(query, rows, this::view, store.troubles().of(Listing.SUBSCRIPTIONS));
  }

  /** A subscription as answers show it; the price it names may be gone from the table. */
  ObjectNode view(ObjectNode row) {
    ObjectNode shown = row.deepCopy();
    shown.remove(List.of("amountAtSignup", "pastDueSince"));
    return shown.put("status", shown(Store.text(row, "status")));
  }

  /** The price that a subscription is on; empty when somebody took it out of the database. */
  Optional<ObjectNode> price(ObjectNode subscription) {
    return store.find(PRICES, Store.text(subscription, "productPlanPriceId"));
  }

  private String shown(String status) {
    boolean renamed = status.equals(FIRST) && store.on(Switch.FIRST_STATUS_IS_PENDING);
    return renamed ? "PENDING" : status;
  }
}
