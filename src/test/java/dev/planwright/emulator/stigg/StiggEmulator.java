package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.ADDONS;
import static dev.planwright.emulator.stigg.StiggState.Table.PLANS;
import static dev.planwright.emulator.stigg.StiggState.Table.SUBSCRIPTIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorHandler;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One environment of Stigg, as far as a catalogue is concerned: products, features, credit
 * currencies, plans and add-ons with their versions, charges and entitlements.
 *
 * <p>Deterministic: the same requests give the same answers. What the documentation leaves open is
 * a {@link StiggSwitch}.
 */
public final class StiggEmulator implements EmulatorHandler {
  /** A new environment has one product, named after the account. */
  public static final String DEFAULT_PRODUCT = "product-acme";

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

  private final StiggState state;
  private final String key;
  private final List<Exchange> log;
  private final Router router = new Router();
  private final Keys keys;
  private final Replays replays;
  private final Products products;
  private final Features features;
  private final Currencies currencies;
  private final Packs plans;
  private final Packs addons;
  private final Lifecycle planLife;
  private final Lifecycle addonLife;

  /** A fresh environment with the system's clock. */
  public StiggEmulator() {
    this(Clock.systemUTC());
  }

  /** A fresh environment with its default product and one key that may do everything. */
  public StiggEmulator(Clock clock) {
    this(new StiggState(clock), Optional.empty(), new ArrayList<>());
    products.add(DEFAULT_PRODUCT, "Acme");
    state.behaviour().put("reads", 1);
  }

  private StiggEmulator(StiggState state, Optional<String> oldKey, List<Exchange> log) {
    this.state = state;
    this.log = log;
    keys = new Keys(state);
    key = oldKey.orElseGet(() -> keys.add(StiggControls.Scope.FULL));
    replays = new Replays(state);
    products = new Products(state);
    features = new Features(state);
    currencies = new Currencies(state);
    Entitlements entitlements = new Entitlements(state, features, currencies);
    Charges charges = new Charges(state, features, currencies, entitlements);
    plans = new Packs(state, PLANS, products, charges);
    addons = new Packs(state, ADDONS, products, charges);
    planLife = new Lifecycle(state, plans);
    addonLife = new Lifecycle(state, addons);
    products.addTo(router);
    features.addTo(router);
    currencies.addTo(router);
    for (Packs packs : List.of(plans, addons)) {
      packs.addTo(router);
      entitlements.addTo(router, packs);
    }
    planLife.addTo(router);
    addonLife.addTo(router);
  }

  /** A key that may do everything, until it is rotated or revoked. */
  public String key() {
    return key;
  }

  @Override
  public synchronized EmulatorResponse handle(EmulatorRequest request) {
    EmulatorResponse response = troubles().orElseGet(() -> answer(request));
    log.add(new Exchange(request, response.status()));
    return response;
  }

  private EmulatorResponse answer(EmulatorRequest request) {
    try {
      keys.check(request);
      checkContentType(request);
      Optional<EmulatorResponse> replayed = replays.find(request);
      return replayed.orElseGet(() -> served(request));
    } catch (Refusal refusal) {
      return refusal.response();
    }
  }

  private EmulatorResponse served(EmulatorRequest request) {
    boolean reads = request.method().equals("GET");
    Optional<ObjectNode> before = reads ? Optional.empty() : Optional.of(state.snapshot());
    EmulatorResponse response;
    try {
      if (reads) {
        Tasks.read(state);
      }
      response = router.answer(request, state);
    } catch (Refusal refusal) {
      before.ifPresent(state::restore);
      response = refusal.response();
    }
    replays.keep(request, response);
    return response;
  }

  private void checkContentType(EmulatorRequest request) {
    boolean sends = request.method().equals("POST") || request.method().equals("PATCH");
    boolean json = request.header("content-type").orElse("").startsWith("application/json");
    if (sends && !json && state.is(StiggSwitch.CONTENT_TYPE_NEEDED)) {
      throw Refusal.bad("content-type must be application/json");
    }
  }

