package dev.planwright.matrix;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One run of one scenario, from its start to its rest, with at most one fault. */
final class Trial {
  /** Enough for every wait of every provider; an operator that needs more never comes to rest. */
  private static final int TRIES = 24;

  /** After a kill, until another may take the Lease. */
  private static final Duration LEASE = Wire.LATEST.minus(OperatorProcess.TIMEOUT);

  /** The status is lost. */
  static final int EMPTY = -1;

  /** The status is lost, and the id is kept in the annotation, where it ever got there. */
  static final int ANNOTATION = -2;

  private final BackendUnderTest backend;
  private final Scenario scenario;
  private final Tamper tamper;
  private final Server server;
  private final Desk desk;
  private final ManualClock clock;
  private final Plot plot;
  private final Wire wire;
  private final OptionalInt restart;

  private final List<String> dishonest = new ArrayList<>();
  private Optional<List<String>> expected = Optional.empty();
  private int writtenAtDeath;
  private boolean died;
  private int atDeletion;
  private Scenario.Goal goal;

  /**
   * @param start what is there: copied, never changed
   * @param restart the status that a new process finds: {@link #EMPTY}, {@link #ANNOTATION}, or the
   *     number of one that was written in this trial; empty for the latest
   */
  Trial(
      BackendUnderTest backend,
      Scenario scenario,
      Tamper tamper,
      Start start,
      Plot plot,
      OptionalInt restart) {
    this.backend = backend;
    this.scenario = scenario;
    this.tamper = tamper;
    this.server = start.server().copy();
    this.desk = start.desk().copy();
    this.clock = start.clock();
    this.plot = plot;
    this.wire = new Wire(server, clock, plot);
    this.restart = restart;
    this.goal = scenario.goal();
  }

  /**
   * What a trial starts from.
   *
   * @param clock shared by all trials: it only ever goes on
   */
  record Start(Server server, Desk desk, ManualClock clock) {}

  /**
   * How a trial ended.
   *
   * @param outcome at rest
   * @param objects on the server at rest
   * @param most objects on the server at once, as far as the trial looked
   * @param boundaries that were passed
   * @param written statuses that had been written when the process died
   * @param approvals how often a person was asked
   * @param serverWrites calls that change something, as the server counted them
   * @param statusWrites that reached the API server
   * @param idleWrites of one more look after the rest: none, if it was one
   * @param dishonest times at which Ready was said and not true
   */
  record Ending(
      Outcome outcome,
      List<String> objects,
      int most,
      List<Boundary> boundaries,
      int written,
      boolean died,
      boolean struck,
      int approvals,
      long serverWrites,
      int statusWrites,
      int idleWrites,
      List<String> dishonest) {}

  /** Ready may only be said while the server holds this. */
  Trial holding(List<String> objects) {
    expected = Optional.of(objects);
    return this;
  }

  Ending run() {
    long before = server.writesSeen();
    try {
      Outcome outcome = toRest(start());
      wire.settle();
      // What a sweep finds sooner or later: the plan is looked at again.
      OperatorProcess last = start();
      if (!desk.isGone()) {
        outcome = toRest(last);
      }
      if (desk.isGone()) {
        outcome = new Outcome.Done();
      }
      long serverWrites = server.writesSeen() - before;
      int statusWrites = desk.writes();
      int sent = wire.writes();
      if (!desk.isGone()) {
        last.once(goal, scenario);
      }
      return new Ending(
          outcome,
          server.objects(),
          Math.max(atDeletion, server.objects().size()),
          plot.passed(),
          writtenAtDeath,
          died,
          plot.struck(),
          desk.approvals(),
          serverWrites,
          statusWrites,
          wire.writes() - sent,
          dishonest);
    } finally {
      wire.settle();
      server.close();
    }
  }

  private OperatorProcess start() {
    return OperatorProcess.start(backend, wire, clock, desk, plot, tamper);
  }

  /** After a kill: the Lease runs out, and from then on the last calls are waited for. */
  private OperatorProcess startAfterAKill() {
    clock.advance(LEASE);
    return OperatorProcess.start(
        backend,
        wire,
        clock,
        desk,
        plot,
        tamper,
        Optional.of(clock.instant().plus(OperatorProcess.TIMEOUT)));
  }

  private Outcome toRest(OperatorProcess first) {
    OperatorProcess process = first;
    Outcome outcome = new Outcome.Stale();
    int slow = 0;
    for (int tries = 0; tries < TRIES && !desk.isGone(); tries++) {
      try {
        outcome = process.once(goal, scenario);
        honest(outcome);
      } catch (ProcessDied death) {
        process = restart();
        goal = scenario.lastGoal();
        continue;
      }
      if (scenario.then() == Scenario.Then.AFTER_ONE_TRY && isDeletedNow()) {
        continue;
      }
      if (outcome instanceof Outcome.Blocked(Reason reason, String message)
          && reason == Reason.APPROVAL_REQUIRED
          && desk.approve()) {
        continue;
      }
      Optional<Duration> again = OperatorProcess.retry(outcome);
      if (again.isEmpty() || (outcome instanceof Outcome.Blocked && ++slow > 3)) {
        if (isDeletedNow()) {
          continue;
        }
        return outcome;
      }
      clock.advance(again.get());
    }
    return outcome;
  }

  private OperatorProcess restart() {
    died = true;
    writtenAtDeath = desk.written().size();
    if (restart.isPresent()) {
      int number = restart.getAsInt();
      desk.restore(
          switch (number) {
            case EMPTY -> Desk.Status.EMPTY;
            case ANNOTATION -> desk.annotated();
            default -> desk.written().get(number);
          });
    }
    if (desk.isGone()) {
      return start();
    }
    // A new leader waits out the request timeout before it creates anything that no key protects.
    // Where the journal is there to warn it, the trial is harder: it does not wait. A deletion is
    // warned of a create that a key protects by nothing but the wait.
    boolean isWarned =
        scenario.lastGoal() instanceof Scenario.Reach
            || desk.current().memory().journal().intents().stream()
                .anyMatch(intent -> !intent.idempotencyKey().isEmpty());
    return backend.isJournaled() && restart.isEmpty() && isWarned ? start() : startAfterAKill();
  }

  /** The person deletes the Plan; false when it is being deleted already, or never will be. */
  private boolean isDeletedNow() {
    boolean now = !goal.equals(scenario.lastGoal());
    if (now) {
      goal = scenario.lastGoal();
      atDeletion = server.objects().size();
    }
    return now;
  }

  private void honest(Outcome outcome) {
    if (outcome instanceof Outcome.Done
        && expected.isPresent()
        && goal instanceof Scenario.Reach
        && goal.equals(scenario.lastGoal())) {
      List<String> there = server.objects();
      if (!there.equals(expected.get())) {
        dishonest.add("Ready was said while the account held " + there);
      }
    }
  }
}
