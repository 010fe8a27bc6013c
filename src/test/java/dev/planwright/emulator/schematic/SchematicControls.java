package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.COMPANIES;
import static dev.planwright.emulator.schematic.Store.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.ENVIRONMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.PRICES;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a test does to the account, or looks up in it, behind the API's back. */
public final class SchematicControls {
  /** What is wrong with lists, for as long as it is set. */
  public enum ListTrouble {
    NONE,
    /** A page holds half of what it should, rounded down; more follows. */
    SHORT,
    /** A page holds nothing. */
    EMPTY,
    /** Every page is the first one, for ever. */
    REPEATING
  }

  /** What is wrong with the audit log, for as long as it is set. */
  public enum AuditTrouble {
    NONE,
    /** It answers, and holds nothing. */
    EMPTY,
    FORBIDDEN,
    FAILING,
    /** Too many calls, it says. */
    LIMITED
  }

  /** How many rows there are over all environments: for finding what was left behind. */
  public record Counts(
      int plans, int versions, int entitlements, int grants, int products, int prices) {}

  private final Object lock;
  private final Store store;
  private final Troubles troubles;
  private final ByHand hand;
  private final Bills bills;
  private final PlanView view;

  SchematicControls(
      Object lock, Store store, Troubles troubles, ByHand hand, Bills bills, PlanView view) {
    this.lock = lock;
    this.store = store;
    this.troubles = troubles;
    this.hand = hand;
    this.bills = bills;
    this.view = view;
  }

  // ---- what the vendor is like --------------------------------------------------------------

  /** From now on the vendor is taken to behave so, where its documentation says nothing. */
  public void assume(Question answer) {
    run(() -> store.assume(answer));
  }

  /** From now on 20 reads and 20 writes a second are answered, the rest refused. */
  public void limitRates(boolean limited) {
    run(() -> troubles.ratesLimited = limited);
  }

  /** From now on lists under this path, such as {@code /plans}, are wrong in this way. */
  public void troubleLists(String path, ListTrouble trouble) {
    run(
        () -> {
          troubles.listPath = path;
          troubles.lists = trouble;
        });
  }

  /** From now on the audit log is wrong in this way. */
  public void troubleAuditLog(AuditTrouble trouble) {
    run(() -> troubles.audit = trouble);
  }

  /** From now on what was written shows in the audit log only so long after. */
  public void delayAuditLog(Duration delay) {
    run(() -> troubles.auditDelay = delay);
  }

  /** From now on nobody can read how many companies there are. */
  public void hideCompanies(boolean hidden) {
    run(() -> troubles.companiesHidden = hidden);
  }

  /** Connects or disconnects the Stripe account of an environment; connected at first. */
  public void connectStripe(String environment, boolean connected) {
    run(
        () -> {
          if (connected) {
            troubles.withoutStripe.remove(environment);
          } else {
            troubles.withoutStripe.add(environment);
          }
        });
  }

  /** The next call that needs Stripe is refused with this text. */
  public void failNextStripeCall(String text) {
    run(() -> troubles.stripeFailure = Optional.of(text));
  }

  // ---- environments and keys ----------------------------------------------------------------

  /** The first environment, a development one. */
  public String environment() {
    return get(() -> Store.text(store.all(ENVIRONMENTS).getFirst(), "id"));
  }

  /** Adds an environment: {@code development}, {@code staging} or {@code production}. */
  public String addEnvironment(String type) {
    return get(() -> hand.account().addEnvironment(type));
  }

  /** A new secret key of that environment. */
  public String addKey(String environment) {
    return get(() -> hand.account().addKey(environment, false));
  }

  /** A new secret key that may not write. */
  public String addReadOnlyKey(String environment) {
    return get(() -> hand.account().addKey(environment, true));
  }

  /** From now on the key is refused. To rotate a key, add another one and revoke this one. */
  public void revokeKey(String secret) {
    run(() -> hand.account().revoke(secret));
  }

  // ---- what people do in the console --------------------------------------------------------

  /** A feature: {@code boolean}, {@code event}, {@code trait} or {@code license}. */
  public String addFeature(String name, String type) {
    Optional<String> event =
        type.equals("event") ? Optional.of(name.replace(' ', '-')) : Optional.empty();
    return get(() -> hand.features().add(name, type, Optional.of(name), event));
  }

  /** A credit that plans may grant and entitlements may burn. */
  public String addCredit(String name) {
    return get(() -> hand.credits().addCredit(name, ""));
  }

  /** A catalog; the default one is what the checkout shows. */
  public String addCatalog(String name, boolean isDefault) {
    return get(() -> hand.catalogs().add(name, isDefault));
  }

  /** A plan or add-on with a first draft and no price. */
  public String addPlan(String environment, String name, String type) {
    return get(() -> hand.addPlan(environment, name, type));
  }

  /** A plan that is made for one company. */
  public String addCustomPlan(String environment, String name, String company) {
    return get(
        () -> {
          String plan = hand.addPlan(environment, name, "plan");
          hand.edit(PLANS, plan, "company_id", Store.object().textNode(company));
          return plan;
        });
  }

  /** Sets base prices as the API's body would. */
  public void setPrices(String plan, String environment, ObjectNode body) {
    run(() -> hand.setPrices(plan, environment, body));
  }

  /** Publishes the draft without moving anybody. */
  public void publish(String plan, String environment) {
    run(() -> hand.publish(plan, environment));
  }

  /** Somebody begins to edit a plan: a draft with another name. Gives the version's id. */
  public String openDraft(String plan, String environment, String name) {
    return get(() -> hand.openDraft(plan, environment, name));
  }

