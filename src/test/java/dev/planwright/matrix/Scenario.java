package dev.planwright.matrix;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.sync.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a person asks for, and what is there before.
 *
 * @param before synced first, where something has to be there; its statuses count as written
 * @param between what happens on the account between that and the goal
 * @param forgotten whether status knows nothing of what is there, as when it is adopted
 * @param then whether the Plan is deleted after the goal was tried
 * @param end how the undisturbed run ends
 */
record Scenario(
    String name,
    Optional<CatalogPlan> before,
    Consumer<Server> between,
    boolean forgotten,
    Goal goal,
    Then then,
    Policies policies,
    End end) {

  /** What is asked for. */
  sealed interface Goal {}

  /** The backend equals this. */
  record Reach(CatalogPlan plan) implements Goal {}

  /** The Plan object is deleted. */
  record Remove(CatalogPlan plan, Policies.Deletion policy) implements Goal {}

  /** When the Plan is deleted that the goal was to create; at once when the process dies. */
  enum Then {
    NOTHING,
    /** Whatever came of the first try. */
    AFTER_ONE_TRY,
    /** When nothing is left to try. */
    AT_REST
  }

  /** How an undisturbed run ends, and every disturbed one too. */
  sealed interface End {
    /** Whether a run at rest ended like this. */
    boolean isMetBy(Outcome outcome);
  }

  /** It comes true. */
  record ComesTrue() implements End {
    @Override
    public boolean isMetBy(Outcome outcome) {
      return outcome instanceof Outcome.Done;
    }
  }

  /**
   * The backend cannot say it, and no call that changes anything is made.
   *
   * @param fields all that the message names, and nothing else
   */
  record Inexpressible(Set<String> fields) implements End {
    Inexpressible(String... fields) {
      this(Set.of(fields));
    }

    @Override
    public boolean isMetBy(Outcome outcome) {
      return outcome instanceof Outcome.Inexpressible(List<Violation> violations)
          && violations.stream().map(Violation::field).collect(Collectors.toSet()).equals(fields);
    }
  }

  /**
   * It is refused for this reason. No call that changes anything is made; only where the plan was
   * made first, to be deleted then, it is the deletion that is refused, and what was made stays.
   *
   * @param words what the message has to say
   */
  record Blocked(Reason reason, String words) implements End {
    @Override
    public boolean isMetBy(Outcome outcome) {
      return outcome instanceof Outcome.Blocked(Reason why, String message)
          && why == reason
          && message.contains(words);
    }
  }

  static Scenario create(String name, CatalogPlan plan, Policies policies) {
    return new Scenario(
        name,
        Optional.empty(),
        server -> {},
        false,
        new Reach(plan),
        Then.NOTHING,
        policies,
        new ComesTrue());
  }

  static Scenario edit(String name, CatalogPlan before, CatalogPlan after, Policies policies) {
    return new Scenario(
        name,
        Optional.of(before),
        server -> {},
        false,
        new Reach(after),
        Then.NOTHING,
        policies,
        new ComesTrue());
  }

  static Scenario remove(String name, CatalogPlan before, Policies policies) {
    return new Scenario(
        name,
        Optional.of(before),
        server -> {},
        false,
        new Remove(before, policies.deletion()),
        Then.NOTHING,
        policies,
        new ComesTrue());
  }

  /** The object is there without a mark and without a status. */
  static Scenario adopt(String name, CatalogPlan there, CatalogPlan wanted, Policies policies) {
    return new Scenario(
        name,
        Optional.of(there),
        server -> server.unmark(there.identity().key()),
        true,
        new Reach(wanted),
        Then.NOTHING,
        policies,
        new ComesTrue());
  }

  /** The same, and people have filled in by hand what the manifest does not say. */
  static Scenario adoptRicher(CatalogPlan there, CatalogPlan wanted) {
    String key = there.identity().key();
    return new Scenario(
        "adopt a richer plan under Always",
        Optional.of(there),
        server -> {
          server.unmark(key);
          ((Rich) server).enrich(key);
        },
        true,
        new Reach(wanted),
        Then.NOTHING,
        SamplePlans.with(Policies.Adoption.ALWAYS),
        new ComesTrue());
  }

  /** One person subscribes before the goal. */
  Scenario withSubscriber() {
    String key = before.orElseThrow().identity().key();
    return new Scenario(
        name + ", 1 subscriber",
        before,
        between.andThen(server -> server.subscribe(key)),
        forgotten,
        goal,
        then,
        policies,
        end);
  }

  /** Somebody deleted the plan, and it is made again. */
  static Scenario recreate(String name, CatalogPlan plan) {
    return new Scenario(
        name,
        Optional.of(plan),
        server -> server.delete(plan.identity().key()),
        false,
        new Reach(plan),
        Then.NOTHING,
        SamplePlans.with(SamplePlans.policies(), Policies.DriftPolicy.REVERT),
        new ComesTrue());
  }

  /** What differs without an edit is put back. */
  Scenario reverting() {
    return new Scenario(
        name + ", drift reverted",
        before,
        between,
        forgotten,
        goal,
        then,
        SamplePlans.with(policies, Policies.DriftPolicy.REVERT),
        end);
  }

  /** The Plan is deleted when its creation has hardly begun, or has only just ended. */
  Scenario thenRemoved(Then when) {
    return new Scenario(name, before, between, forgotten, goal, when, policies, end);
  }

  /** What is asked for at the end. */
  Goal lastGoal() {
    return switch (goal) {
      case Reach(CatalogPlan plan) when then != Then.NOTHING ->
          new Remove(plan, policies.deletion());
      case Reach reach -> reach;
      case Remove remove -> remove;
    };
  }

  /** When this happened on the account. */
  Scenario after(Consumer<Server> event) {
    return new Scenario(name, before, event, forgotten, goal, then, policies, end);
  }

  /** The same, with another end. */
  Scenario ending(End other) {
    return new Scenario(name, before, between, forgotten, goal, then, policies, other);
  }

  /** Whether nothing of it is ever sent. */
  boolean isRefusedAtOnce() {
    return !(end instanceof ComesTrue) && then == Then.NOTHING;
  }

  /** Whether what is made has to stay when the Plan is deleted. */
  boolean isLeftStanding() {
    return end instanceof Blocked && then != Then.NOTHING;
  }

  /** The same with other plans. */
  Scenario about(CatalogPlan there, CatalogPlan wanted) {
    Goal other =
        switch (goal) {
          case Reach reach -> new Reach(wanted);
          case Remove(CatalogPlan plan, Policies.Deletion policy) -> new Remove(wanted, policy);
        };
    return new Scenario(
        name, before.map(plan -> there), between, forgotten, other, then, policies, end);
  }

  @Override
  public String toString() {
    return name;
  }
}
