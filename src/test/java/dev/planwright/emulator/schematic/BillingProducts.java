package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.PRICES;
import static dev.planwright.emulator.schematic.Store.Kind.PRODUCTS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Base prices and trial of a version. A price never changes: another amount is another price with
 * another id. The product is one for all versions of a plan in an environment.
 */
final class BillingProducts {
  private final Store store;
  private final Versions versions;
  private final Troubles troubles;

  BillingProducts(Store store, Versions versions, Troubles troubles) {
    this.store = store;
    this.versions = versions;
    this.troubles = troubles;
  }

  /** The settings of a version that nobody has set. */
  static ObjectNode unset() {
    ObjectNode billing =
        Store.object()
            .put("charge_type", "none")
            .put("billing_strategy", "no_billing")
            .put("is_trialable", false);
    billing.putObject("prices");
    return billing;
  }

  static ObjectNode settings(ObjectNode version) {
    return (ObjectNode) version.get("_billing");
  }

  /** Writes the settings to the version that such a write changes, and gives that version. */
  ObjectNode upsert(ObjectNode plan, String environment, Optional<String> named, Fields body) {
    String id = Store.text(plan, "id");
    Optional<ObjectNode> edited = versions.edited(id, environment, named);
    ObjectNode before = edited.map(BillingProducts::settings).orElseGet(BillingProducts::unset);
    BillingInput input = BillingInput.read(body, store, before);
    if (input.isPaid() && !input.strategy().equals("no_billing")) {
      troubles.callStripe(store, environment);
    }
    ObjectNode after = settings(plan, environment, input, before);
    if (edited.isPresent()
        && after.equals(before)
        && store.holds(Question.EqualWrite.DOES_NOTHING)) {
      return edited.get();
    }
    ObjectNode version =
        versions.writable(id, environment, named, Question.PriceEditOfPublished.IN_PLACE);
    return store.update(VERSIONS, version, Store.object().set("_billing", after));
  }

  private ObjectNode settings(
      ObjectNode plan, String environment, BillingInput input, ObjectNode before) {
    ObjectNode after =
        Store.object()
            .put("charge_type", input.chargeType())
            .put("billing_strategy", input.strategy())
            .put("is_trialable", input.isTrialable())
            .put("currency", input.currency());
    input.trialDays().ifPresent(days -> after.put("trial_days", days));
    boolean billed = !input.strategy().equals("no_billing");
    String product = billed ? product(plan, environment, input) : "";
    after.put("product", product);
    ObjectNode prices = after.putObject("prices");
    input
        .prices()
        .forEach(
            (currency, amounts) -> {
              ObjectNode row = prices.putObject(currency);
              amounts.forEach(
                  (cadence, amount) -> {
                    JsonNode old = before.path("prices").path(currency).path(cadence.name());
                    boolean same =
                        old.path("amount").isNumber() && old.path("amount").longValue() == amount;
                    row.set(
                        cadence.name(),
                        same
                            ? old
                            : reference(
                                addPrice(plan, environment, product, currency, cadence, amount)));
                  });
            });
    input.linked().forEach((cadence, id) -> link(prices, environment, cadence, id));
    return after;
  }

  private String product(ObjectNode plan, String environment, BillingInput input) {
    if (input.product().isPresent()) {
      return store
          .find(PRODUCTS, input.product().get())
          .filter(Store.in(environment))
          .map(it -> Store.text(it, "id"))
          .orElseThrow(() -> Refusal.missing("billing product"));
    }
    String id = Store.text(plan, "id");
    return store.ofPlan(PRODUCTS, id, Store.in(environment)).stream()
        .findFirst()
        .map(it -> Store.text(it, "id"))
        .orElseGet(() -> addProduct(id, environment, Store.text(plan, "name")));
  }

  String addProduct(String plan, String environment, String name) {
    ObjectNode columns =
        Store.object()
            .put("plan_id", plan)
            .put("account_id", Account.ID)
            .put("environment_id", environment)
            .put("external_id", store.newId("prod"))
            .put("is_active", true)
            .put("name", name)
            .put("price", 0)
            .put("quantity", 1)
            .put("provider_type", provider(environment));
    return Store.text(store.insert(PRODUCTS, columns), "id");
  }

