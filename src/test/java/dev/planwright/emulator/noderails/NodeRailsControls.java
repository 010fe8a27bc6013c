package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.Store.Kind.APPS;
import static dev.planwright.emulator.noderails.Store.Kind.KEYS;
import static dev.planwright.emulator.noderails.Store.Kind.MERCHANTS;
import static dev.planwright.emulator.noderails.Store.Kind.PLANS;
import static dev.planwright.emulator.noderails.Store.Kind.PRICES;
import static dev.planwright.emulator.noderails.Store.Kind.SUBSCRIPTIONS;
import static dev.planwright.emulator.noderails.Store.Kind.TAX_RATES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a test does to the server, or looks up in it, behind the API's back. */
public final class NodeRailsControls {
  /** How many rows there are over all merchants: for finding what was left behind. */
  public record Counts(
      int plans, int activePlans, int prices, int activePrices, int taxRates, int subscriptions) {}

  private final Object lock;
  private final Store store;
  private final ProductPlans plans;
  private final Prices prices;
  private final TaxRates taxRates;
  private final Subscriptions subscriptions;
  private final Renewals renewals;

  NodeRailsControls(
      Object lock,
      Store store,
      ProductPlans plans,
      Prices prices,
      TaxRates taxRates,
      Subscriptions subscriptions,
      Renewals renewals) {
    this.lock = lock;
    this.store = store;
    this.plans = plans;
    this.prices = prices;
    this.taxRates = taxRates;
    this.subscriptions = subscriptions;
    this.renewals = renewals;
  }

  void addFirstMerchant() {
    store.put(MERCHANTS, Store.object().put("id", NodeRailsEmulator.MERCHANT));
    putApp(NodeRailsEmulator.TEST_APP, NodeRailsEmulator.MERCHANT, "Shop (test)", "TEST");
    putApp(NodeRailsEmulator.PRODUCTION_APP, NodeRailsEmulator.MERCHANT, "Shop", "PRODUCTION");
    putKey(NodeRailsEmulator.TEST_KEY, NodeRailsEmulator.MERCHANT, "TEST");
    putKey(NodeRailsEmulator.LIVE_KEY, NodeRailsEmulator.MERCHANT, "PRODUCTION");
  }

  // ---- switches and troubles ----------------------------------------------------------------

  /** Gives the less likely answer to a question from now on, or the likely one again. */
  public void set(Switch question, boolean on) {
    synchronized (lock) {
      if (on) {
        store.switches().add(question);
      } else {
        store.switches().remove(question);
      }
    }
  }

  /** From now on a listing lies, or tells the truth again. */
  public void breakListing(Listing listing, ListingFault fault) {
    synchronized (lock) {
      store.troubles().set(listing, fault);
    }
  }

  /** After each of the next pages of plans somebody else creates one, which shifts what follows. */
  public void strangersCreateWhileListing(int count) {
    synchronized (lock) {
      store.troubles().setStrangers(count);
    }
  }

  /** The next requests are answered with 429, whatever they are; nothing of them is kept. */
  public void refuseAsTooMany(int requests, Duration retryAfter) {
    synchronized (lock) {
      store.troubles().setTooMany(requests, retryAfter.toSeconds());
    }
  }

  /** From now on the subscriptions cannot be read (403), or can again. */
  public void hideSubscriptions(boolean hidden) {
    synchronized (lock) {
      store.troubles().setSubscriptionsHidden(hidden);
    }
  }

  /** A request with this idempotency key is under way: others wait, a minute at most. */
  public void lockIdempotencyKey(String key) {
    synchronized (lock) {
      store.locks().put(key, store.now());
    }
  }

  /** All kept answers are forgotten, as after a day. */
  public void forgetIdempotencyKeys() {
    synchronized (lock) {
      store.answers().clear();
      store.locks().clear();
    }
  }

  // ---- merchants, apps, keys ----------------------------------------------------------------

