package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.METRICS;
import static dev.planwright.emulator.bxb.BxbState.Kind.PLANS;

import dev.planwright.emulator.EmulatorHandler;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * bxb 0.7.0 on PostgreSQL, as far as a catalogue is concerned: plans with their charges, metrics,
 * commitments, thresholds, features, entitlements, taxes, organizations and search.
 *
 * <p>Deterministic: the same requests give the same answers. What the server leaves undefined, the
 * order of charges and of ties in lists, changes from answer to answer by a seed.
 */
public final class BxbEmulator implements EmulatorHandler {
  /** The organization that serves everybody who comes without a proper key. */
  public static final String DEFAULT_ORGANIZATION = BxbState.DEFAULT_ORGANIZATION;

  /** What {@code POST /v1/organizations/} wants as {@code X-Admin-Secret}. */
  public static final String ADMIN_SECRET = Organizations.ADMIN_SECRET;

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

  private final BxbState state;
  private final List<Exchange> log;
  private final Router router;
  private final Organizations organizations;
  private final Charges charges;
  private final Plans plans;
  private final Invoices invoices;

  /** A fresh server with the system's clock, ids from a fixed sequence and shuffled orders. */
  public BxbEmulator() {
    this(Clock.systemUTC(), BxbEmulator::numberedId, 1);
  }

  /**
   * A fresh server.
   *
   * @param ids the n-th id made, n from 0; it must always give the same for the same n
   * @param orderSeed what undefined orders follow; 0 keeps the order of insertion
   */
  public BxbEmulator(Clock clock, LongFunction<UUID> ids, long orderSeed) {
    this(new BxbState(clock, ids, orderSeed), new ArrayList<>());
    organizations.addDefault();
  }

  private BxbEmulator(BxbState state, List<Exchange> log) {
    this.state = state;
    this.log = log;
    this.router = new Router(request -> Organizations.of(request, state));
    this.charges = new Charges(state);
    this.invoices = new Invoices(state);
    router.addOpen("GET", "/", call -> Routes.root());
    this.organizations = new Organizations(state);
    organizations.addTo(router);
    this.plans = new Plans(state, charges);
    plans.addTo(router);
    new Metrics(state).addTo(router);
    new Features(state).addTo(router);
    new PlanAmounts(state).addTo(router);
    new Taxes(state).addTo(router);
  }

  /** An id that looks random and is the same every time for the same number. */
  public static UUID numberedId(long number) {
    byte[] name = ("bxb " + number).getBytes(StandardCharsets.UTF_8);
    UUID hash = UUID.nameUUIDFromBytes(name);
    long version4 = (hash.getMostSignificantBits() & ~0xF000L) | 0x4000L;
    return new UUID(version4, hash.getLeastSignificantBits());
  }

  @Override
  public synchronized EmulatorResponse handle(EmulatorRequest request) {
    EmulatorResponse response;
    try {
      response = router.answer(request);
    } catch (Refusal refusal) {
      response = refusal.response();
    }
    log.add(new Exchange(request, response.status()));
    return response;
  }

  /** An independent server in the same state, with the same log so far. */
  public synchronized BxbEmulator copy() {
    return new BxbEmulator(new BxbState(state), new ArrayList<>(log));
  }

  /** Every request since the start, in order. */
  public synchronized List<Exchange> exchanges() {
    return List.copyOf(log);
  }

  /** Forgets the requests, not the state. */
  public synchronized void clearExchanges() {
    log.clear();
  }

  /** What a test does or looks up behind the API's back. */
  public BxbControls controls() {
    return new BxbControls(this, state, organizations, charges, plans);
  }

  /**
   * What an invoice would hold for one charge.
   *
   * @return cents, not rounded
   * @throws IllegalStateException when the server would fail on the charge's properties
   */
  public synchronized BigDecimal chargeCents(String chargeId, Usage usage) {
    Row charge =
        state
            .of(BxbState.Kind.CHARGES)
            .find(chargeId)
            .orElseThrow(() -> new IllegalArgumentException("no charge " + chargeId));
    return priced(charge, usage);
  }

  /**
   * What an invoice would hold for all charges of a plan on one metric, given by id or code.
   *
   * @return cents, not rounded
   */
  public synchronized BigDecimal chargeTotal(String planId, String metric, Usage usage) {
    String metricId = metricId(metric);
    return charges.of(planId).stream()
        .filter(charge -> charge.is("billable_metric_id", metricId))
        .map(charge -> priced(charge, usage))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * What an invoice of one period would hold: the base fee and every charge. A metric that is not
   * named was not used, which still costs what its charges cost for nothing.
   *
   * @param usage by metric id or code
   * @return cents, not rounded; commitments are left out
   */
  public synchronized BigDecimal invoiceCents(String planId, Map<String, ? extends Usage> usage) {
    Row plan =
        state
            .of(PLANS)
            .find(planId)
            .orElseThrow(() -> new IllegalArgumentException("no plan " + planId));
    Map<String, Usage> byId = new HashMap<>();
    usage.forEach((metric, used) -> byId.put(metricId(metric), used));
    BigDecimal total = plan.body().path("amount_cents").decimalValue();
    for (Row charge : charges.of(planId)) {
      Usage used = byId.getOrDefault(charge.text("billable_metric_id"), Usage.none());
      total = total.add(priced(charge, used));
    }
    return total;
  }

  private BigDecimal priced(Row charge, Usage usage) {
    try {
      return invoices.charge(charge, usage);
    } catch (Refusal crash) {
      throw new IllegalStateException(
          "the server fails on these properties: " + charge.body(), crash);
    }
  }

  private String metricId(String idOrCode) {
    return state.of(METRICS).where(m -> m.id().equals(idOrCode) || m.is("code", idOrCode)).stream()
        .findFirst()
        .map(Row::id)
        .orElseThrow(() -> new IllegalArgumentException("no metric " + idOrCode));
  }
}
