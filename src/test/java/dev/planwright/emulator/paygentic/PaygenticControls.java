package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.PaygenticEmulator.Environment;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a test does to the server, or looks up in it, behind the API's back. */
public final class PaygenticControls {
  /** How a list goes wrong. */
  public enum ListFault {
    NONE,
    /** No page has more than two objects, whatever the limit; the total is right. */
    CAPPED_PAGES,
    /** Every page lacks its last object; the total is right. */
    LAST_OF_PAGE_MISSING,
    /** Every page is empty; the total is right. */
    EMPTY_PAGES,
    /** Every page is empty, and the total is 0. */
    EMPTY_LIST,
    /** Every page is the first one, and there is always one more, for ever. */
    REPEATING_PAGES,
    /** Nothing is said of limit, offset and total. */
    NO_TOTAL
  }

  /** How many objects there are over all organisations: for finding what was left behind. */
  public record Counts(
      int products,
      int metrics,
      int features,
      int fees,
      int prices,
      int deletedPrices,
      int plans,
      int versions,
      int subscriptions) {}

  private final Object lock;
  private final Store store;
  private final Environment environment;
  private final Versions versions;
  private final Plans plans;
  private final Subscriptions subscriptions;

  PaygenticControls(
      Object lock,
      Store store,
      Environment environment,
      Versions versions,
      Plans plans,
      Subscriptions subscriptions) {
    this.lock = lock;
    this.store = store;
    this.environment = environment;
    this.versions = versions;
    this.plans = plans;
    this.subscriptions = subscriptions;
  }

  // ---- doubts and faults ------------------------------------------------------------------------

  /** From now on the server is the less likely one in this. */
  public PaygenticControls raise(PaygenticDoubt doubt) {
    synchronized (lock) {
      store.raised().add(doubt);
      return this;
    }
  }

  /** From now on the server is the likelier one in this. */
  public PaygenticControls settle(PaygenticDoubt doubt) {
    synchronized (lock) {
      store.raised().remove(doubt);
      return this;
    }
  }

  /** From now on this list goes wrong in this way: {@code plan}, {@code price}, {@code fee} ... */
  public void breakList(String object, ListFault fault) {
    synchronized (lock) {
      store.faults().list(kind(object), fault);
    }
  }

  /** The next request is not looked at, and answered by this status. */
  public void failNext(int status) {
    synchronized (lock) {
      store.faults().failBefore(error(status));
    }
  }

  /** The next request is not looked at, and answered by 429. */
  public void throttleNext(int retryAfterSeconds) {
    synchronized (lock) {
      String seconds = String.valueOf(retryAfterSeconds);
      store.faults().failBefore(error(429).withHeader("retry-after", seconds));
    }
  }

  /** The next write that succeeds is done, and answered by this status. */
  public void failNextWriteAfterwards(int status) {
    synchronized (lock) {
      store.faults().failAfter(error(status));
    }
  }

  /** So many of the next changes and mints of plans are answered by 409. */
  public void conflictNext(int times) {
    synchronized (lock) {
      store.faults().addConflicts(times);
    }
  }

  private static EmulatorResponse error(int status) {
    return EmulatorResponse.json(status, Refusal.body(status, "The request failed"));
  }

  // ---- keys
  // -----------------------------------------------------------------------------------------

  /** What a test makes behind the API's back. */
  public PaygenticMaker make() {
    return new PaygenticMaker(lock, store, environment, versions);
  }

  /** From now on the key is refused. */
  public void revokeKey(String key) {
    edit(Kind.KEYS, key, Store.object().put("_revoked", true));
  }

  // ---- subscribers
  // ----------------------------------------------------------------------------------

  /** Somebody subscribes and is active. Gives the subscription's id. */
  public String addSubscriber(String planId) {
    return addSubscriber(planId, "active");
  }

  /** Somebody subscribes: {@code active}, {@code pending_payment} or {@code terminated}. */
  public String addSubscriber(String planId, String status) {
    synchronized (lock) {
      return subscriptions.add(row(Kind.PLANS, planId), "", status).id();
    }
  }

  /** Somebody leaves. */
  public void removeSubscriber(String subscription) {
    edit(Kind.SUBSCRIPTIONS, subscription, Store.object().put("status", "terminated"));
  }

  /** A subscriber's period is over and the next begins. */
  public void nextPeriod(String subscription) {
    synchronized (lock) {
      subscriptions.nextPeriod(row(Kind.SUBSCRIPTIONS, subscription));
    }
  }

  /** What a subscriber may do: entitlement template by feature key. */
  public Map<String, JsonNode> entitlements(String subscription) {
    synchronized (lock) {
      Map<String, JsonNode> templates = new TreeMap<>();
      row(Kind.SUBSCRIPTIONS, subscription)
          .body()
          .path("_entitlements")
          .forEach(it -> templates.put(it.path("key").asText(), it.path("template").deepCopy()));
      return templates;
    }
  }

  // ---- tampering
  // ------------------------------------------------------------------------------------

