package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorHandler;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The Schematic API, as far as a plan catalogue is concerned: plans of an account, versions, base
 * prices and usage prices of its environments, features, credits, the audit log.
 *
 * <p>Where the vendor's documentation leaves open what happens, a {@link Question} says so and
 * {@link SchematicControls#assume} answers it. Deterministic: the same requests give the same
 * answers.
 */
public final class SchematicEmulator implements EmulatorHandler {
  /**
   * A request and how it was answered.
   *
   * @param status the answer's HTTP status
   */
  public record Exchange(EmulatorRequest request, int status) {
    public String method() {
      return request.method();
    }

    public String target() {
      return request.target();
    }

    public String body() {
      return request.text();
    }
  }

  private final Store store;
  private final Troubles troubles;
  private final List<Exchange> log;
  private final Router router = new Router();
  private final Account account;
  private final AuditLog audit;
  private final RateLimit rates;
  private final SchematicControls controls;

  /** A fresh account with one environment, {@code development}, and the system's clock. */
  public SchematicEmulator() {
    this(Clock.systemUTC());
  }

  /** A fresh account with one environment, {@code development}. */
  public SchematicEmulator(Clock clock) {
    this(new Store(clock), new Troubles(), new ArrayList<>());
    controls.addEnvironment("development");
    store.commit();
  }

  private SchematicEmulator(Store store, Troubles troubles, List<Exchange> log) {
    this.store = store;
    this.troubles = troubles;
    this.log = log;
    Paging paging = new Paging(store, troubles);
    account = new Account(store, paging);
    audit = new AuditLog(store, troubles, account, paging);
    rates = new RateLimit(store);
    Versions versions = new Versions(store);
    BillingProducts products = new BillingProducts(store, versions, troubles);
    Features features = new Features(store, paging);
    Credits credits = new Credits(store, versions, paging);
    Catalogs catalogs = new Catalogs(store, paging);
    Entitlements entitlements =
        new Entitlements(store, versions, features, credits, paging, troubles);
    PlanView view = new PlanView(store, versions, products, entitlements, credits, catalogs);
    Plans plans = new Plans(store, versions, products, view);
    Publishing publishing = new Publishing(store, versions, products);
    account.addTo(router);
    audit.addTo(router);
    new PlanLists(store, versions, plans, view, entitlements, paging, troubles).addTo(router);
    publishing.addTo(router);
    plans.addTo(router);
    entitlements.addTo(router, plans);
    features.addTo(router);
    credits.addTo(router, plans);
    catalogs.addTo(router);
    new Bundles(store, versions, plans, products, entitlements, credits).addTo(router);
    controls =
        new SchematicControls(
            this,
            store,
            troubles,
            new ByHand(
                store, account, plans, versions, products, publishing, features, credits, catalogs),
            new Bills(store, versions, products),
            view);
  }

  @Override
  public synchronized EmulatorResponse handle(EmulatorRequest request) {
    EmulatorResponse response = answered(request);
    if (store.holds(Question.RequestId.HEADER)) {
      response = response.withHeader("X-Request-Id", store.newUuid().toString());
    }
    log.add(new Exchange(request, response.status()));
    return response;
  }

  private EmulatorResponse answered(EmulatorRequest request) {
    boolean write = !request.method().equals("GET");
    try {
      ObjectNode key = account.authenticate(request);
      if (troubles.ratesLimited) {
        rates.admit(key, write);
      }
      return write ? audited(request, key) : routed(request, key);
    } catch (Refusal refusal) {
      return refusal.response();
    }
  }

  /** Writes are in the audit log, refused ones too. */
  private EmulatorResponse audited(EmulatorRequest request, ObjectNode key) {
    String startedAt = store.now();
    EmulatorResponse response;
    try {
      if (key.path("readonly").booleanValue()) {
        throw Refusal.of(403, "this API key is read-only");
      }
      response = routed(request, key);
    } catch (Refusal refusal) {
      store.rollBack();
      response = refusal.response();
    }
    audit.record(request, response, key, startedAt);
    store.commit();
    return response;
  }

  private EmulatorResponse routed(EmulatorRequest request, ObjectNode key) {
    return router.answer(request, (it, path) -> new Call(it, key, path, store));
  }

  /** An independent account in the same state, with the same log so far. */
  public synchronized SchematicEmulator copy() {
    return new SchematicEmulator(new Store(store), new Troubles(troubles), new ArrayList<>(log));
  }

  /** Every request since the start, in order. */
  public synchronized List<Exchange> exchanges() {
    return List.copyOf(log);
  }

  /** Forgets the requests, not the state and not the audit log. */
  public synchronized void clearExchanges() {
    log.clear();
  }

  /** What a test does or looks up behind the API's back. */
  public SchematicControls controls() {
    return controls;
  }
}
