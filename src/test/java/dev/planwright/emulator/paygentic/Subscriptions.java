package dev.planwright.emulator.paygentic;

import static dev.planwright.emulator.paygentic.Input.Need.OPTIONAL;
import static dev.planwright.emulator.paygentic.Input.Need.REQUIRED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.List;

/** Subscriptions: who pays, what he pays in the current period, what he may do. */
final class Subscriptions {
  private final Store store;
  private final Versions versions;

  Subscriptions(Store store, Versions versions) {
    this.store = store;
    this.versions = versions;
  }

  void addTo(Router router) {
    router.add("POST", "/v0/subscriptions", this::create);
    router.add("GET", "/v0/subscriptions", this::list);
    router.add("GET", "/v0/subscriptions/{id}", call -> show(200, call.target(Kind.SUBSCRIPTIONS)));
    router.add("POST", "/v0/subscriptions/{id}/termination", this::terminate);
  }

  private EmulatorResponse show(int status, Row row) {
    return EmulatorResponse.json(status, store.view(Kind.SUBSCRIPTIONS, row));
  }

  private EmulatorResponse create(Call call) {
    ObjectNode columns =
        call.body()
            .id("planId", REQUIRED, Kind.PLANS)
            .text("name", REQUIRED)
            .time("startedAt", REQUIRED)
            .id("customerId", OPTIONAL, Kind.CUSTOMERS)
            .object("customer", OPTIONAL)
            .done();
    Row plan = call.visible(Kind.PLANS, columns.path("planId").asText(), 404);
    String customer = columns.path("customerId").asText("");
    if (!customer.isEmpty()) {
      call.visible(Kind.CUSTOMERS, customer, 404);
    } else if (!columns.has("customer")) {
      throw Refusal.invalid("customerId", "customerId or customer is required");
    }
    Row row = add(plan, customer, "active");
    ObjectNode said = Store.object();
    said.set("name", columns.path("name"));
    said.set("startedAt", columns.path("startedAt"));
    return show(201, store.update(Kind.SUBSCRIPTIONS, row, said));
  }

  /** A subscriber who begins now; a new customer when none is named. */
  Row add(Row plan, String customer, String status) {
    String customerId =
        customer.isEmpty()
            ? store.insert(Kind.CUSTOMERS, plan.merchant(), Store.object()).id()
            : customer;
    Row version = versions.defaultOf(plan);
    ObjectNode columns =
        Store.object()
            .put("merchantId", plan.merchant())
            .put("name", "Subscription of " + plan.text("name"))
            .put("customerId", customerId)
            .put("planId", plan.id())
            .put("planVersionId", version.id())
            .put("versionNumber", version.body().path("versionNumber").asInt())
            .put("status", status)
            .put("startedAt", store.now())
            .put("paymentTermDays", 0)
            .put("_cadence", plan.text("billingCadence"))
            .put("_first", true);
    columns.set("_period", period(plan));
    columns.set("_entitlements", entitlements(plan));
    return store.insert(Kind.SUBSCRIPTIONS, plan.merchant(), columns);
  }

  /** The current period is over: from now on counts what the plan says now. */
  void nextPeriod(Row subscription) {
    Row plan = store.row(Kind.PLANS, subscription.text("planId"));
    ObjectNode changes = Store.object().put("_first", false);
    changes.set("_period", period(plan));
    if (!store.doubts(PaygenticDoubt.PATCHED_CADENCE_SPARES_SUBSCRIBERS)) {
      changes.put("_cadence", plan.text("billingCadence"));
    }
    // The period before is kept, so that a one-time price of the beginning is not charged again.
    ArrayNode before = Store.array();
    subscription.body().path("_begun").forEach(before::add);
    subscription.body().path("_period").forEach(price -> before.add(price.path("id")));
    changes.set("_begun", before);
    store.update(Kind.SUBSCRIPTIONS, subscription, changes);
  }

  private ArrayNode period(Row plan) {
    return period(versions, plan);
  }

