package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.Store.Kind.PRICES;
import static dev.planwright.emulator.noderails.Store.Kind.SUBSCRIPTIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorHandler;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.noderails.Call.Caller;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * NodeRails as far as a catalogue is concerned: product plans, their prices, tax rates, and the
 * subscriptions that pay them, after its documentation and a public snapshot of its source.
 *
 * <p>Deterministic: the same requests give the same answers. What the server leaves undefined, the
 * order of prices with equal {@code sortOrder} and of tax rates, changes from answer to answer by a
 * seed. It begins with one merchant, its test app, its production app, and a key for each.
 */
public final class NodeRailsEmulator implements EmulatorHandler {
  /** The only API version. */
  public static final String VERSION = "2026-03-07";

  /** The merchant that is there from the start. */
  public static final String MERCHANT = "0d6f2c1e-7a34-4b0e-9c55-000000000001";

  /** The merchant's app in environment TEST. */
  public static final String TEST_APP = "0d6f2c1e-7a34-4b0e-9c55-000000000002";

  /** The merchant's app in environment PRODUCTION. */
  public static final String PRODUCTION_APP = "0d6f2c1e-7a34-4b0e-9c55-000000000003";

  /** A secret key of the merchant for environment TEST. */
  public static final String TEST_KEY = "nr_test_sk_" + "0".repeat(32);

  /** A secret key of the merchant for environment PRODUCTION. */
  public static final String LIVE_KEY = "nr_live_sk_" + "0".repeat(32);

  /** A request and its answer. */
  public record Exchange(EmulatorRequest request, EmulatorResponse response) {
    public String method() {
      return request.method();
    }

    public String target() {
      return request.target();
    }

    public int status() {
      return response.status();
    }
  }

  private final Store store;
  private final List<Exchange> log;
  private final Access access;
  private final Idempotency idempotency;
  private final Renewals renewals;
  private final NodeRailsControls controls;
  private final Map<String, Function<Call, EmulatorResponse>> routes = new HashMap<>();

  /** A fresh server with the system's clock, ids from a fixed sequence and shuffled orders. */
  public NodeRailsEmulator() {
    this(InstantSource.system(), NodeRailsEmulator::numberedId, 1);
  }

  /**
   * A fresh server.
   *
   * @param ids the n-th id made, n from 0; it must always give the same for the same n
   * @param orderSeed what undefined orders follow; 0 keeps the order of insertion
   */
  public NodeRailsEmulator(InstantSource clock, LongFunction<UUID> ids, long orderSeed) {
    this(new Store(clock, ids, orderSeed), new ArrayList<>());
    controls.addFirstMerchant();
  }

  private NodeRailsEmulator(Store store, List<Exchange> log) {
    this.store = store;
    this.log = log;
    this.access = new Access(store);
    this.idempotency = new Idempotency(store);
    Prices prices = new Prices(store, access);
    TaxRates taxRates = new TaxRates(store, access);
    ProductPlans plans = new ProductPlans(store, access, prices, taxRates);
    Subscriptions subscriptions = new Subscriptions(store, access);
    this.renewals = new Renewals(store, subscriptions);
    this.controls =
        new NodeRailsControls(this, store, plans, prices, taxRates, subscriptions, renewals);
    addRoutes(plans, prices, taxRates, subscriptions);
  }

  private void addRoutes(
      ProductPlans plans, Prices prices, TaxRates taxRates, Subscriptions subscriptions) {
    routes.put("POST product-plans", plans::create);
    routes.put("GET product-plans", plans::list);
    routes.put("GET product-plans/{}", plans::get);
    routes.put("PUT product-plans/{}", plans::update);
    routes.put("POST product-plans/{}/prices", prices::create);
    routes.put("PUT product-plans/{}/prices/{}", prices::update);
    routes.put("DELETE product-plans/{}/prices/{}", prices::delete);
    routes.put("POST tax-rates", taxRates::create);
    routes.put("GET tax-rates", taxRates::list);
    routes.put("GET tax-rates/{}", taxRates::get);
    routes.put("PUT tax-rates/{}", taxRates::update);
    routes.put("DELETE tax-rates/{}", taxRates::archive);
    routes.put("GET subscriptions", subscriptions::list);
  }