  /** Adds a merchant without app and key. Gives its id. */
  public String addMerchant() {
    synchronized (lock) {
      return id(store.insert(MERCHANTS, Store.object()));
    }
  }

  /** A suspended merchant reads, and writes nothing. */
  public void suspend(String merchant, boolean suspended) {
    synchronized (lock) {
      store.update(MERCHANTS, row(MERCHANTS, merchant), Store.object().put("suspended", suspended));
    }
  }

  /**
   * Adds an app. Gives its id.
   *
   * @param environment TEST or PRODUCTION
   */
  public String addApp(String merchant, String name, String environment) {
    synchronized (lock) {
      String id = store.newId();
      putApp(id, merchant, name, environment);
      return id;
    }
  }

  /**
   * Adds a key of a merchant. Gives the key.
   *
   * @param environment TEST or PRODUCTION
   * @param kind {@code sk} for a secret key, {@code pk} for a publishable one, refused everywhere
   */
  public String addKey(String merchant, String environment, String kind) {
    synchronized (lock) {
      String prefix = environment.equals("TEST") ? "nr_test_" : "nr_live_";
      String key = prefix + kind + "_" + store.newId().replace("-", "");
      putKey(key, merchant, environment);
      return key;
    }
  }

  /** From now on the key is refused. */
  public void revokeKey(String key) {
    synchronized (lock) {
      store.where(KEYS, "key", key).forEach(row -> store.remove(KEYS, id(row)));
    }
  }

  // ---- by hand in the dashboard -------------------------------------------------------------

  /** Somebody makes a plan without prices. Gives its id. */
  public String makePlan(String app, String name, String planType, JsonNode metadata) {
    synchronized (lock) {
      row(APPS, app);
      ObjectNode given = Store.object().put("name", name).put("planType", planType);
      given.set("metadata", metadata.deepCopy());
      return id(plans.insert(app, given));
    }
  }

  /**
   * Somebody makes a price. Gives its id.
   *
   * @param amount in major units, such as {@code 29.90}
   * @param interval one of the API's intervals, or "" for a price that is paid once
   */
  public String makePrice(
      String plan, String amount, String currency, String interval, JsonNode metadata) {
    synchronized (lock) {
      ObjectNode given = Store.object().put("amount", amount).put("currency", currency);
      if (!interval.isEmpty()) {
        given.put("billingInterval", interval);
      }
      given.set("metadata", metadata.deepCopy());
      return id(prices.insert(row(PLANS, plan), given));
    }
  }

  /** Somebody makes a tax rate, in percent. Gives its id. */
  public String makeTaxRate(String merchant, String name, BigDecimal percent, boolean inclusive) {
    synchronized (lock) {
      ObjectNode given = Store.object().put("displayName", name).put("percentage", percent);
      return id(taxRates.insert(merchant, given.put("inclusive", inclusive)));
    }
  }

  /** Somebody changes a column of a plan, even one that the API never changes. */
  public void editPlan(String plan, String column, JsonNode value) {
    edit(PLANS, plan, column, value);
  }

  /**
   * Somebody changes a column of a price, even one that the API never changes; an amount is a text
   * with two decimals.
   */
  public void editPrice(String price, String column, JsonNode value) {
    edit(PRICES, price, column, value);
  }

  /** Somebody changes a column of a tax rate; a percentage is a text with two decimals. */
  public void editTaxRate(String taxRate, String column, JsonNode value) {
    edit(TAX_RATES, taxRate, column, value);
  }

  /** A plan leaves the database with its prices; the API cannot do this. Subscriptions stay. */
  public void removePlan(String plan) {
    synchronized (lock) {
      store.where(PRICES, "productPlanId", plan).forEach(it -> store.remove(PRICES, id(it)));
      store.remove(PLANS, plan);
    }
  }

  /** A price leaves the database; the API cannot do this. Subscriptions stay. */
  public void removePrice(String price) {
    synchronized (lock) {
      store.remove(PRICES, price);
    }
  }

  // ---- subscriptions ------------------------------------------------------------------------

