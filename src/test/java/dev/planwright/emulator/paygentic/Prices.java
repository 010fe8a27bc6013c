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
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prices: made for themselves, of a plan only by being listed in it; deleted softly. */
final class Prices {
  // What happens to a change of any other field is documented.
  private static final Set<String> BLOCKED = Set.of("billingCadence", "pricingUnitId");

  private final Store store;
  private final PriceRules rules;
  private final Versions versions;

  Prices(Store store, Versions versions) {
    this.store = store;
    this.rules = new PriceRules(store);
    this.versions = versions;
  }

  void addTo(Router router) {
    router.add("POST", "/v0/prices", this::create);
    router.add("GET", "/v0/prices", this::list);
    router.add("GET", "/v0/prices/{id}", call -> show(200, readable(call)));
    router.add("PATCH", "/v0/prices/{id}", this::patch);
    router.add("DELETE", "/v0/prices/{id}", this::delete);
  }

  private EmulatorResponse show(int status, Row row) {
    return EmulatorResponse.json(status, view(store, row));
  }

  /** A price as it shows itself. */
  static ObjectNode view(Store store, Row row) {
    ObjectNode shown = store.view(Kind.PRICES, row);
    ArrayNode features = Store.array();
    for (JsonNode carried : row.body().path("features")) {
      Row feature = store.row(Kind.FEATURES, carried.path("featureId").asText());
      if (!feature.deleted() || store.doubts(PaygenticDoubt.DELETED_FEATURE_STAYS_ON_PRICES)) {
        ObjectNode one = carried.deepCopy();
        one.putObject("feature")
            .put("key", feature.text("key"))
            .put("name", feature.text("name"))
            .put("type", feature.text("type"));
        features.add(one);
      }
    }
    shown.set("features", features);
    return shown;
  }

  /** A price as its plan shows it. */
  static ObjectNode viewInPlan(Store store, Row price, Row plan) {
    ObjectNode shown = view(store, price);
    shown.remove("pricingUnitId");
    if (store.doubts(PaygenticDoubt.PLAN_PRICES_SHOW_UNIT_AMOUNT)) {
      String unitPrice = price.body().path("properties").path("unitPrice").asText("0");
      shown
          .put("unitAmount", new BigDecimal(unitPrice).movePointRight(2).toPlainString())
          .put("currency", plan.text("currency").toLowerCase(Locale.ROOT));
    }
    return shown;
  }

  private Row readable(Call call) {
    if (store.doubts(PaygenticDoubt.DELETED_PRICE_IS_READABLE)) {
      List<Row> own =
          store.where(Kind.PRICES, row -> row.id().equals(call.path("id")) && call.sees(row));
      if (!own.isEmpty()) {
        return own.getFirst();
      }
    }
    return call.target(Kind.PRICES);
  }

  private EmulatorResponse list(Call call) {
    String metric = call.request().query("billableMetricId").orElse("");
    return Pages.of(
        call,
        Kind.PRICES,
        store.where(
            Kind.PRICES,
            row ->
                call.sees(row)
                    && !row.deleted()
                    && (metric.isEmpty() || row.is("billableMetricId", metric))),
        row -> view(store, row));
  }

  private Input fields(Need texts, Need removable, Input body) {
    boolean fromOne = store.doubts(PaygenticDoubt.QUANTITY_FROM_ONE);
    return body.id("billableMetricId", OPTIONAL, Kind.METRICS)
        .id("pricingUnitId", removable, Kind.UNITS)
        .oneOf("model", OPTIONAL, rules.models())
        .text("invoiceDisplayName", texts)
        .oneOf("paymentTerm", texts, List.of("in_arrears", "in_advance"))
        .text("billingCadence", NULLABLE)
        .object("properties", texts)
        .object("feature", removable)
        .bool("grantDiscountEnabled", OPTIONAL)
        .integer("quantity", OPTIONAL, fromOne ? 1 : 0, 1_000_000);
  }

  private EmulatorResponse create(Call call) {
    Input body = call.body();
    fields(REQUIRED, OPTIONAL, body).id("feeId", OPTIONAL, Kind.FEES);
    rules.check(body, body.columns(), body.columns());
    ObjectNode columns = body.done();
    Row priced =
        columns.has("feeId")
            ? call.visible(Kind.FEES, columns.path("feeId").asText(), 404)
            : call.visible(Kind.METRICS, columns.path("billableMetricId").asText(), 404);
    prepare(call, columns);
    ObjectNode complete =
        Store.object()
            .put("model", "standard")
            .put("grantDiscountEnabled", false)
            .put("quantity", 1)
            .put("merchantId", priced.merchant());
    complete.putArray("features");
    complete.setAll(columns);
    return show(201, store.insert(Kind.PRICES, priced.merchant(), complete));
  }

  private EmulatorResponse patch(Call call) {
    Row row = call.target(Kind.PRICES);
    Input body = call.body();
    fields(OPTIONAL, NULLABLE, body);
    ObjectNode merged = row.body().deepCopy();
    merged.setAll(body.columns());
    rules.check(body, merged, body.columns());
    ObjectNode changes = body.done();
    if (changes.has("billableMetricId")) {
      call.visible(Kind.METRICS, changes.path("billableMetricId").asText(), 404);
    }
    block(row, changes);
    prepare(call, changes);
    return show(200, store.update(Kind.PRICES, row, changes));
  }

  /** A feature becomes the list that is shown; properties lose what is not theirs. */
  private void prepare(Call call, ObjectNode columns) {
    if (columns.has("pricingUnitId") && !columns.path("pricingUnitId").isNull()) {
      call.visible(Kind.UNITS, columns.path("pricingUnitId").asText(), 404);
    }
    if (columns.path("properties").has("unitPrice")) {
      ObjectNode kept = Store.object();
      kept.put("unitPrice", rules.spelled(columns.path("properties").path("unitPrice").asText()));
      columns.set("properties", kept);
    }
    if (columns.has("feature")) {
      ArrayNode features = Store.array();
      if (columns.path("feature") instanceof ObjectNode wanted) {
        features.add(rules.carried(call, wanted));
      }
      columns.remove("feature");
      columns.set("features", features);
    }
  }

  private void block(Row row, ObjectNode changes) {
    boolean used =
        versions.plansListing(row.id()).stream()
            .anyMatch(plan -> Subscriptions.present(store, plan.id()) > 0);
    if (!used || store.doubts(PaygenticDoubt.NO_FIELD_IS_BLOCKED)) {
      return;
    }
    for (String field : BLOCKED) {
      boolean differs =
          changes.has(field)
              && !row.body().path(field).asText("").equals(changes.path(field).asText(""));
      if (differs && store.doubts(PaygenticDoubt.BLOCKED_FIELD_IS_DROPPED)) {
        changes.remove(field);
      } else if (differs) {
        throw Refusal.of(
            store.doubts(PaygenticDoubt.BLOCKED_FIELD_IS_A_CONFLICT) ? 409 : 400,
            field + " cannot change while there are subscribers",
            "PRICE_HAS_ACTIVE_SUBSCRIPTIONS");
      }
    }
  }

  private EmulatorResponse delete(Call call) {
    Row row = call.target(Kind.PRICES);
    if (store.doubts(PaygenticDoubt.LISTED_PRICE_IS_NOT_DELETED)
        && !versions.plansListing(row.id()).isEmpty()) {
      throw Refusal.of(400, "The price is listed in a plan", "PRICE_IN_USE");
    }
    store.update(Kind.PRICES, row, Store.object().put("_deleted", true));
    return EmulatorResponse.empty(204);
  }
}
