package dev.planwright.matrix;

import dev.planwright.backend.Account;
import dev.planwright.backend.Limits;
import dev.planwright.backend.Provider;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.client.AccountBreaker;
import dev.planwright.backend.client.AccountClient;
import dev.planwright.backend.client.AccountRate;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.CallObserver;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.backend.client.Transport;
import dev.planwright.catalog.ContentHash;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.RemovalRequest;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One process of the operator: the production core, provider and client, and around them the little
 * that the reconciler does. Everything in memory dies with it.
 */
final class OperatorProcess {
  /** Of one call. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Fast, so that virtual time is spent by faults and not by waiting for a turn. */
  private static final Limits LIMITS = new Limits(1_000_000, 16, TIMEOUT);

  private final Account<?> account;
  private final PlanSync sync;
  private final Desk desk;
  private final Plot plot;
  private final Tamper tamper;
  private final Optional<Instant> formerCalls;
  private Map<String, String> priceIds = Map.of();

  private OperatorProcess(
      Account<?> account,
      PlanSync sync,
      Desk desk,
      Plot plot,
      Tamper tamper,
      Optional<Instant> formerCalls) {
    this.account = account;
    this.sync = sync;
    this.desk = desk;
    this.plot = plot;
    this.tamper = tamper;
    this.formerCalls = formerCalls;
  }

  /** Whose Lease was released by the one before, or is new. */
  static OperatorProcess start(
      BackendUnderTest backend, Wire wire, ManualClock clock, Desk desk, Plot plot, Tamper tamper) {
    return start(backend, wire, clock, desk, plot, tamper, Optional.empty());
  }

  /**
   * @param formerCalls until when a call of the process before may still land, as the Lease tells
   */
  static OperatorProcess start(
      BackendUnderTest backend,
      Wire wire,
      ManualClock clock,
      Desk desk,
      Plot plot,
      Tamper tamper,
      Optional<Instant> formerCalls) {
    AccountClient client =
        new AccountClient(
            new AccountClient.Account(
                backend.config().backend(),
                backend.factory().baseUrl(backend.config()),
                backend::key,
                backend.factory()::headers,
                TIMEOUT),
            new AccountClient.Shared(
                backend.contract().<Transport>map(it -> it.judging(wire)).orElse(wire),
                new AccountRate(LIMITS, clock, clock),
                new AccountBreaker(backend.config().backend(), clock),
                CallGate.OPEN,
                CallObserver.NONE,
                clock));
    Provider<?> provider = backend.factory().open(backend.config(), client, clock);
    return new OperatorProcess(
        account(backend, tamper.provider(provider), client),
        new PlanSync(clock),
        desk,
        plot,
        tamper,
        formerCalls);
  }

  private static <R> Account<R> account(
      BackendUnderTest backend, Provider<R> provider, AccountClient client) {
    return new Account<>(backend.config().backend(), provider, client, provider.account());
  }

  Account<?> account() {
    return account;
  }

  /** One reconciliation: read, run, write what came of it. */
  Outcome once(Scenario.Goal goal, Scenario scenario) {
    Desk.Sheet sheet = desk.read();
    StatusStore store = tamper.store(desk.store(sheet, plot, formerCalls));
    SyncResult result =
        switch (goal) {
          case Scenario.Reach(var plan) ->
              sync.sync(
                  account,
                  new SyncRequest(
                      plan,
                      scenario.policies(),
                      ContentHash.of(plan, account.provider().meaning()),
                      sheet.status().memory(),
                      desk.approval(),
                      false),
                  store);
          case Scenario.Remove(var plan, var policy) ->
              sync.remove(
                  account,
                  new RemovalRequest(
                      plan.object(), plan.identity(), policy, sheet.status().memory()),
                  store);
        };
    priceIds = result.view().map(RemoteView::priceIds).orElse(Map.of());
    if (goal instanceof Scenario.Remove && result.outcome() instanceof Outcome.Done) {
      desk.release(sheet, plot);
    } else if (!(result.outcome() instanceof Outcome.Stale)) {
      desk.finish(sheet, Desk.Status.of(result), plot);
    }
    return result.outcome();
  }

  /** What status says of each price after the last reconciliation. */
  Map<String, String> priceIds() {
    return priceIds;
  }

  /** When the reconciler would come back; empty when only a person can change anything. */
  static Optional<Duration> retry(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> Optional.empty();
      case Outcome.Inexpressible inexpressible -> Optional.empty();
      case Outcome.Stale stale -> Optional.of(Duration.ofSeconds(1));
      case Outcome.Unfinished unfinished ->
          Optional.of(unfinished.after().orElse(Duration.ofSeconds(5)));
      case Outcome.Blocked blocked ->
          switch (blocked.reason().retry()) {
            case SOON -> Optional.of(Duration.ofSeconds(5));
            case SLOW -> Optional.of(Duration.ofMinutes(10));
            case NEVER -> Optional.empty();
          };
    };
  }
}