  /**
   * Somebody subscribes to a price, active or not. Gives the subscription's id.
   *
   * @param status one of CREATED, TRIALING, ACTIVE, PAST_DUE, PAUSED, CANCELLED
   */
  public String addSubscription(String price, String status) {
    synchronized (lock) {
      return id(subscriptions.insert(row(PRICES, price), status));
    }
  }

  /** The subscription's status becomes this one. */
  public void setStatus(String subscription, String status) {
    edit(SUBSCRIPTIONS, subscription, "status", Store.object().textNode(status));
  }

  /** The subscription leaves the database. */
  public void removeSubscription(String subscription) {
    synchronized (lock) {
      store.remove(SUBSCRIPTIONS, subscription);
    }
  }

  /** The next period of a subscription is due: it is charged, or its status says why not. */
  public Renewal renew(String subscription) {
    synchronized (lock) {
      return renewals.renew(row(SUBSCRIPTIONS, subscription));
    }
  }

  // ---- looking ------------------------------------------------------------------------------

  /** How many rows there are now. */
  public Counts counts() {
    synchronized (lock) {
      return new Counts(
          store.all(PLANS).size(),
          store.where(PLANS, Store::active).size(),
          store.all(PRICES).size(),
          store.where(PRICES, Store::active).size(),
          store.all(TAX_RATES).size(),
          store.all(SUBSCRIPTIONS).size());
    }
  }

  /** Every plan of every app in the order of creation, as the API shows it, with its prices. */
  public List<ObjectNode> plans() {
    synchronized (lock) {
      return store.all(PLANS).stream().map(plans::view).toList();
    }
  }

  /** The first plan whose metadata has this value, as the API shows it. */
  public Optional<ObjectNode> planWith(String metadataKey, String value) {
    return plans().stream()
        .filter(it -> it.path("metadata").path(metadataKey).asText("").equals(value))
        .findFirst();
  }

  /** A plan's prices as the API shows them. */
  public List<ObjectNode> prices(String plan) {
    synchronized (lock) {
      return prices.of(plan).stream().map(prices::view).toList();
    }
  }

  /** A subscription as the API shows it. */
  public ObjectNode subscription(String id) {
    synchronized (lock) {
      return subscriptions.view(row(SUBSCRIPTIONS, id));
    }
  }

  /** Every row there is, by table, with the columns that the API hides; and the switches. */
  public ObjectNode state() {
    synchronized (lock) {
      ObjectNode state = Store.object();
      for (Store.Kind kind : Store.Kind.values()) {
        ArrayNode rows = state.putArray(kind.name().toLowerCase(Locale.ROOT));
        store.all(kind).forEach(row -> rows.add(row.deepCopy()));
      }
      ArrayNode keys = state.putArray("idempotency_keys");
      store.answers().keySet().forEach(keys::add);
      ArrayNode on = state.putArray("switches");
      store.switches().forEach(question -> on.add(question.name()));
      return state;
    }
  }

  private void edit(Store.Kind kind, String id, String column, JsonNode value) {
    synchronized (lock) {
      store.update(kind, row(kind, id), Store.object().set(column, value));
    }
  }

  private void putApp(String id, String merchant, String name, String environment) {
    row(MERCHANTS, merchant);
    store.put(
        APPS,
        Store.object()
            .put("id", id)
            .put("merchantId", merchant)
            .put("name", name)
            .put("environment", environment));
  }

  private void putKey(String key, String merchant, String environment) {
    row(MERCHANTS, merchant);
    ObjectNode row = Store.object().put("id", store.newId()).put("key", key);
    store.put(KEYS, row.put("merchantId", merchant).put("environment", environment));
  }

  private ObjectNode row(Store.Kind kind, String id) {
    return store
        .find(kind, id)
        .orElseThrow(() -> new IllegalArgumentException("no row " + id + " in " + kind));
  }

  private static String id(ObjectNode row) {
    return Store.text(row, "id");
  }
}