  ObjectNode addPrice(
      ObjectNode plan,
      String environment,
      String product,
      String currency,
      Cadence cadence,
      long amount) {
    ObjectNode columns =
        Store.object()
            .put("plan_id", Store.text(plan, "id"))
            .put("environment_id", environment)
            .put("_product", product)
            .put("_cadence", cadence.name())
            .put("_active", true)
            .put("currency", currency)
            .put("external_price_id", store.newId("price"))
            .put("interval", cadence.interval())
            .put("interval_count", cadence.count())
            .put("price", amount)
            .put("price_decimal", wholeDecimal(amount))
            .put("provider_type", provider(environment))
            .put("scheme", "per_unit");
    return store.insert(PRICES, columns);
  }

  @SuppressWarnings("NullAway") // a JSON null is meant
  private String wholeDecimal(long amount) {
    return store.holds(Question.WholePriceDecimal.GIVEN) ? String.valueOf(amount) : null;
  }

  private String provider(String environment) {
    return troubles.withoutStripe.contains(environment) ? "schematic" : "stripe";
  }

  private static ObjectNode reference(ObjectNode price) {
    ObjectNode reference = Store.object().put("id", Store.text(price, "id"));
    reference.set("amount", price.get("price"));
    return reference;
  }

  private void link(ObjectNode prices, String environment, Cadence cadence, String id) {
    ObjectNode price =
        store
            .find(PRICES, id)
            .filter(Store.in(environment))
            .filter(it -> Store.is(it, "_cadence", cadence.name()))
            .orElseThrow(() -> Refusal.missing("billing price"));
    ObjectNode row = prices.withObject("/" + Store.text(price, "currency"));
    row.set(cadence.name(), reference(price));
  }

  /** The price of a version in a currency, for a cadence by its name. */
  Optional<ObjectNode> price(ObjectNode version, String currency, String cadence) {
    JsonNode reference = settings(version).path("prices").path(currency).path(cadence);
    return store.find(PRICES, Store.text(reference, "id"));
  }

  Optional<ObjectNode> product(ObjectNode version) {
    return store.find(PRODUCTS, Store.text(settings(version), "product"));
  }

  /** Prices of an archived version that its successor does not share are no longer sold. */
  void retirePrices(ObjectNode archived, ObjectNode successor) {
    Set<String> shared = priceIds(successor);
    priceIds(archived).stream().filter(id -> !shared.contains(id)).forEach(id -> mark(id, false));
  }

  void revivePrices(ObjectNode version) {
    priceIds(version).forEach(id -> mark(id, true));
  }

  private void mark(String id, boolean active) {
    store
        .find(PRICES, id)
        .ifPresent(it -> store.update(PRICES, it, Store.object().put("_active", active)));
  }

  private static Set<String> priceIds(ObjectNode version) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode currency : settings(version).path("prices")) {
      currency.forEach(price -> ids.add(Store.text(price, "id")));
    }
    return ids;
  }

  static ObjectNode priceView(ObjectNode price) {
    ObjectNode view = Store.shown(price);
    view.remove(java.util.List.of("plan_id", "environment_id", "created_at", "updated_at"));
    return view;
  }

  /** The answer of the call that sets prices: it names no quarterly price. */
  ObjectNode view(ObjectNode plan, ObjectNode version) {
    ObjectNode settings = settings(version);
    ObjectNode view =
        Store.object()
            .put("account_id", Account.ID)
            .put("billing_product_id", Store.text(settings, "product"))
            .put("billing_strategy", Store.text(settings, "billing_strategy"))
            .put("charge_type", Store.text(settings, "charge_type"))
            .put("controlled_by", Store.text(plan, "_controlled_by"))
            .put("environment_id", Store.text(version, "environment_id"))
            .put("plan_id", Store.text(plan, "id"));
    view.set("is_trialable", settings.get("is_trialable"));
    if (settings.has("trial_days")) {
      view.set("trial_days", settings.get("trial_days"));
    }
    JsonNode prices = settings.path("prices").path(Store.text(settings, "currency"));
    Map.of(
            Cadence.MONTHLY, "monthly_price_id",
            Cadence.YEARLY, "yearly_price_id",
            Cadence.ONE_TIME, "one_time_price_id")
        .forEach(
            (cadence, name) -> {
              if (prices.has(cadence.name())) {
                view.put(name, Store.text(prices.path(cadence.name()), "id"));
              }
            });
    return view;
  }
}
