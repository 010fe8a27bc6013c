package dev.planwright.matrix;

import dev.planwright.backend.Provider;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens to one Plan over the months: people edit it, subscribe, approve or do not, and
 * whatever can go wrong at a boundary does, more than once, with an operator that dies in between
 * and a status that comes back old or not at all.
 */
final class Life {
  private static final List<String> AMOUNTS = List.of("49.00", "59.90", "10.00", "0.50");
  private static final List<String> CALLS = List.of("0.002", "0.003", "1.00");
  private static final List<BigDecimal> USES =
      List.of(BigDecimal.ZERO, BigDecimal.ONE, new BigDecimal("5000"));
  private static final Duration LEASE = Wire.LATEST.minus(OperatorProcess.TIMEOUT);
  private static final int TRIES = 24;
  private static final Pattern ANNOTATE = Pattern.compile("kubectl annotate .*?external-id=(\\S+)");

  private final BackendUnderTest backend;
  private final Tamper tamper;
  private final Random dice;
  private final ManualClock clock = new ManualClock();
  private final Server server;
  private final Payers payers;
  private final Desk desk = new Desk();
  private final Plot plot;
  private final Wire wire;
  private final long plansBefore;
  private final Map<String, List<BigDecimal>> owed = new LinkedHashMap<>();
  private final List<String> story = new ArrayList<>();
  private Map<String, String> priceIds = Map.of();
  private boolean wasRestored;
  // Outlives a status that is lost.
  private String annotation = "";

  /**
   * @param seed gives the same life again
   * @param tamper takes a guard away, to prove that a life shows it
   */
  Life(BackendUnderTest backend, long seed, Tamper tamper) {
    this.backend = backend;
    this.tamper = tamper;
    this.dice = new Random(seed);
    this.server = backend.fresh(clock);
    this.payers = (Payers) server;
    this.plot = Plot.random(dice, story::add);
    this.wire = new Wire(server, clock, plot);
    this.plansBefore = plans();
  }

  /**
   * Some edits, each brought to rest under faults and then once more without any.
   *
   * @return what every edit came to
   * @throws AssertionError with the whole story, when something happened that never may
   */
  List<Outcome> live(int edits) {
    try (server) {
      List<Outcome> ends = new ArrayList<>();
      for (int i = 0; i < edits; i++) {
        ends.add(edited(drawn()));
      }
      return ends;
    }
  }

  /**
   * Whether an old status came back. It may confirm what is wanted again by now, and is no longer
   * there: that looks like a change by hand, and is told as one.
   */
  boolean wasRestored() {
    return wasRestored;
  }

  private Outcome edited(CatalogPlan plan) {
    boolean migrates = dice.nextInt(4) == 0;
    Scenario wish =
        Scenario.create(
            "life",
            plan,
            SamplePlans.with(
                migrates
                    ? Policies.ExistingSubscribers.MIGRATE
                    : Policies.ExistingSubscribers.KEEP));
    story.add((migrates ? "wish, migrating: " : "wish: ") + plan);
    plot.calm(false);
    toRest(wish, false);
    wire.settle();
    plot.calm(true);
    Outcome outcome = toRest(wish, migrates && dice.nextBoolean());
    soldOnce(outcome);
    if (outcome instanceof Outcome.Done) {
      isSoldAsWished(wish, plan);
      if (dice.nextBoolean()) {
        String who = payers.join(plan, priceIds);
        owed.put(who, owes(who));
        story.add("joined: " + who + " for " + owed.get(who));
      }
    }
    return outcome;
  }

  // ---- people ----------------------------------------------------------------------------------

  private CatalogPlan drawn() {
    List<CatalogPrice> prices = new ArrayList<>();
    prices.add(SamplePlans.flat("team-monthly" + maybe("-2"), any(AMOUNTS)));
    if (dice.nextInt(3) == 0) {
      prices.add(
          every(
              Interval.of(Interval.Unit.YEAR, 1),
              SamplePlans.flat("team-yearly", any(AMOUNTS) + "0")));
    }
    if (dice.nextInt(2) == 0) {
      prices.add(SamplePlans.calls(any(CALLS)));
    }
    if (dice.nextInt(3) == 0) {
      prices.add(SamplePlans.storage("team-storage" + maybe("-2")));
    }
    if (dice.nextInt(4) == 0) {
      prices.add(SamplePlans.sms("team-sms"));
    }
    CatalogPlan plan = SamplePlans.plan(prices.toArray(CatalogPrice[]::new));
    if (dice.nextInt(3) > 0) {
      plan = SamplePlans.entitled(plan, dice.nextBoolean(), 1 + dice.nextInt(3));
    }
    String name = "Team" + maybe(" and friends");
    String text = "For growing teams" + maybe(" and others");
    plan =
        PlanDraft.edit(
                draft -> {
                  draft.displayName = name;
                  draft.description = text;
                })
            .apply(plan);
    Optional<CatalogPlan> narrowed = Narrowed.to(plan, provider());
    return narrowed.orElseThrow(() -> new AssertionError("nothing is left of it"));
  }

  private String maybe(String text) {
    return dice.nextInt(3) == 0 ? text : "";
  }

  private <T> T any(List<T> all) {
    return all.get(dice.nextInt(all.size()));
  }

  private static CatalogPrice every(Interval interval, CatalogPrice price) {
    return PlanDraft.price(
            price.name(), draft -> draft.schedule = new CatalogPrice.Recurring(interval))
        .apply(SamplePlans.plan(price))
        .prices()
        .getFirst();
  }

