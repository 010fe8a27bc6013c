package dev.planwright.matrix;

import static dev.planwright.matrix.SamplePlans.calls;
import static dev.planwright.matrix.SamplePlans.committed;
import static dev.planwright.matrix.SamplePlans.entitled;
import static dev.planwright.matrix.SamplePlans.flat;
import static dev.planwright.matrix.SamplePlans.plan;
import static dev.planwright.matrix.SamplePlans.policies;
import static dev.planwright.matrix.SamplePlans.sms;
import static dev.planwright.matrix.SamplePlans.storage;
import static dev.planwright.matrix.SamplePlans.team;
import static dev.planwright.matrix.SamplePlans.with;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What people do with plans, in no backend's words. A {@link Repertoire} says which of these a
 * backend refuses.
 */
final class Scenarios {
  private static final List<Scenario> SHARED = all();

  private Scenarios() {}

  /**
   * All of them: every backend that is offered plays each, with plans that it can say, or says that
   * it refuses it and why.
   */
  static List<Scenario> shared() {
    return SHARED;
  }

  private static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>(everywhere());
    all.add(neverAdopted());
    all.addAll(usage());
    all.addAll(archiving());
    all.addAll(archivedWhileCreated());
    all.addAll(entitlements());
    all.addAll(amounts());
    return List.copyOf(all);
  }

  /** What is somebody else's stays as it is. */
  private static Scenario neverAdopted() {
    return Scenario.adopt("leave alone under Never", team(), team(), with(Policies.Adoption.NEVER))
        .ending(new Scenario.Blocked(Reason.OWNERSHIP_CONFLICT, "adoptionPolicy"));
  }

  /** What nearly every backend can do. */
  static List<Scenario> everywhere() {
    CatalogPlan dearer =
        plan(flat("team-monthly", "59.00"), calls("0.002"), storage("team-storage"));
    CatalogPlan otherPrices = plan(flat("team-monthly", "49.00"), calls("0.003"), sms("team-sms"));
    CatalogPlan otherNames =
        plan(flat("team-monthly", "49.00"), calls("0.002"), storage("team-disk"));
    Policies migrate = with(Policies.ExistingSubscribers.MIGRATE);
    return List.of(
        Scenario.create("create a plan with 3 prices", team(), policies()),
        Scenario.edit("change an amount", team(), dearer, policies()),
        Scenario.edit("change an amount", team(), dearer, migrate).withSubscriber(),
        Scenario.edit("add, change and remove prices", team(), otherPrices, policies()),
        Scenario.edit("add, change and remove prices", team(), otherPrices, migrate)
            .withSubscriber(),
        Scenario.edit("rename a price", team(), otherNames, policies()),
        Scenario.edit(
            "change the name", team(), SamplePlans.renamed(team(), "Team XL"), policies()),
        Scenario.adopt("adopt under IfEqual", team(), team(), with(Policies.Adoption.IF_EQUAL)),
        Scenario.adopt("adopt under Always", team(), dearer, with(Policies.Adoption.ALWAYS)),
        Scenario.recreate("make again what was deleted", team()),
        Scenario.remove("delete", team(), with(Policies.Deletion.DELETE)),
        Scenario.create("delete while it is created", team(), with(Policies.Deletion.DELETE))
            .thenRemoved(Scenario.Then.AFTER_ONE_TRY),
        Scenario.create("delete as soon as it is there", team(), with(Policies.Deletion.DELETE))
            .thenRemoved(Scenario.Then.AT_REST));
  }

  /** Off sale before anybody was told that it is on sale. */
  private static List<Scenario> archivedWhileCreated() {
    return List.of(
        Scenario.create("archive while it is created", team(), with(Policies.Deletion.ARCHIVE))
            .thenRemoved(Scenario.Then.AFTER_ONE_TRY),
        Scenario.create("archive as soon as it is there", team(), with(Policies.Deletion.ARCHIVE))
            .thenRemoved(Scenario.Then.AT_REST));
  }

  /** Usage prices that come, change and go, where there are no packages. */
  private static List<Scenario> usage() {
    CatalogPlan other = plan(flat("team-monthly", "49.00"), calls("0.003"), storage("team-disk"));
    CatalogPlan fewer = plan(flat("team-monthly", "49.00"), calls("0.003"));
    Policies migrate = with(Policies.ExistingSubscribers.MIGRATE);
    return List.of(
        Scenario.edit("add and change usage prices", fewer, team(), policies()),
        Scenario.edit("change and remove usage prices", team(), fewer, policies()),
        Scenario.edit("change and rename usage prices", team(), other, migrate).withSubscriber());
  }

  /** Off sale, while subscribers go on. */
  private static List<Scenario> archiving() {
    return List.of(
        Scenario.edit("archive", team(), SamplePlans.archived(team()), policies()),
        Scenario.remove("archive on deletion", team(), with(Policies.Deletion.ARCHIVE)));
  }

  /** Entitlements. */
  private static List<Scenario> entitlements() {
    CatalogPlan before = entitled(team(), true, 10);
    Policies migrate = with(Policies.ExistingSubscribers.MIGRATE);
    return List.of(
        Scenario.create("create with entitlements", before, policies()),
        Scenario.edit("change entitlements", before, entitled(team(), false, 0), policies()),
        Scenario.edit("change entitlements", before, entitled(team(), false, 25), migrate)
            .withSubscriber(),
        Scenario.remove("delete with entitlements", before, with(Policies.Deletion.DELETE)));
  }

  /** Entitlements, a commitment and thresholds. */
  static CatalogPlan full() {
    return withAmounts(entitled(team(), true, 10));
  }

  /** The same plan with a commitment and thresholds. */
  static CatalogPlan withAmounts(CatalogPlan plan) {
    return committed(plan, "100.00", "500.00", "1000.00");
  }

  /** Commitments and thresholds. */
  private static List<Scenario> amounts() {
    CatalogPlan full = full();
    CatalogPlan changed = committed(entitled(team(), false, 0), "150.00", "500.00", "2000.00");
    return List.of(
        Scenario.create("create with commitment and thresholds", full, policies()),
        Scenario.create("create with commitment and thresholds", full, policies()).reverting(),
        Scenario.edit("change commitment and thresholds", full, changed, policies()),
        Scenario.edit("change commitment and thresholds", full, changed, policies()).reverting(),
        Scenario.remove(
            "delete with commitment and thresholds", full, with(Policies.Deletion.DELETE)));
  }
}
