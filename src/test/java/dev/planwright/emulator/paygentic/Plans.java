package dev.planwright.emulator.paygentic;

import static dev.planwright.emulator.paygentic.Input.Need.NULLABLE;
import static dev.planwright.emulator.paygentic.Input.Need.OPTIONAL;
import static dev.planwright.emulator.paygentic.Input.Need.REQUIRED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.Input.Need;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans: neither deleted nor archived through the API; merchant, product, currency for ever. */
final class Plans {
  private static final Map<String, String> CADENCES =
      Map.of("monthly", "P1M", "quarterly", "P3M", "yearly", "P1Y", "annual", "P1Y");

  private final Store store;
  private final Versions versions;
  private final PlanPrices planPrices;

  Plans(Store store, Versions versions) {
    this.store = store;
    this.versions = versions;
    this.planPrices = new PlanPrices(store);
  }

  void addTo(Router router) {
    router.add("POST", "/v0/plans", this::create);
    router.add("GET", "/v0/plans", this::list);
    router.add("GET", "/v0/plans/available", this::available);
    router.add("GET", "/v0/plans/{id}", call -> show(200, readable(call)));
    router.add("PATCH", "/v0/plans/{id}", this::patch);
  }

  /** The plan that the path names, for whoever wants to change it: not a deleted one. */
  static Row target(Call call) {
    Row plan = call.target(Kind.PLANS);
    if (plan.body().has("deletedAt")) {
      throw Refusal.of(404, "No plan " + plan.id());
    }
    return plan;
  }

  private Row readable(Call call) {
    return store.doubts(PaygenticDoubt.DELETED_PLAN_IS_GONE)
        ? target(call)
        : call.target(Kind.PLANS);
  }

  private EmulatorResponse show(int status, Row plan) {
    boolean ids =
        store.doubts(PaygenticDoubt.PLAN_PRICES_AS_IDS)
            || store.doubts(PaygenticDoubt.PLAN_PRICES_AS_IDS_BUT_IN_LISTS);
    return EmulatorResponse.json(status, view(plan, ids));
  }

  private ObjectNode listed(Row plan) {
    return view(plan, store.doubts(PaygenticDoubt.PLAN_PRICES_AS_IDS));
  }

  /** A plan as the API shows it. */
  ObjectNode view(Row plan, boolean ids) {
    ObjectNode shown = store.view(Kind.PLANS, plan);
    String interval =
        switch (plan.text("billingCadence")) {
          case "P3M" -> "quarterly";
          case "P1Y" -> "yearly";
          default -> "monthly";
        };
    shown.put("billingInterval", interval);
    ArrayNode prices = shown.putArray("prices");
    ObjectNode terms = shown.putObject("paymentTerm");
    terms.put("in_arrears", false).put("in_advance", false);
    for (Row price : versions.prices(versions.defaultOf(plan))) {
      terms.put(price.text("paymentTerm"), true);
      if (ids) {
        prices.add(price.id());
      } else {
        prices.add(Prices.viewInPlan(store, price, plan));
      }
    }
    return shown;
  }

  private static Input fields(Input body, Need name) {
    return body.text("name", name)
        .oneOf("billingCadence", OPTIONAL, List.of("P1M", "P3M", "P1Y"))
        .oneOf("billingInterval", OPTIONAL, List.copyOf(CADENCES.keySet()))
        .text("description", OPTIONAL)
        .text("invoiceDisplayName", OPTIONAL)
        .ids("prices", OPTIONAL, Kind.PRICES)
        .text("defaultTaxCode", OPTIONAL)
        .number("defaultTaxRate", OPTIONAL)
        .oneOf("taxBehavior", OPTIONAL, List.of("exclusive", "inclusive"))
        .bool("renewalReminderEnabled", OPTIONAL)
        .integer("renewalReminderDays", OPTIONAL, 1, 30)
        .time("billingAnchor", NULLABLE)
        .objects("creditAllocations", OPTIONAL)
        .bool("stablePriceIds", OPTIONAL);
  }

  private EmulatorResponse create(Call call) {
    boolean noProduct = store.doubts(PaygenticDoubt.PRODUCT_MAY_BE_LEFT_OUT);
    int version = store.doubts(PaygenticDoubt.BILLING_VERSION_ZERO) ? 0 : 1;
    Input body =
        fields(call.body(), REQUIRED)
            .id("merchantId", REQUIRED, Kind.ORGANIZATIONS)
            .text("currency", REQUIRED, "[A-Z]{3}")
            .id("productId", noProduct ? OPTIONAL : REQUIRED, Kind.PRODUCTS)
            .integer("billingVersion", OPTIONAL, version, 1);
    checkValues(call, body);
    ObjectNode columns = body.done();
    String merchant = call.merchant(columns.path("merchantId").asText());
    if (columns.has("productId")) {
      call.visible(Kind.PRODUCTS, columns.path("productId").asText(), 400);
    }
    String currency = columns.path("currency").asText();
    if (!store.row(Kind.ORGANIZATIONS, merchant).texts("_currencies").contains(currency)) {
      throw Refusal.invalid("currency", currency + " is not enabled for the merchant");
    }
    List<String> prices = takePrices(call, columns);
    ObjectNode complete = withDefaults(columns);
    planPrices.check(new Row("", merchant, complete), prices);
    Row plan = store.insert(Kind.PLANS, merchant, complete);
    return show(201, versions.publish(plan, prices));
  }

  /** A plan's fields with what the vendor sets when nothing is said. */
  static ObjectNode withDefaults(ObjectNode columns) {
    ObjectNode complete =
        Store.object()
            .put("billingCadence", cadence(columns, "P1M"))
            .put("defaultTaxCode", "eservice")
            .put("defaultTaxRate", 0)
            .put("taxBehavior", "exclusive")
            .put("renewalReminderEnabled", true)
            .put("renewalReminderDays", 3)
            .put("billingVersion", 1)
            .put("stablePriceIds", true);
    complete.setAll(columns);
    complete.remove("billingInterval");
    return complete;
  }