  private Provider<?> provider() {
    return backend
        .factory()
        .open(
            backend.config(),
            request -> {
              throw new AssertionError("a check makes no call: " + request);
            },
            clock);
  }

  // ---- the operator ----------------------------------------------------------------------------

  private Outcome toRest(Scenario wish, boolean approves) {
    OperatorProcess process = OperatorProcess.start(backend, wire, clock, desk, plot, tamper);
    Outcome outcome = new Outcome.Stale();
    int slow = 0;
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        outcome = process.once(wish.goal(), wish);
        story.add("  " + outcome);
        if (backend.keepsId() && outcome instanceof Outcome.Done) {
          annotation = desk.current().memory().binding().externalId();
        }
      } catch (ProcessDied death) {
        process = restarted();
        continue;
      } finally {
        nobodyIsTouched();
      }
      if (approves
          && outcome instanceof Outcome.Blocked(Reason reason, String message)
          && reason == Reason.APPROVAL_REQUIRED
          && desk.approve()) {
        story.add("  approved");
        owed.clear(); // what they pay from now on is what was approved
        continue;
      }
      if (plot.isCalm() && isTold(outcome)) {
        continue;
      }
      Optional<Duration> again = OperatorProcess.retry(outcome);
      if (again.isEmpty() || (outcome instanceof Outcome.Blocked && ++slow > 3)) {
        return outcome;
      }
      clock.advance(again.get());
    }
    return outcome;
  }

  /** Where only people know whose a plan is, the person runs the line that the message gives. */
  private boolean isTold(Outcome outcome) {
    if (outcome instanceof Outcome.Blocked(Reason reason, String message)
        && reason == Reason.OWNERSHIP_CONFLICT) {
      Matcher line = ANNOTATE.matcher(message);
      if (line.find()) {
        story.add("  annotated as told");
        desk.remember(line.group(1));
        return true;
      }
    }
    return false;
  }

  private OperatorProcess restarted() {
    clock.advance(LEASE);
    int lost = dice.nextInt(10);
    if (lost == 0 && !desk.written().isEmpty()) {
      int number = dice.nextInt(desk.written().size());
      Desk.Status old = desk.written().get(number);
      // The annotation stands for an id that status doesn't know.
      boolean isUnknown = old.memory().binding().externalId().isEmpty() && !annotation.isEmpty();
      desk.restore(
          isUnknown
              ? new Desk.Status(
                  old.memory().bound(annotation), old.ready(), old.reason(), old.pendingHash())
              : old);
      wasRestored = true;
      story.add("  died, and status " + number + " came back");
    } else if (lost == 1) {
      if (annotation.isEmpty()) {
        desk.restore(Desk.Status.EMPTY);
      } else {
        desk.remember(annotation);
      }
      story.add("  died, and status was lost");
    } else {
      story.add("  died");
    }
    return OperatorProcess.start(
        backend,
        wire,
        clock,
        desk,
        plot,
        tamper,
        Optional.of(clock.instant().plus(OperatorProcess.TIMEOUT)));
  }

  // ---- what must never happen ------------------------------------------------------------------

  private void nobodyIsTouched() {
    owed.forEach(
        (who, before) -> {
          List<BigDecimal> now = owes(who);
          if (!now.equals(before)) {
            throw new AssertionError(who + " paid " + before + " and pays " + now + "\n" + told());
          }
        });
  }

  private List<BigDecimal> owes(String who) {
    return USES.stream().map(calls -> payers.owes(who, calls).stripTrailingZeros()).toList();
  }

  private void soldOnce(Outcome outcome) {
    long made = plans() - plansBefore;
    if (made > 1 || (outcome instanceof Outcome.Done && made < 1)) {
      throw new AssertionError(made + " plans\n" + told());
    }
  }

  private long plans() {
    return server.objects().stream()
        .filter(object -> object.startsWith("plan ") && !backend.isOpenDraft(object))
        .count();
  }

  /** A second look writes nothing, and a newcomer pays what a plan costs that is made afresh. */
  private void isSoldAsWished(Scenario wish, CatalogPlan plan) {
    long writes = server.writesSeen();
    OperatorProcess process = OperatorProcess.start(backend, wire, clock, desk, plot, Tamper.NONE);
    Outcome again = process.once(wish.goal(), wish);
    priceIds = process.priceIds();
    if (!(again instanceof Outcome.Done) || server.writesSeen() != writes) {
      throw new AssertionError("not at rest: " + again + "\n" + told());
    }
    List<BigDecimal> here = newcomer(server, plan, priceIds);
    try (Server fresh = backend.fresh(clock)) {
      Desk clean = new Desk();
      Plot calm = Plot.undisturbed();
      OperatorProcess other =
          OperatorProcess.start(
              backend, new Wire(fresh, clock, calm), clock, clean, calm, Tamper.NONE);
      Outcome made = other.once(wish.goal(), wish);
      if (!(made instanceof Outcome.Done)) {
        throw new AssertionError("could not be made afresh: " + made + "\n" + told());
      }
      List<BigDecimal> there = newcomer(fresh, plan, other.priceIds());
      if (!here.equals(there)) {
        throw new AssertionError(
            "a newcomer pays " + here + " where it should be " + there + "\n" + told());
      }
    }
  }

  private static List<BigDecimal> newcomer(
      Server server, CatalogPlan plan, Map<String, String> priceIds) {
    try (Server copy = server.copy()) {
      Payers there = (Payers) copy;
      String who = there.join(plan, priceIds);
      return USES.stream().map(calls -> there.owes(who, calls).stripTrailingZeros()).toList();
    }
  }

  private String told() {
    return String.join("\n", story) + "\n" + server.objects();
  }
}
