package dev.planwright.matrix;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.util.List;
import java.util.Optional;

/** One account on which one change is tried in one way after the other. */
final class GuardRun implements AutoCloseable {
  /** How a change comes about. */
  enum Path {
    /** Somebody edits the manifest. */
    EDIT,
    /** Somebody changed the account, and it is put back. */
    REVERT,
    /** The object is there, unmarked, and differs. */
    ADOPTION
  }

  private final GuardCase change;
  private final Path path;
  private final Tamper tamper;
  private final ManualClock clock = new ManualClock();
  private final Server server;
  private final Desk desk = new Desk();

  /** Brings about what the change starts from. */
  GuardRun(GuardCase change, Path path) {
    this(change, path, Tamper.NONE);
  }

  GuardRun(GuardCase change, Path path, Tamper tamper) {
    this.change = change;
    this.path = path;
    this.tamper = tamper;
    this.server = change.backend().fresh(clock);
    byHand(start());
    switch (path) {
      case EDIT, REVERT -> {
        // Confirmed once, so that status knows the content that the account has.
        must(run(desk, start(), policies(ExistingSubscribers.KEEP)));
        reset();
      }
      case ADOPTION -> server.unmark(change.before().identity().key());
    }
  }

  /** What was synced when it began. */
  private CatalogPlan start() {
    return path == Path.REVERT ? wanted() : change.before();
  }

  /** What the manifest says. */
  private CatalogPlan wanted() {
    CatalogPlan after = change.after();
    return path == Path.ADOPTION ? named(after) : after;
  }

  /** Where no mark tells plans apart, the manifest names the one that it takes over. */
  private CatalogPlan named(CatalogPlan plan) {
    return PlanDraft.edit(p -> p.externalId = id()).apply(plan);
  }

  private Optional<String> id() {
    return server.idOf(change.before().identity().key());
  }

  /** What the account has before the change: put there by hand where it is not synced. */
  private void reset() {
    if (path == Path.REVERT) {
      byHand(change.before());
    }
  }

  void subscribe() {
    server.subscribe(change.before().identity().key());
  }

  void hideSubscribers() {
    server.hideSubscribers();
  }

  /**
   * What came of one try.
   *
   * @param calls that change something, ids as {@code {id}}
   */
  record Result(Outcome outcome, List<String> calls) {
    Reason reason() {
      return outcome instanceof Outcome.Blocked(Reason reason, String message)
          ? reason
          : Reason.PROGRESSING;
    }
  }

  /** One reconciliation under this policy, with the approval that was given so far. */
  Result attempt(ExistingSubscribers subscribers) {
    return run(desk, wanted(), policies(subscribers));
  }

  /** A person approves what status asks for. */
  void approve() {
    desk.approve();
  }

  /** Somebody changes the name of the plan on the account: what was approved is no longer there. */
  void changeByHand() {
    CatalogPlan now = change.before();
    byHand(SamplePlans.renamed(now, now.displayName() + ", by hand"));
    if (path == Path.ADOPTION) {
      server.unmark(change.before().identity().key());
    }
  }

  /** The account gets what it had before the change, behind our back. */
  void undoByHand() {
    byHand(change.before());
    if (path == Path.ADOPTION) {
      server.unmark(change.before().identity().key());
    }
  }

  /** Puts this onto the account with somebody else's hands, whoever subscribes. */
  private void byHand(CatalogPlan plan) {
    Desk hand = new Desk();
    id().ifPresent(hand::remember);
    Policies anything = policies(ExistingSubscribers.MIGRATE);
    Result result = run(hand, plan, anything);
    for (int tries = 0; tries < 6; tries++) {
      if (result.outcome() instanceof Outcome.Done) {
        return;
      }
      hand.approve();
      result = run(hand, plan, anything);
    }
    throw new IllegalStateException(change + ": not put there by hand: " + result);
  }

  private Result run(Desk who, CatalogPlan plan, Policies policies) {
    Plot plot = Plot.undisturbed();
    Wire wire = new Wire(server, clock, plot);
    OperatorProcess process =
        OperatorProcess.start(change.backend(), wire, clock, who, plot, tamper);
    Scenario scenario = Scenario.create("guard", plan, policies);
    Outcome outcome = process.once(scenario.goal(), scenario);
    return new Result(
        outcome,
        plot.passed().stream()
            .filter(boundary -> boundary.kind() == Boundary.Kind.CALL)
            .map(
                boundary ->
                    boundary
                        .what()
                        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}")
                        .replaceAll("/[a-z]+_[0-9a-f]+", "/{id}"))
            .toList());
  }

  private static void must(Result result) {
    if (!(result.outcome() instanceof Outcome.Done)) {
      throw new IllegalStateException("not confirmed: " + result);
    }
  }

  private static Policies policies(ExistingSubscribers subscribers) {
    return new Policies(
        subscribers,
        Policies.Management.MANAGE,
        Policies.Adoption.ALWAYS,
        Policies.Deletion.RETAIN,
        Policies.DriftPolicy.REVERT);
  }

  @Override
  public void close() {
    server.close();
  }
}
