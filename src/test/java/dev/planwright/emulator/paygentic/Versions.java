package dev.planwright.emulator.paygentic;

import static dev.planwright.emulator.paygentic.Input.Need.OPTIONAL;
import static dev.planwright.emulator.paygentic.Input.Need.REQUIRED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.ArrayList;
import java.util.List;

/** Plan versions: everybody pays by the default one, so that a new one reprices everybody. */
final class Versions {
  private final Store store;
  private final PlanPrices planPrices;

  Versions(Store store) {
    this.store = store;
    this.planPrices = new PlanPrices(store);
  }

  void addTo(Router router) {
    router.add("POST", "/v0/plans/{id}/versions", this::mint);
    router.add("GET", "/v0/plans/{id}/versions", this::list);
    router.add(
        "GET",
        "/v0/plans/{id}/versions/{n}",
        call -> EmulatorResponse.json(200, full(plan(call), target(call, plan(call)))));
    router.add("PATCH", "/v0/plans/{id}/versions/{n}", this::transition);
  }

  private static Row plan(Call call) {
    return Plans.target(call);
  }

  private Row target(Call call, Row plan) {
    return of(plan.id()).stream()
        .filter(version -> version.text("versionNumber").equals(call.path("n")))
        .findFirst()
        .orElseThrow(() -> Refusal.of(404, "No version " + call.path("n") + " of " + plan.id()));
  }

  private List<Row> of(String planId) {
    return store.where(Kind.VERSIONS, version -> version.is("_plan", planId));
  }

  Row defaultOf(Row plan) {
    return store.row(Kind.VERSIONS, plan.text("defaultVersionId"));
  }

  /** The prices that count, in the order of the list. */
  List<Row> prices(Row version) {
    boolean deletedToo = store.doubts(PaygenticDoubt.DELETED_PRICE_IS_CHARGED);
    return version.texts("_prices").stream()
        .map(id -> store.row(Kind.PRICES, id))
        .filter(price -> deletedToo || !price.deleted())
        .toList();
  }

  /** Plans whose default version lists the price. */
  List<Row> plansListing(String priceId) {
    return store.where(Kind.PLANS, plan -> defaultOf(plan).texts("_prices").contains(priceId));
  }

  /** A new published version, which is the default at once. Gives the plan as it is then. */
  Row publish(Row plan, List<String> prices) {
    ObjectNode columns =
        Store.object()
            .put("versionNumber", of(plan.id()).size() + 1)
            .put("status", "published")
            .put("publishedAt", store.now())
            .put("_plan", plan.id());
    if (plan.body().has("defaultVersionId")) {
      columns.put("basedOnVersionId", plan.text("defaultVersionId"));
    }
    columns.set("_prices", Store.texts(prices));
    Row version = store.insert(Kind.VERSIONS, plan.merchant(), columns);
    return makeDefault(plan, version);
  }

  /** Changes what the default version lists, without a new one. */
  void rewrite(Row plan, List<String> prices) {
    ObjectNode changes = Store.object();
    changes.set("_prices", Store.texts(prices));
    store.update(Kind.VERSIONS, defaultOf(plan), changes);
    Subscriptions.versionChanged(store, this, plan);
  }

  private Row makeDefault(Row plan, Row version) {
    if (plan.body().has("defaultVersionId")
        && store.doubts(PaygenticDoubt.OLD_VERSION_IS_ARCHIVED)) {
      store.update(Kind.VERSIONS, defaultOf(plan), Store.object().put("status", "archived"));
    }
    Row changed =
        store.update(Kind.PLANS, plan, Store.object().put("defaultVersionId", version.id()));
    Subscriptions.versionChanged(store, this, changed);
    return changed;
  }

  private EmulatorResponse list(Call call) {
    Row plan = plan(call);
    return Pages.of(call, Kind.VERSIONS, of(plan.id()), version -> summary(plan, version));
  }

  private ObjectNode summary(Row plan, Row version) {
    ObjectNode shown = full(plan, version);
    shown.remove(List.of("prices", "updatedAt", "basedOnVersionId"));
    return shown;
  }

  private ObjectNode full(Row plan, Row version) {
    ObjectNode shown = store.view(Kind.VERSIONS, version);
    shown.remove("createdAt");
    shown.put("isDefault", plan.is("defaultVersionId", version.id()));
    shown.put("subscriptionCount", Subscriptions.counted(store, plan, version));
    ArrayNode prices = shown.putArray("prices");
    for (String id : version.texts("_prices")) {
      Row price = store.row(Kind.PRICES, id);
      prices.add(Prices.viewInPlan(store, price, plan).put("priceDeleted", price.deleted()));
    }
    return shown;
  }

  private EmulatorResponse mint(Call call) {
    Row plan = plan(call);
    Input body =
        call.closedBody()
            .ids("addPrices", OPTIONAL, Kind.PRICES)
            .ids("removePrices", OPTIONAL, Kind.PRICES)
            .objects("replacePrices", OPTIONAL);
    List<PlanPrices.Replacement> replaced = replacements(body);
    ObjectNode columns = body.done();
    List<String> added = texts(columns.path("addPrices"));
    List<String> removed = texts(columns.path("removePrices"));
    if (added.isEmpty() && removed.isEmpty() && replaced.isEmpty()) {
      throw Refusal.of(400, "Name at least one price to add, remove or replace");
    }
    store.faults().refuseIfAsked();
    boolean missing = store.doubts(PaygenticDoubt.UNKNOWN_PRICE_IS_NOT_FOUND);
    added.forEach(id -> call.visible(Kind.PRICES, id, missing ? 404 : 400));
    replaced.forEach(it -> call.visible(Kind.PRICES, it.with(), missing ? 404 : 400));
    List<String> after =
        planPrices.after(defaultOf(plan).texts("_prices"), added, removed, replaced);
    planPrices.check(plan, after);
    if (plan.body().path("stablePriceIds").asBoolean()) {
      List<String> versions = of(plan.id()).stream().map(Row::id).toList();
      for (PlanPrices.Replacement one : replaced) {
        planPrices.swapIds(one, versions);
        after.replaceAll(id -> id.equals(one.with()) ? one.replaces() : id);
      }
    }
    Row changed = publish(plan, after);
    return EmulatorResponse.json(201, full(changed, defaultOf(changed)));
  }

  private static List<PlanPrices.Replacement> replacements(Input body) {
    List<PlanPrices.Replacement> replacements = new ArrayList<>();
    for (JsonNode one : body.columns().path("replacePrices")) {
      ObjectNode pair =
          new Input((ObjectNode) one, true)
              .id("replacesPriceId", REQUIRED, Kind.PRICES)
              .id("withPriceId", REQUIRED, Kind.PRICES)
              .done();
      replacements.add(
          new PlanPrices.Replacement(
              pair.path("replacesPriceId").asText(), pair.path("withPriceId").asText()));
    }
    return replacements;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private EmulatorResponse transition(Call call) {
    Row plan = plan(call);
    Row version = target(call, plan);
    ObjectNode columns = call.closedBody().bool("default", REQUIRED).done();
    if (!columns.path("default").asBoolean()) {
      throw Refusal.invalid("default", "Only true can be asked for");
    }
    if (plan.is("defaultVersionId", version.id())) {
      return EmulatorResponse.json(200, full(plan, version));
    }
    store.faults().refuseIfAsked();
    if (!version.is("status", "published")) {
      throw Refusal.of(409, "The version is " + version.text("status"), "VERSION_NOT_PUBLISHED");
    }
    Row changed = makeDefault(plan, version);
    return EmulatorResponse.json(200, full(changed, defaultOf(changed)));
  }
}