  /** Somebody changes a field of a plan, even one that the API never changes. */
  public void editPlan(String id, String field, JsonNode value) {
    edit(Kind.PLANS, id, Store.object().set(field, value));
  }

  /** Somebody changes what a plan lists, without a new version. */
  public void editPlanPrices(String id, String... prices) {
    synchronized (lock) {
      versions.rewrite(row(Kind.PLANS, id), List.of(prices));
    }
  }

  /** Somebody changes a field of a price, even one that the API never changes. */
  public void editPrice(String id, String field, JsonNode value) {
    edit(Kind.PRICES, id, Store.object().set(field, value));
  }

  /** Somebody changes a field of a fee, even one that the API never changes. */
  public void editFee(String id, String field, JsonNode value) {
    edit(Kind.FEES, id, Store.object().set(field, value));
  }

  /** Somebody deletes a plan in the dashboard. */
  public void deletePlan(String id) {
    edit(Kind.PLANS, id, Store.object().put("deletedAt", store.now()));
  }

  /** Somebody deletes a price, softly as the API does. */
  public void deletePrice(String id) {
    edit(Kind.PRICES, id, Store.object().put("_deleted", true));
  }

  /** Somebody deletes a fee, though prices may use it. */
  public void deleteFee(String id) {
    edit(Kind.FEES, id, Store.object().put("_deleted", true));
  }

  /** Somebody turns a version into {@code draft}, {@code published} or {@code archived}. */
  public void editVersion(String planId, int number, String status) {
    synchronized (lock) {
      store
          .where(
              Kind.VERSIONS,
              it -> it.is("_plan", planId) && it.body().path("versionNumber").asInt() == number)
          .forEach(it -> edit(Kind.VERSIONS, it.id(), Store.object().put("status", status)));
    }
  }

  // ---- looking
  // --------------------------------------------------------------------------------------

  /** How many objects there are now; deleted prices are counted apart, deleted fees not at all. */
  public Counts counts() {
    synchronized (lock) {
      int prices = there(Kind.PRICES);
      return new Counts(
          there(Kind.PRODUCTS),
          there(Kind.METRICS),
          there(Kind.FEATURES),
          there(Kind.FEES),
          prices,
          store.all(Kind.PRICES).size() - prices,
          there(Kind.PLANS),
          there(Kind.VERSIONS),
          there(Kind.SUBSCRIPTIONS));
    }
  }

  private int there(Kind kind) {
    return store.where(kind, row -> !row.deleted() && !row.body().has("deletedAt")).size();
  }

  /** Every plan of every organisation as the API shows it, with whole prices, oldest first. */
  public List<ObjectNode> plans() {
    synchronized (lock) {
      return store.all(Kind.PLANS).stream().map(plan -> plans.view(plan, false)).toList();
    }
  }

  /** Every fee that is not deleted, of every organisation, oldest first. */
  public List<ObjectNode> fees() {
    return shown(Kind.FEES);
  }

  /** Every price that is not deleted, of every organisation, oldest first. */
  public List<ObjectNode> prices() {
    return shown(Kind.PRICES);
  }

  private List<ObjectNode> shown(Kind kind) {
    synchronized (lock) {
      return store.where(kind, row -> !row.deleted()).stream()
          .map(row -> kind == Kind.PRICES ? Prices.view(store, row) : store.view(kind, row))
          .toList();
    }
  }

  /** Ids of the prices that a plan's default version lists, deleted ones too. */
  public List<String> listedPrices(String planId) {
    synchronized (lock) {
      return versions.defaultOf(row(Kind.PLANS, planId)).texts("_prices");
    }
  }

  /** Ids of the prices that are not deleted and that no version of any plan lists. */
  public List<String> orphanPrices() {
    synchronized (lock) {
      List<String> listed = new ArrayList<>();
      store.all(Kind.VERSIONS).forEach(version -> listed.addAll(version.texts("_prices")));
      return store.where(Kind.PRICES, row -> !row.deleted() && !listed.contains(row.id())).stream()
          .map(Row::id)
          .toList();
    }
  }

  /**
   * Everything that is stored but keys, by {@code object}: arrays of rows, oldest first, with the
   * fields that are never shown, whose names begin with an underscore.
   */
  public ObjectNode state() {
    synchronized (lock) {
      ObjectNode state = Store.object();
      for (Kind kind : Kind.values()) {
        if (kind != Kind.KEYS) {
          ArrayNode rows = state.putArray(kind.object);
          store.all(kind).forEach(row -> rows.add(row.body().deepCopy()));
        }
      }
      return state;
    }
  }

  private static Kind kind(String object) {
    for (Kind kind : Kind.values()) {
      if (kind.object.equals(object)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no object is called " + object);
  }

  private Row row(Kind kind, String id) {
    return store.row(kind, id);
  }

  private void edit(Kind kind, String id, JsonNode changes) {
    synchronized (lock) {
      store.update(kind, row(kind, id), (ObjectNode) changes);
    }
  }
}