  private static ArrayNode period(Versions versions, Row plan) {
    ArrayNode prices = Store.array();
    versions.prices(versions.defaultOf(plan)).forEach(price -> prices.add(price.body().deepCopy()));
    return prices;
  }

  private ArrayNode entitlements(Row plan) {
    return entitlements(store, versions, plan);
  }

  private static ArrayNode entitlements(Store store, Versions versions, Row plan) {
    ArrayNode entitlements = Store.array();
    for (Row price : versions.prices(versions.defaultOf(plan))) {
      for (JsonNode carried : price.body().path("features")) {
        Row feature = store.row(Kind.FEATURES, carried.path("featureId").asText());
        if (!feature.deleted() || store.doubts(PaygenticDoubt.DELETED_FEATURE_STAYS_ON_PRICES)) {
          ObjectNode one = entitlements.addObject().put("key", feature.text("key"));
          one.set("template", carried.path("entitlementTemplate").deepCopy());
        }
      }
    }
    return entitlements;
  }

  /** What a change of the plan's default version does to those who subscribe. */
  static void versionChanged(Store store, Versions versions, Row plan) {
    for (Row one : store.where(Kind.SUBSCRIPTIONS, it -> it.is("planId", plan.id()))) {
      ObjectNode changes = Store.object();
      if (store.doubts(PaygenticDoubt.VERSION_AT_ONCE)) {
        changes.set("_period", period(versions, plan));
      }
      if (store.doubts(PaygenticDoubt.VERSION_ENTITLES_EVERYBODY)) {
        changes.set("_entitlements", entitlements(store, versions, plan));
      }
      if (!changes.isEmpty()) {
        store.update(Kind.SUBSCRIPTIONS, one, changes);
      }
    }
  }

  /** Whether this one pays, or is about to. */
  static boolean present(Row subscription) {
    return !subscription.is("status", "terminated");
  }

  /** How many subscribers a plan has, those whose payment is pending included. */
  static int present(Store store, String planId) {
    return store.where(Kind.SUBSCRIPTIONS, it -> it.is("planId", planId) && present(it)).size();
  }

  /** What a version says as its {@code subscriptionCount}. */
  static int counted(Store store, Row plan, Row version) {
    boolean byDefault = store.doubts(PaygenticDoubt.SUBSCRIBERS_COUNT_FOR_THE_DEFAULT);
    if (byDefault && !plan.is("defaultVersionId", version.id())) {
      return 0;
    }
    List<Row> own =
        store.where(
            Kind.SUBSCRIPTIONS,
            it ->
                it.is("planId", plan.id())
                    && (byDefault || it.is("planVersionId", version.id()))
                    && (store.doubts(PaygenticDoubt.COUNT_EVERYBODY) || present(it))
                    && !(store.doubts(PaygenticDoubt.COUNT_ACTIVE_ONLY)
                        && it.is("status", "pending_payment")));
    return own.size();
  }

  private EmulatorResponse list(Call call) {
    String merchant = call.request().query("merchantId").map(call::merchant).orElse("");
    String customer = call.request().query("customerId").orElse("");
    String status = call.request().query("status").orElse("");
    List<Row> rows =
        store.where(
            Kind.SUBSCRIPTIONS,
            row ->
                call.sees(row)
                    && (merchant.isEmpty() || row.merchant().equals(merchant))
                    && (customer.isEmpty() || row.is("customerId", customer))
                    && (status.isEmpty() || row.is("status", status)));
    return Pages.of(call, Kind.SUBSCRIPTIONS, rows, row -> store.view(Kind.SUBSCRIPTIONS, row));
  }

  private EmulatorResponse terminate(Call call) {
    Row row = call.target(Kind.SUBSCRIPTIONS);
    ObjectNode columns = call.body().text("reason", REQUIRED, "(?s).{1,1000}").done();
    if (!present(row)) {
      throw Refusal.of(409, "The subscription is terminated");
    }
    ObjectNode changes =
        Store.object()
            .put("status", "terminated")
            .put("terminatedAt", store.now())
            .put("terminationReason", columns.path("reason").asText());
    return show(200, store.update(Kind.SUBSCRIPTIONS, row, changes));
  }
}
