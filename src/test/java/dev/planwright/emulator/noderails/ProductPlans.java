package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.Store.Kind.APPS;
import static dev.planwright.emulator.noderails.Store.Kind.PLANS;
import static dev.planwright.emulator.noderails.Store.Kind.TAX_RATES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;

/** Plans: nothing about them is unique, none is ever deleted, and some fields never change. */
final class ProductPlans {
  private static final List<String> TYPES = List.of("ONE_TIME", "SUBSCRIPTION");

  private final Store store;
  private final Access access;
  private final Prices prices;
  private final TaxRates taxRates;

  ProductPlans(Store store, Access access, Prices prices, TaxRates taxRates) {
    this.store = store;
    this.access = access;
    this.prices = prices;
    this.taxRates = taxRates;
  }

  /** Metadata as given; what nobody gave is usually an empty object. */
  static JsonNode metadata(ObjectNode given, Store store) {
    if (given.has("metadata")) {
      return given.path("metadata");
    }
    return store.on(Switch.METADATA_DEFAULTS_TO_NULL)
        ? JsonNodeFactory.instance.nullNode()
        : Store.object();
  }

  EmulatorResponse create(Call call) {
    Body body = fields(call.body().required("appId", "name", "prices").uuid("appId"));
    body.choice("planType", TYPES).uuid("taxRateId");
    List<Body> readers = body.objects("prices", 1);
    String type = body.peek("planType").map(JsonNode::asText).orElse("ONE_TIME");
    readers.forEach(reader -> prices.readInterval(prices.read(reader), type));
    ObjectNode given = body.check();
    List<ObjectNode> givenPrices = readers.stream().map(Body::check).toList();
    ObjectNode app = access.app(call.caller(), Store.text(given, "appId"));
    refuseUnlinkable(call, given, "");
    // The transaction: what cannot be stored is found before anything is.
    givenPrices.forEach(price -> prices.columns(Store.object(), price));
    ObjectNode plan = insert(Store.text(app, "id"), given);
    givenPrices.forEach(price -> prices.insert(plan, price));
    return Answers.created(view(plan));
  }

  /** Writes a new plan, with what the fields leave out. */
  ObjectNode insert(String app, ObjectNode given) {
    ObjectNode columns = Store.object().put("appId", app).put("name", Store.text(given, "name"));
    columns.set("description", described(given).get("description"));
    columns.set("imageUrl", given.get("imageUrl"));
    columns.put("planType", given.path("planType").asText("ONE_TIME"));
    columns.set("taxRateId", given.get("taxRateId"));
    columns.put("isActive", true);
    columns.set("metadata", metadata(given, store));
    return store.insert(PLANS, columns);
  }

  EmulatorResponse list(Call call) {
    ObjectNode query =
        Body.ofQuery(call.request())
            .uuid("appId")
            .choice("planType", TYPES)
            .count("page", 1, Integer.MAX_VALUE)
            .count("pageSize", 1, 100)
            .check();
    List<String> apps = access.appsInReach(call.caller());
    String type = Store.text(query, "planType");
    List<ObjectNode> rows =
        store.where(
            PLANS,
            plan ->
                apps.contains(Store.text(plan, "appId"))
                    && Lists.ofApp(plan, query, store)
                    && (type.isEmpty() || Store.text(plan, "planType").equals(type)));
    EmulatorResponse page = Lists.page(query, rows, this::view, store.troubles().of(Listing.PLANS));
    if (!apps.isEmpty() && store.troubles().takeStranger()) {
      String app = query.path("appId").asText(apps.getFirst());
      insert(app, Store.object().put("name", "A stranger's plan").put("planType", "SUBSCRIPTION"));
    }
    return page;
  }

  EmulatorResponse get(Call call) {
    ObjectNode plan = access.plan(call);
    ObjectNode shown = view(plan);
    ObjectNode app = Store.object();
    store
        .find(APPS, Store.text(plan, "appId"))
        .ifPresent(
            row ->
                List.of("id", "merchantId", "name", "environment")
                    .forEach(column -> app.set(column, row.get(column))));
    shown.set("app", app);
    return Answers.ok(shown);
  }

  /** App and type are dropped like every unknown field: the answer is a 200 all the same. */
  EmulatorResponse update(Call call) {
    Body body = fields(call.body()).uuidOrNull("taxRateId").flag("isActive");
    ObjectNode changes = body.check();
    ObjectNode plan = access.plan(call);
    refuseUnlinkable(call, changes, Store.text(plan, "taxRateId"));
    return Answers.ok(view(store.update(PLANS, plan, described(changes))));
  }

  /** A plan as answers show it, with its prices and its tax rate. */
  ObjectNode view(ObjectNode plan) {
    ObjectNode shown = plan.deepCopy();
    var list = shown.putArray("prices");
    prices.of(Store.text(plan, "id")).forEach(price -> list.add(prices.view(price)));
    shown.set("taxRate", JsonNodeFactory.instance.nullNode());
    store
        .find(TAX_RATES, Store.text(plan, "taxRateId"))
        .ifPresent(rate -> shown.set("taxRate", taxRates.view(rate)));
    return shown;
  }

  private static Body fields(Body body) {
    return body.text("name", 1, 255)
        .text("description", 0, 2000)
        .url("imageUrl")
        .object("metadata");
  }

  private ObjectNode described(ObjectNode given) {
    boolean cleared = given.has("description") && Store.text(given, "description").isEmpty();
    return cleared && store.on(Switch.EMPTY_DESCRIPTION_BECOMES_NULL)
        ? given.deepCopy().putNull("description")
        : given;
  }

  /** An archived rate cannot be linked anew; a link from before stays. */
  private void refuseUnlinkable(Call call, ObjectNode given, String linked) {
    if (given.path("taxRateId").isTextual()) {
      ObjectNode rate = access.taxRate(call.caller(), Store.text(given, "taxRateId"));
      boolean again =
          store.on(Switch.LINKED_RATES_MAY_BE_SENT_AGAIN) && Store.text(rate, "id").equals(linked);
      if (!Store.active(rate) && !again) {
        throw Refusal.invalid("Tax rate is not active");
      }
    }
  }
}