  private Optional<EmulatorResponse> troubles() {
    if (counted("failing")) {
      ObjectNode body = StiggState.object().put("message", "something went wrong");
      return Optional.of(EmulatorResponse.json(500, body.put("code", "UnexpectedError")));
    }
    if (!counted("limited")) {
      return Optional.empty();
    }
    ObjectNode body = StiggState.object();
    if (state.is(StiggSwitch.PLAIN_429)) {
      body.put("message", "too many requests").put("code", "RateLimitExceeded");
    } else {
      body.put("error", "rate_limit_exceeded").put("message", "too many requests");
    }
    EmulatorResponse limited = EmulatorResponse.json(429, body);
    JsonNode after = state.behaviour().path("retryAfter");
    return Optional.of(
        after.isTextual() ? limited.withHeader("retry-after", after.textValue()) : limited);
  }

  private boolean counted(String trouble) {
    int left = state.behaviour().path(trouble).asInt(0);
    if (left > 0) {
      state.behaviour().put(trouble, left - 1);
    }
    return left > 0;
  }

  /** An independent server in the same state, with the same keys and the same log so far. */
  public synchronized StiggEmulator copy() {
    return new StiggEmulator(new StiggState(state), Optional.of(key), new ArrayList<>(log));
  }

  /** Every request since the start, in order. */
  public synchronized List<Exchange> exchanges() {
    return List.copyOf(log);
  }

  /** Forgets the requests, not the state. */
  public synchronized void clearExchanges() {
    log.clear();
  }

  /** How the server answers, and what is in it. */
  public StiggControls controls() {
    return new StiggControls(this, state, keys);
  }

  /** What people do in the vendor's console. */
  public StiggConsole console() {
    return new StiggConsole(
        this, state, products, features, currencies, plans, addons, planLife, addonLife);
  }

  // ---- what a subscriber pays and gets ------------------------------------------------------

  /**
   * What a new subscriber of the plan's newest published version pays in one period.
   *
   * @return major units by lower-case currency, not rounded
   */
  public synchronized Map<String, BigDecimal> bill(String planId, Purchase purchase) {
    return new Bills(state).of(published(planId), purchase);
  }

  /** What a published version costs; versions begin with 1. */
  public synchronized Map<String, BigDecimal> bill(String planId, int version, Purchase purchase) {
    return new Bills(state).of(version(planId, version), purchase);
  }

  /** What one subscriber pays, by the prices that are his. */
  public synchronized Map<String, BigDecimal> billOf(String subscription, Purchase purchase) {
    ObjectNode row = subscription(subscription);
    int version = row.path("priceVersion").intValue();
    return new Bills(state).of(version(row.path("plan").textValue(), version), purchase);
  }

  /**
   * What one row of charges or overage charges costs for a quantity, be it published or not.
   *
   * @return major units of the row's currency, not rounded
   */
  public synchronized BigDecimal cost(String chargeId, BigDecimal quantity) {
    return state.rows(PLANS).stream()
        .flatMap(row -> Stream.of("charges", "overages").flatMap(at -> all(row, at)))
        .filter(row -> row.path("id").textValue().equals(chargeId))
        .findFirst()
        .map(row -> new Bills(state).cost(row, quantity))
        .orElseThrow(() -> new IllegalArgumentException("no charge " + chargeId));
  }

  private static Stream<ObjectNode> all(ObjectNode plan, String field) {
    List<ObjectNode> all = new ArrayList<>();
    plan.path("versions").forEach(it -> it.path(field).forEach(row -> all.add((ObjectNode) row)));
    return all.stream();
  }

  /** What a new subscriber gets, by feature or currency id, parents included. */
  public synchronized Map<String, ObjectNode> grants(String planId) {
    return new Grants(state).of(published(planId));
  }

  /** What one subscriber gets, by the version that he is on. */
  public synchronized Map<String, ObjectNode> grantsOf(String subscription) {
    ObjectNode row = subscription(subscription);
    return new Grants(state)
        .of(version(row.path("plan").textValue(), row.path("version").intValue()));
  }

  private ObjectNode subscription(String id) {
    return state
        .find(SUBSCRIPTIONS, id)
        .orElseThrow(() -> new IllegalArgumentException("no subscription " + id));
  }

  private ObjectNode published(String planId) {
    return plans
        .find(planId)
        .flatMap(Pack::published)
        .orElseThrow(() -> new IllegalArgumentException("no published plan " + planId));
  }

  private ObjectNode version(String planId, int number) {
    return plans
        .find(planId)
        .flatMap(plan -> plan.version(number))
        .filter(version -> !Pack.isDraft(version))
        .orElseThrow(() -> new IllegalArgumentException("no version " + number + " of " + planId));
  }
}
