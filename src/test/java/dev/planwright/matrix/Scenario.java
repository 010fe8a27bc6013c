package dev.planwright.matrix;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import java.util.Optional;
import java.util.function.Consumer;

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

  /** How an undisturbed run ends. */
  enum End {
    /** It comes true. */
    DONE,
    /** The backend cannot do it: it says so, and no call that changes anything is made. */
    REFUSED
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
        End.DONE);
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
        End.DONE);
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
        End.DONE);
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
        End.DONE);
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
        End.DONE);
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
        End.DONE);
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

  /** The backend cannot do it. */
  Scenario refused() {
    return new Scenario(name, before, between, forgotten, goal, then, policies, End.REFUSED);
  }

  @Override
  public String toString() {
    return name;
  }
}