  /** An id that looks random and is the same every time for the same number. */
  public static UUID numberedId(long number) {
    byte[] name = ("noderails " + number).getBytes(StandardCharsets.UTF_8);
    UUID hash = UUID.nameUUIDFromBytes(name);
    long version4 = (hash.getMostSignificantBits() & ~0xF000L) | 0x4000L;
    return new UUID(version4, hash.getLeastSignificantBits());
  }

  @Override
  public synchronized EmulatorResponse handle(EmulatorRequest request) {
    String id = request.header("x-request-id").orElseGet(store::newRequestId);
    EmulatorResponse response = caught(request, this::admit).withHeader("x-request-id", id);
    Optional<String> version = request.header("noderails-version");
    if (version.isPresent()) {
      response = response.withHeader("NodeRails-Version", version.get());
    }
    log.add(new Exchange(request, response));
    return response;
  }

  /** What stands before everybody, known or not: limits, version, repeated keys. */
  private EmulatorResponse admit(EmulatorRequest request) {
    store.troubles().refuseTooMany(store.now().getEpochSecond());
    String version = request.header("noderails-version").orElse(VERSION);
    if (!version.equals(VERSION) && !store.on(Switch.ANY_VERSION_IS_ACCEPTED)) {
      throw Refusal.typed(400, "invalid_request_error", "Unknown API version " + version);
    }
    return idempotency.once(request, it -> caught(it, this::route));
  }

  private EmulatorResponse route(EmulatorRequest request) {
    Body.refuseUnreadable(request);
    Function<Call, EmulatorResponse> handler = routes.get(routeOf(request));
    if (handler == null) {
      throw Refusal.notFound("Route");
    }
    Caller caller = access.caller(request);
    access.refuseSuspended(caller, request.method());
    return handler.apply(new Call(request, caller));
  }

  /** Every second segment is an id. */
  private static String routeOf(EmulatorRequest request) {
    List<String> segments = new ArrayList<>(request.segments());
    for (int i = 1; i < segments.size(); i += 2) {
      segments.set(i, segments.get(i).isEmpty() ? "" : "{}");
    }
    return request.method() + " " + String.join("/", segments);
  }

  private static EmulatorResponse caught(
      EmulatorRequest request, Function<EmulatorRequest, EmulatorResponse> work) {
    try {
      return work.apply(request);
    } catch (Refusal refusal) {
      return refusal.response();
    }
  }

  /** An independent server in the same state, with the same switches and the same log so far. */
  public synchronized NodeRailsEmulator copy() {
    return new NodeRailsEmulator(new Store(store), new ArrayList<>(log));
  }

  /** Every request since the start with its answer, in order. */
  public synchronized List<Exchange> exchanges() {
    return List.copyOf(log);
  }

  /** Forgets the requests, not the state. */
  public synchronized void clearExchanges() {
    log.clear();
  }

  /** What a test does or looks up behind the API's back. */
  public NodeRailsControls controls() {
    return controls;
  }

  /**
   * What somebody who signs up now pays for each period on a price.
   *
   * @throws IllegalStateException when nobody can: the plan, the price or the tax rate is inactive
   */
  public synchronized Charge newSubscriberPays(String priceId) {
    ObjectNode price = row(PRICES, priceId);
    Optional<String> hindrance = renewals.hindrance(price);
    if (hindrance.isPresent()) {
      throw new IllegalStateException("nobody can sign up: " + hindrance.get());
    }
    return renewals.forNewSubscriber(price);
  }

  /**
   * What comes of a subscription's next renewal, on the very price that it was made with, however
   * long superseded. Changes nothing; {@link NodeRailsControls#renew} does.
   */
  public synchronized Renewal subscriberPays(String subscriptionId) {
    return renewals.next(row(SUBSCRIPTIONS, subscriptionId));
  }

  private ObjectNode row(Store.Kind kind, String id) {
    return store
        .find(kind, id)
        .orElseThrow(() -> new IllegalArgumentException("no row " + id + " in " + kind));
  }
}
