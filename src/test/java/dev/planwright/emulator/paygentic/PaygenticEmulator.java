package dev.planwright.emulator.paygentic;

import dev.planwright.emulator.EmulatorHandler;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * Paygentic's API, as far as a catalogue is concerned: products, billable metrics, fees, features,
 * prices, plans with their versions, and subscriptions (create, read, list, terminate). Metering,
 * invoices, wallets and the customer portal are left out.
 *
 * <p>Deterministic: the same requests give the same answers. What the vendor's documents leave open
 * is a {@link PaygenticDoubt}.
 */
public final class PaygenticEmulator implements EmulatorHandler {
  /** Which of the vendor's two hosts this is: they share no data, no ids and no keys. */
  public enum Environment {
    LIVE("sk_live_"),
    SANDBOX("sk_test_");

    private final String keyPrefix;

    Environment(String keyPrefix) {
      this.keyPrefix = keyPrefix;
    }

    /** What a key of this host begins with. */
    public String keyPrefix() {
      return keyPrefix;
    }
  }

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

  private final Environment environment;
  private final Store store;
  private final List<Exchange> log;
  private final Router router;
  private final Versions versions;
  private final Plans plans;
  private final Subscriptions subscriptions;
  private final Bills bills;

  /** A fresh sandbox with the system's clock and ids from a fixed sequence. */
  public PaygenticEmulator() {
    this(Clock.systemUTC(), PaygenticEmulator::numberedId, Environment.SANDBOX);
  }

  /**
   * A fresh server, without an organisation.
   *
   * @param ids what follows the prefix of the n-th id made, n from 0: alphanumeric, and always the
   *     same for the same n
   */
  public PaygenticEmulator(Clock clock, LongFunction<String> ids, Environment environment) {
    this(new Store(clock, ids), environment, new ArrayList<>());
  }

  private PaygenticEmulator(Store store, Environment environment, List<Exchange> log) {
    this.environment = environment;
    this.store = store;
    this.log = log;
    this.router = new Router(store);
    this.versions = new Versions(store);
    this.plans = new Plans(store, versions);
    this.subscriptions = new Subscriptions(store, versions);
    this.bills = new Bills(store, versions);
    new Products(store).addTo(router);
    new Metrics(store).addTo(router);
    new Fees(store).addTo(router);
    new Features(store).addTo(router);
    new Prices(store, versions).addTo(router);
    plans.addTo(router);
    versions.addTo(router);
    subscriptions.addTo(router);
  }

  /** An id that looks random and is the same every time for the same number. */
  public static String numberedId(long number) {
    byte[] name = ("paygentic " + number).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "").substring(0, 24);
  }

  @Override
  public synchronized EmulatorResponse handle(EmulatorRequest request) {
    EmulatorResponse response = answer(request);
    log.add(new Exchange(request, response.status()));
    return response;
  }

  private EmulatorResponse answer(EmulatorRequest request) {
    Optional<EmulatorResponse> instead = store.faults().instead();
    if (instead.isPresent()) {
      return instead.get();
    }
    try {
      EmulatorResponse response = router.answer(request);
      return request.method().equals("GET")
          ? response
          : store.faults().afterwards().orElse(response);
    } catch (Refusal refusal) {
      return refusal.response();
    }
  }

  /** An independent server in the same state, with the same doubts, faults and log so far. */
  public synchronized PaygenticEmulator copy() {
    return new PaygenticEmulator(new Store(store), environment, new ArrayList<>(log));
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
  public PaygenticControls controls() {
    return new PaygenticControls(this, store, environment, versions, plans, subscriptions);
  }

  /**
   * What somebody who subscribes now pays for the first period.
   *
   * @param usage aggregated amount by metric id or name; what is not named was not used
   * @throws IllegalStateException when a stored price is of a model that nobody can compute
   */
  public synchronized PaygenticBill newSubscriberPays(
      String planId, Map<String, BigDecimal> usage) {
    return bills.beginner(store.row(Kind.PLANS, planId), usage);
  }

  /**
   * What somebody who subscribes already pays for the current period, which ends by {@link
   * PaygenticControls#nextPeriod}.
   *
   * @param usage aggregated amount by metric id or name; what is not named was not used
   * @throws IllegalStateException when a stored price is of a model that nobody can compute
   */
  public synchronized PaygenticBill subscriberPays(
      String subscriptionId, Map<String, BigDecimal> usage) {
    return bills.current(store.row(Kind.SUBSCRIPTIONS, subscriptionId), usage);
  }
}