  private static String cadence(ObjectNode columns, String otherwise) {
    String interval = columns.path("billingInterval").asText("");
    return columns
        .path("billingCadence")
        .asText(interval.isEmpty() ? otherwise : CADENCES.getOrDefault(interval, otherwise));
  }

  private void checkValues(Call call, Input body) {
    String anchor = body.columns().path("billingAnchor").asText("");
    if (!anchor.isEmpty()
        && !anchor.equals("null")
        && OffsetDateTime.parse(anchor).toInstant().isAfter(store.clock().instant())) {
      body.wrong("billingAnchor", "Must not be in the future");
    }
    Set<String> units = new HashSet<>();
    for (JsonNode one : body.columns().path("creditAllocations")) {
      String unit = one.path("pricingUnitId").asText("");
      if (!unit.matches(Kind.UNITS.idPattern()) || !units.add(unit)) {
        body.wrong("creditAllocations.pricingUnitId", "Expected another pricing unit in each");
      } else {
        call.visible(Kind.UNITS, unit, 400);
      }
      if (!one.path("amount").isNumber() || one.path("amount").decimalValue().signum() <= 0) {
        body.wrong("creditAllocations.amount", "Expected a number above 0");
      }
    }
  }

  private static List<String> takePrices(Call call, ObjectNode columns) {
    List<String> prices = new ArrayList<>();
    columns.path("prices").forEach(id -> prices.add(id.asText()));
    columns.remove("prices");
    prices.forEach(id -> call.visible(Kind.PRICES, id, 400));
    return prices;
  }

  private EmulatorResponse list(Call call) {
    String merchant = call.request().query("merchantId").map(call::merchant).orElse("");
    String product = call.request().query("productId").orElse("");
    boolean deletedToo = store.doubts(PaygenticDoubt.DELETED_PLAN_IS_LISTED);
    List<Row> rows =
        store.where(
            Kind.PLANS,
            plan ->
                call.sees(plan)
                    && (deletedToo || !plan.body().has("deletedAt"))
                    && (merchant.isEmpty() || plan.merchant().equals(merchant))
                    && (product.isEmpty() || plan.is("productId", product)));
    return Pages.of(call, Kind.PLANS, rows, this::listed);
  }

  /** What a customer may still buy: no plan of a product that he has a plan of. */
  private EmulatorResponse available(Call call) {
    String id =
        call.request()
            .query("customerId")
            .orElseThrow(() -> Refusal.invalid("customerId", "Required"));
    Row customer = call.visible(Kind.CUSTOMERS, id, 404);
    Set<String> had = new HashSet<>();
    store
        .where(Kind.SUBSCRIPTIONS, it -> it.is("customerId", id) && Subscriptions.present(it))
        .forEach(it -> had.add(store.row(Kind.PLANS, it.text("planId")).text("productId")));
    List<Row> rows =
        store.where(
            Kind.PLANS,
            plan ->
                plan.merchant().equals(customer.merchant())
                    && !plan.body().has("deletedAt")
                    && !had.contains(plan.text("productId")));
    return Pages.of(call, Kind.PLANS, rows, this::listed);
  }

  private EmulatorResponse patch(Call call) {
    Row plan = target(call);
    Input body = fields(call.body(), OPTIONAL);
    checkValues(call, body);
    ObjectNode changes = body.done();
    store.faults().refuseIfAsked();
    boolean subscribed = Subscriptions.present(store, plan.id()) > 0;
    String cadence = cadence(changes, plan.text("billingCadence"));
    changes.remove("billingInterval");
    changes.put("billingCadence", cadence);
    if (subscribed
        && !plan.is("billingCadence", cadence)
        && store.doubts(PaygenticDoubt.PATCHED_CADENCE_CONFLICTS_WITH_SUBSCRIBERS)) {
      throw Refusal.of(409, "The plan has subscribers", "PLAN_HAS_ACTIVE_SUBSCRIPTIONS");
    }
    boolean listed = changes.has("prices");
    List<String> before = versions.defaultOf(plan).texts("_prices");
    List<String> prices = listed ? wantedPrices(call, changes, before) : before;
    boolean other = !prices.equals(before);
    if (other
        && subscribed
        && store.doubts(PaygenticDoubt.PATCHED_PRICES_CONFLICT_WITH_SUBSCRIBERS)) {
      throw Refusal.of(409, "The plan has subscribers", "PLAN_HAS_ACTIVE_SUBSCRIPTIONS");
    }
    if (other) {
      planPrices.check(plan, prices);
    }
    Row changed = store.update(Kind.PLANS, plan, changes);
    if (other && store.doubts(PaygenticDoubt.PATCHED_PRICES_KEEP_THE_VERSION)) {
      versions.rewrite(changed, prices);
    } else if (other) {
      changed = versions.publish(changed, prices);
    }
    return show(200, changed);
  }

  private List<String> wantedPrices(Call call, ObjectNode changes, List<String> before) {
    List<String> prices = takePrices(call, changes);
    if (store.doubts(PaygenticDoubt.PATCHED_PRICES_ARE_ADDED)) {
      List<String> more = new ArrayList<>(before);
      prices.stream().filter(id -> !before.contains(id)).forEach(more::add);
      return more;
    }
    if (prices.isEmpty()
        && !before.isEmpty()
        && !store.doubts(PaygenticDoubt.PATCHED_PRICES_MAY_BE_EMPTY)) {
      throw Refusal.invalid("prices", "At least one price must remain");
    }
    return prices;
  }
}