  /** A company buys what the plan sells now. Gives the company's id. */
  public String subscribe(String plan, String environment, String currency, Cadence cadence) {
    return get(() -> hand.subscribe(plan, environment, currency, cadence));
  }

  /** The company is gone. */
  public void unsubscribe(String company) {
    run(() -> store.remove(COMPANIES, company));
  }

  /** Somebody changes a column of a plan, such as its name. */
  public void editPlan(String plan, String column, JsonNode value) {
    run(() -> hand.edit(PLANS, plan, column, value));
  }

  /** Somebody gives a plan and the version on sale another text, and it holds at once. */
  public void editTexts(String plan, String environment, String column, String text) {
    run(() -> hand.editTexts(plan, environment, column, text));
  }

  /** Somebody lets people try the version on sale for so many days, and it holds at once. */
  public void editTrial(String plan, String environment, int days) {
    run(() -> hand.editTrial(plan, environment, days));
  }

  /** Another system takes the plan over. */
  public void controlPlan(String plan, String provider) {
    run(() -> hand.edit(PLANS, plan, "_controlled_by", Store.object().textNode(provider)));
  }

  /** Somebody changes a base price straight in Stripe, in whole minor units. */
  public void editPrice(
      String plan, String environment, String currency, Cadence cadence, long amount) {
    run(() -> hand.editPrice(plan, environment, currency, cadence, amount));
  }

  /** Somebody changes a column of an entitlement. */
  public void editEntitlement(String entitlement, String column, JsonNode value) {
    run(() -> hand.edit(ENTITLEMENTS, entitlement, column, value));
  }

  /** Somebody changes the price of a unit, in minor units with fractions. */
  public void editUsagePrice(String entitlement, String currency, Cadence cadence, String decimal) {
    run(() -> hand.editUsagePrice(entitlement, currency, cadence, decimal));
  }

  /** Somebody removes an entitlement, from a published version too. */
  public void removeEntitlement(String entitlement) {
    run(() -> store.remove(ENTITLEMENTS, entitlement));
  }

  /** Somebody deletes a plan, whoever is on it. */
  public void deletePlan(String plan) {
    run(() -> hand.deletePlan(plan));
  }

  /** A price imported from Stripe: an object with the ids of {@code price} and {@code product}. */
  public ObjectNode importPrice(String environment, String currency, Cadence cadence, long amount) {
    return get(() -> hand.importPrice(environment, currency, cadence, amount));
  }

  // ---- looking it up ------------------------------------------------------------------------

  /** How many rows there are now. */
  public Counts counts() {
    return get(
        () ->
            new Counts(
                store.all(PLANS).size(),
                store.all(VERSIONS).size(),
                store.all(ENTITLEMENTS).size(),
                store.all(Store.Kind.GRANTS).size(),
                store.all(Store.Kind.PRODUCTS).size(),
                store.all(PRICES).size()));
  }

  /** Every plan as that environment sees it, oldest first. */
  public List<ObjectNode> plans(String environment) {
    return get(
        () ->
            store.all(PLANS).stream()
                .map(plan -> view.detail(plan, environment, PlanView.Wanted.ALL))
                .toList());
  }

  /** Ids of the plans of that exact name, oldest first. */
  public List<String> plansNamed(String name) {
    return get(
        () ->
            store.where(PLANS, it -> Store.is(it, "name", name)).stream()
                .map(it -> Store.text(it, "id"))
                .toList());
  }

  /**
   * Every plan, version, entitlement and grant over all environments, one line each, without ids,
   * times and archived versions: two accounts with equal lines hold the same catalogue. What hangs
   * on no version is an orphan. Begins with the kind of object.
   */
  public List<String> objects() {
    return get(() -> new Inventory(store).lines());
  }

  /** Every row of every table by the table's name, with the columns that the API hides. */
  public ObjectNode state() {
    return get(
        () -> {
          ObjectNode state = Store.object();
          for (Store.Kind kind : Store.Kind.values()) {
            ArrayNode rows = state.putArray(kind.name());
            store.all(kind).forEach(row -> rows.add(row.deepCopy()));
          }
          return state;
        });
  }

  /**
   * What a company pays for one period of its own.
   *
   * @param usage quantities by feature id; what is left out was not used
   */
  public SchematicBill bill(String company, Map<String, BigDecimal> usage) {
    return get(() -> bills.ofCompany(company, usage));
  }

  /**
   * What somebody would pay for one period on a version.
   *
   * @throws IllegalArgumentException when it is not sold in that currency and cadence
   */
  public SchematicBill quote(
      String version, String currency, Cadence cadence, Map<String, BigDecimal> usage) {
    return get(() -> bills.ofVersion(version, currency, cadence, usage));
  }

  /** What a company gets, by feature id; nothing without a plan. */
  public Map<String, SchematicGrant> granted(String company) {
    return get(
        () -> {
          String version = Store.text(hand.row(COMPANIES, company), "plan_version_id");
          return version.isEmpty() ? Map.of() : bills.granted(version);
        });
  }

  /** What a version grants, by feature id. */
  public Map<String, SchematicGrant> grantedBy(String version) {
    return get(() -> bills.granted(version));
  }

  private void run(Runnable work) {
    get(
        () -> {
          work.run();
          return true;
        });
  }

  private <T> T get(Supplier<T> work) {
    synchronized (lock) {
      try {
        return work.get();
      } catch (Refusal refusal) {
        store.rollBack();
        throw new IllegalArgumentException("not even by hand: " + refusal.getMessage(), refusal);
      } finally {
        store.commit();
      }
    }
  }
}
