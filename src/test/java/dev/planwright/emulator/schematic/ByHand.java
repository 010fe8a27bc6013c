package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.COMPANIES;
import static dev.planwright.emulator.schematic.Store.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What people do in the console, in Stripe or by buying: no rate, no audit entry of a key. */
final class ByHand {
  private final Store store;
  private final Account account;
  private final Plans plans;
  private final Versions versions;
  private final BillingProducts products;
  private final Publishing publishing;
  private final Features features;
  private final Credits credits;
  private final Catalogs catalogs;

  ByHand(
      Store store,
      Account account,
      Plans plans,
      Versions versions,
      BillingProducts products,
      Publishing publishing,
      Features features,
      Credits credits,
      Catalogs catalogs) {
    this.store = store;
    this.account = account;
    this.plans = plans;
    this.versions = versions;
    this.products = products;
    this.publishing = publishing;
    this.features = features;
    this.credits = credits;
    this.catalogs = catalogs;
  }

  Account account() {
    return account;
  }

  Features features() {
    return features;
  }

  Credits credits() {
    return credits;
  }

  Catalogs catalogs() {
    return catalogs;
  }

  String addPlan(String environment, String name, String type) {
    ObjectNode body =
        Store.object().put("name", name).put("plan_type", type).put("description", "");
    return Store.text(plans.add(new Fields(body), environment), "id");
  }

  void setPrices(String plan, String environment, ObjectNode body) {
    products.upsert(row(PLANS, plan), environment, Optional.empty(), new Fields(body));
  }

  void publish(String plan, String environment) {
    publishing.publish(
        versions
            .draft(plan, environment)
            .orElseThrow(() -> new IllegalArgumentException("no draft of plan " + plan)));
  }

  String openDraft(String plan, String environment, String name) {
    ObjectNode version =
        versions.writable(plan, environment, Optional.empty(), Question.RenameOfPublished.IN_PLACE);
    if (!Store.is(version, "status", "draft")) {
      throw new IllegalArgumentException("edits are assumed to be in place: no draft is opened");
    }
    store.update(VERSIONS, version, Store.object().put("name", name));
    return Store.text(version, "id");
  }

  String subscribe(String plan, String environment, String currency, Cadence cadence) {
    ObjectNode version =
        versions
            .shown(plan, environment)
            .orElseThrow(() -> new IllegalArgumentException("nothing to subscribe to: " + plan));
    ObjectNode columns =
        Store.object()
            .put("plan_id", plan)
            .put("plan_version_id", Store.text(version, "id"))
            .put("environment_id", environment)
            .put("_currency", currency)
            .put("_cadence", cadence.name());
    products
        .price(version, currency, cadence.name())
        .ifPresent(it -> columns.put("_price", Store.text(it, "id")));
    return Store.text(store.insert(COMPANIES, columns), "id");
  }

  void deletePlan(String plan) {
    plans.remove(row(PLANS, plan));
  }

  void edit(Store.Kind kind, String id, String column, JsonNode value) {
    store.update(kind, row(kind, id), Store.object().set(column, value));
  }

  void editTexts(String plan, String environment, String column, String text) {
    ObjectNode columns = Store.object().put(column, text);
    store.update(PLANS, row(PLANS, plan), columns);
    store.update(VERSIONS, shown(plan, environment), columns);
  }

  void editTrial(String plan, String environment, int days) {
    ObjectNode version = shown(plan, environment);
    ObjectNode settings = BillingProducts.settings(version).deepCopy();
    settings.put("is_trialable", true).put("trial_days", days);
    store.update(VERSIONS, version, Store.object().set("_billing", settings));
  }

  private ObjectNode shown(String plan, String environment) {
    return versions
        .shown(plan, environment)
        .orElseThrow(() -> new IllegalArgumentException("no version of plan " + plan));
  }

  /** Somebody gives the product another price in Stripe: it comes back without a new version. */
  void editPrice(String plan, String environment, String currency, Cadence cadence, long amount) {
    ObjectNode version =
        versions
            .shown(plan, environment)
            .orElseThrow(() -> new IllegalArgumentException("no version of plan " + plan));
    ObjectNode settings = BillingProducts.settings(version).deepCopy();
    ObjectNode price =
        products.addPrice(
            row(PLANS, plan),
            environment,
            Store.text(settings, "product"),
            currency,
            cadence,
            amount);
    settings
        .withObject("/prices/" + currency)
        .putObject(cadence.name())
        .put("id", Store.text(price, "id"))
        .put("amount", amount);
    store.update(VERSIONS, version, Store.object().set("_billing", settings));
  }

  void editUsagePrice(String entitlement, String currency, Cadence cadence, String decimal) {
    ObjectNode row = row(ENTITLEMENTS, entitlement).deepCopy();
    if (row.path("_prices").path(currency).get(cadence.name()) instanceof ObjectNode price) {
      price.put("price_decimal", decimal).put("id", store.newId("bprice"));
      store.put(ENTITLEMENTS, row);
      return;
    }
    throw new IllegalArgumentException(
        "entitlement %s has no price in %s %s".formatted(entitlement, currency, cadence));
  }

  /** A price as it is imported from Stripe, with its product. */
  ObjectNode importPrice(String environment, String currency, Cadence cadence, long amount) {
    String product = products.addProduct("", environment, "imported");
    ObjectNode price =
        products.addPrice(
            Store.object().put("id", ""), environment, product, currency, cadence, amount);
    return Store.object().put("product", product).put("price", Store.text(price, "id"));
  }

  ObjectNode row(Store.Kind kind, String id) {
    return store
        .find(kind, id)
        .orElseThrow(() -> new IllegalArgumentException("no row " + id + " in " + kind));
  }
}
