package dev.planwright.backend.bxb;

import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Policies;
import java.util.ArrayList;
import java.util.List;

/**
 * How a plan goes: bxb answers 500 while anything refers to it, so what hangs beside it goes first.
 */
final class BxbRemoval {
  static final Removal.Impossible NO_ARCHIVE =
      new Removal.Impossible(
          "bxb cannot stop selling a plan and keep it for its subscribers",
          "set deletionPolicy: Retain to leave the plan as it is, or Delete once nobody subscribes"
              + " to it");

  private final BxbPlan plan;
  private final BxbWorld world;
  private final List<Step> steps = new ArrayList<>();

  private BxbRemoval(BxbPlan plan, BxbWorld world) {
    this.plan = plan;
    this.world = world;
  }

  static Removal of(Policies.Deletion policy, BxbWorld world) {
    return switch (policy) {
      case RETAIN -> new Removal.Steps(List.of());
      case ARCHIVE -> NO_ARCHIVE;
      case DELETE ->
          new Removal.Steps(
              world.plan().map(it -> new BxbRemoval(it, world).steps()).orElse(List.of()));
    };
  }

  private List<Step> steps() {
    plan.entitlements()
        .forEach(
            it ->
                child(
                    BxbStep.CHANGE_ENTITLEMENT,
                    "entitlement " + world.directory().featureName(it.featureId()),
                    it.id(),
                    BxbCalls.deleteEntitlement(it.id())));
    plan.commitments()
        .forEach(
            it ->
                child(
                    BxbStep.CHANGE_COMMITMENT,
                    "commitment " + it.id(),
                    it.id(),
                    BxbCalls.deleteCommitment(it.id())));
    plan.thresholds()
        .forEach(
            it ->
                child(
                    BxbStep.CHANGE_THRESHOLD,
                    "usage threshold " + it.id(),
                    it.id(),
                    BxbCalls.deleteThreshold(it.id())));
    // Nothing in bxb ties these to the plan: left behind, they would be nobody's for ever.
    plan.taxes()
        .forEach(
            it ->
                child(
                    BxbStep.CHANGE_TAX, "tax " + it.taxId(), it.id(), BxbCalls.removeTax(it.id())));
    List<String> charges =
        plan.charges().stream()
            .filter(it -> !world.isOurs(it.hash()))
            .map(it -> "charge " + ChargeDiff.shown(it, world.directory()))
            .toList();
    steps.add(
        Step.of(
                Step.Kind.DELETE,
                "delete plan " + plan.code(),
                sending -> BxbCalls.deletePlan(plan.id()))
            .changes(List.of(new FieldChange("plan", plan.code(), "")))
            .affects(BxbStep.DELETE_PLAN.affects())
            .removes()
            .erases(charges)
            .alsoDone(404)
            .build());
    return List.copyOf(steps);
  }

  private void child(BxbStep kind, String what, String id, ApiRequest request) {
    steps.add(
        Step.of(Step.Kind.DELETE, "delete " + what + " of plan " + plan.code(), sending -> request)
            .changes(List.of(new FieldChange(what, id, "")))
            .affects(kind.affects())
            .removes()
            .erases(world.isOurs(BxbChildren.hash(id)) ? List.of() : List.of(what))
            .alsoDone(404)
            .build());
  }
}
