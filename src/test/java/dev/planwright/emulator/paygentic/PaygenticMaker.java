package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.paygentic.PaygenticEmulator.Environment;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.List;

/** Makes objects behind the API's back; each method gives the new object's id. */
public final class PaygenticMaker {
  /** A new organisation's id and its key. */
  public record Access(String merchantId, String key) {}

  private final Object lock;
  private final Store store;
  private final Environment environment;
  private final Versions versions;

  PaygenticMaker(Object lock, Store store, Environment environment, Versions versions) {
    this.lock = lock;
    this.store = store;
    this.environment = environment;
    this.versions = versions;
  }

  // ---- organisations, keys, what the API cannot make
  // -----------------------------------------------

  /** Adds an organisation with one key. */
  public Access merchant(String name, String... currencies) {
    synchronized (lock) {
      ObjectNode columns = Store.object().put("name", name);
      columns.set("_currencies", Store.texts(List.of(currencies)));
      String id = store.insert(Kind.ORGANIZATIONS, "", columns).id();
      return new Access(id, key(id));
    }
  }

  /** Adds a key whose user may do everything in these organisations. */
  public String key(String... merchants) {
    return key(true, List.of(merchants));
  }

  /** Adds a key whose user may only read. */
  public String readOnlyKey(String... merchants) {
    return key(false, List.of(merchants));
  }

  private String key(boolean writes, List<String> merchants) {
    synchronized (lock) {
      String id = store.newId(Kind.KEYS);
      String key = environment.keyPrefix() + id.substring(id.indexOf('_') + 1);
      ObjectNode body = Store.object().put("_writes", writes).put("_revoked", false);
      body.set("_merchants", Store.texts(merchants));
      store.put(Kind.KEYS, new Row(key, merchants.getFirst(), body));
      return key;
    }
  }

  /** Adds a pricing unit, in which prices may be charged and credits given. */
  public String pricingUnit(String merchant, String name) {
    return insert(Kind.UNITS, merchant, Store.object().put("name", name));
  }

  /** Adds an item of a product. */
  public String item(String product) {
    return insert(Kind.ITEMS, store.row(Kind.PRODUCTS, product).merchant(), of(product));
  }

  // ---- what somebody makes by hand
  // ------------------------------------------------------------------

  /** Somebody makes a product. */
  public String product(String merchant, String name) {
    ObjectNode columns = Store.object().put("name", name).put("description", name);
    columns.put("merchantId", merchant).putObject("metadata");
    return insert(Kind.PRODUCTS, merchant, columns);
  }

  /** Somebody makes a metric; one that sums sums {@code $.value}. */
  public String metric(String product, String name, String aggregation) {
    ObjectNode columns = of(product).put("name", name).put("description", name).put("unit", "unit");
    columns.put("aggregation", aggregation).put("valueProperty", "$.value");
    return insert(Kind.METRICS, columns.path("merchantId").asText(), columns);
  }

  /** Somebody makes a feature of type {@code metered}, {@code static} or {@code boolean}. */
  public String feature(String product, String key, String type) {
    ObjectNode columns = of(product).put("key", key).put("name", key).put("type", type);
    columns.putObject("metadata");
    return insert(Kind.FEATURES, columns.path("merchantId").asText(), columns);
  }

  /** Somebody makes a fee. */
  public String fee(String product, String name, String description) {
    ObjectNode columns = of(product).put("name", name).put("description", description);
    return insert(Kind.FEES, columns.path("merchantId").asText(), columns);
  }

  /** Somebody makes a price of a fee, in advance. */
  public String feePrice(String fee, String name, String cadence, String unitPrice) {
    ObjectNode columns = price(store.row(Kind.FEES, fee), name, "in_advance");
    columns.put("feeId", fee).put("billingCadence", cadence);
    columns.putObject("properties").put("unitPrice", unitPrice);
    return insert(Kind.PRICES, columns.path("merchantId").asText(), columns);
  }

  /** Somebody makes a price of a metric, in arrears. */
  public String usagePrice(String metric, String name, String unitPrice) {
    ObjectNode columns = price(store.row(Kind.METRICS, metric), name, "in_arrears");
    columns.put("billableMetricId", metric);
    columns.putObject("properties").put("unitPrice", unitPrice);
    return insert(Kind.PRICES, columns.path("merchantId").asText(), columns);
  }

  /** A price of a metric is there from the time of the legacy models. */
  public String legacyPrice(String metric, String name, String model, ObjectNode properties) {
    ObjectNode columns = price(store.row(Kind.METRICS, metric), name, "in_arrears");
    columns.put("billableMetricId", metric).put("model", model);
    columns.set("properties", properties.deepCopy());
    return insert(Kind.PRICES, columns.path("merchantId").asText(), columns);
  }

  /** Somebody makes a monthly plan with these prices. */
  public String plan(String product, String name, String currency, String... prices) {
    synchronized (lock) {
      ObjectNode columns = of(product).put("name", name).put("currency", currency);
      ObjectNode complete = Plans.withDefaults(columns);
      Row plan = store.insert(Kind.PLANS, complete.path("merchantId").asText(), complete);
      return versions.publish(plan, List.of(prices)).id();
    }
  }

  private ObjectNode of(String product) {
    String merchant = store.row(Kind.PRODUCTS, product).merchant();
    return Store.object().put("merchantId", merchant).put("productId", product);
  }

  private static ObjectNode price(Row priced, String name, String term) {
    ObjectNode columns = Store.object().put("merchantId", priced.merchant());
    columns.put("invoiceDisplayName", name).put("paymentTerm", term).put("model", "standard");
    columns.put("quantity", 1).put("grantDiscountEnabled", false).putArray("features");
    return columns;
  }

  private String insert(Kind kind, String merchant, ObjectNode columns) {
    synchronized (lock) {
      return store.insert(kind, merchant, columns).id();
    }
  }
}
