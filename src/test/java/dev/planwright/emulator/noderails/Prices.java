package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.Store.Kind.PLANS;
import static dev.planwright.emulator.noderails.Store.Kind.PRICES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** Prices of a plan: several currencies and intervals side by side, none of them unique. */
final class Prices {
  private static final List<String> INTERVALS = List.of("MINUTE", "DAY", "WEEK", "MONTH", "YEAR");

  private final Store store;
  private final Access access;

  Prices(Store store, Access access) {
    this.store = store;
    this.access = access;
  }

  /** A plan's prices by {@code sortOrder}, inactive ones too; ties come in any order. */
  List<ObjectNode> of(String plan) {
    return store.unordered(store.where(PRICES, "productPlanId", plan)).stream()
        .sorted(Comparator.comparingLong(price -> price.path("sortOrder").asLong()))
        .toList();
  }

  /** Takes over the fields of a new price. */
  Body read(Body body) {
    body.required("amount")
        .amount("amount")
        .text("currency", 0, 10)
        .choice("billingInterval", INTERVALS)
        .integer("billingIntervalCount", 1)
        .integer("trialPeriodDays", 0)
        .text("nickname", 0, 100)
        .integer("sortOrder", 0)
        .flag("isDefault")
        .object("metadata");
    return body;
  }

  /** Notes what is wrong with a price's interval on a plan of that type. */
  void readInterval(Body body, String planType) {
    String interval = body.peek("billingInterval").map(JsonNode::asText).orElse("");
    if (planType.equals("SUBSCRIPTION") && !body.has("billingInterval")) {
      body.issue("billingInterval", "billingInterval is required for SUBSCRIPTION plans");
    }
    if (interval.equals("MINUTE") && !store.on(Switch.MINUTE_INTERVALS_ARE_ALLOWED)) {
      body.issue("billingInterval", "MINUTE intervals are not enabled");
    }
  }

  /** Writes a new price of a plan, with what the fields leave out. */
  ObjectNode insert(ObjectNode plan, ObjectNode given) {
    return store.insert(PRICES, columns(plan, given));
  }

  /** The row to be: a 500 comes from here, before anything is written. */
  ObjectNode columns(ObjectNode plan, ObjectNode given) {
    ObjectNode columns = Store.object();
    columns.put("productPlanId", Store.text(plan, "id"));
    columns.put("appId", Store.text(plan, "appId"));
    columns.put("amount", Decimals.stored(new BigDecimal(Store.text(given, "amount"))));
    columns.put("currency", given.path("currency").asText("USD"));
    columns.set("billingInterval", given.get("billingInterval"));
    columns.put("billingIntervalCount", given.path("billingIntervalCount").asInt(1));
    columns.put("trialPeriodDays", given.path("trialPeriodDays").asInt(0));
    columns.set("nickname", given.get("nickname"));
    columns.put("sortOrder", given.path("sortOrder").asInt(0));
    columns.put("isDefault", given.path("isDefault").asBoolean(false));
    columns.put("isActive", true);
    columns.set("metadata", ProductPlans.metadata(given, store));
    return columns;
  }

  /** A price as answers show it. */
  ObjectNode view(ObjectNode price) {
    ObjectNode shown = price.deepCopy();
    return shown.put("amount", Decimals.shown(Store.text(price, "amount"), store));
  }

  EmulatorResponse create(Call call) {
    Body body = read(call.body());
    body.check();
    ObjectNode plan = access.plan(call);
    readInterval(body, Store.text(plan, "planType"));
    ObjectNode price = insert(plan, body.check());
    touch(plan);
    return Answers.created(view(price));
  }

  /** Changes the amount in place, for everybody who pays it; currency and interval stay. */
  EmulatorResponse update(Call call) {
    ObjectNode changes =
        call.body()
            .amount("amount")
            .text("nickname", 0, 100)
            .integer("sortOrder", 0)
            .flag("isDefault")
            .flag("isActive")
            .integer("trialPeriodDays", 0)
            .check();
    ObjectNode plan = access.plan(call);
    ObjectNode price = find(call, plan);
    if (changes.has("amount")) {
      changes.put("amount", Decimals.stored(new BigDecimal(Store.text(changes, "amount"))));
    }
    ObjectNode changed = store.update(PRICES, price, changes);
    touch(plan);
    return Answers.ok(view(changed));
  }

  /** Deletes nothing: the price becomes inactive, whoever pays it. */
  EmulatorResponse delete(Call call) {
    ObjectNode plan = access.plan(call);
    ObjectNode price = find(call, plan);
    store.update(PRICES, price, Store.object().put("isActive", false));
    touch(plan);
    return store.on(Switch.PRICE_DELETE_ANSWERS_204)
        ? EmulatorResponse.empty(204)
        : Answers.ok(Store.object().put("deactivated", true));
  }

  private ObjectNode find(Call call, ObjectNode plan) {
    access.refuseMalformed(call.segment(3));
    return store
        .find(PRICES, call.segment(3))
        .filter(price -> Store.text(price, "productPlanId").equals(Store.text(plan, "id")))
        .orElseThrow(() -> Refusal.notFound("Price"));
  }

  private void touch(ObjectNode plan) {
    if (store.on(Switch.PLAN_UPDATED_AT_MOVES_WITH_ITS_PRICES)) {
      store.update(PLANS, plan, Store.object());
    }
  }
}
