package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.Step;
import dev.planwright.backend.schematic.SchematicPlan.Version;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import java.util.List;
import java.util.Optional;

/**
 * One call for each round: the plan itself; then all that it says, in the version that nobody has
 * yet; then, read back and equal, the publication. A change of a published plan takes the last two,
 * where Schematic opens a draft for it, or only the first of them, where it does not.
 */
final class SchematicPlanner {
  /** The intent of a call whose entitlements or whose draft would come twice. */
  static final String CONTENT = "content";

  /** The intent of creating a plan is this and its exact name. */
  static final String PLAN = "plan:";

  /** So many entitlements one call may change; what is left follows in the next round. */
  private static final int EDITS = 100;

  /** What an approved Migrate does to those who have the plan. */
  private static final String MOVING =
      " move everybody who has it to the new version at once, without proration";

  private final Wanted wanted;
  private final SchematicWorld world;
  private final SchematicSettings settings;
  private final ExistingSubscribers policy;

  private SchematicPlanner(
      Wanted wanted, SchematicWorld world, SchematicSettings settings, ExistingSubscribers policy) {
    this.wanted = wanted;
    this.world = world;
    this.settings = settings;
    this.policy = policy;
  }

  static List<Step> plan(
      CatalogPlan desired,
      SchematicWorld world,
      SchematicSettings settings,
      ExistingSubscribers policy) {
    if (!Wanted.isSellable(desired)) {
      return List.of(); // nothing to sell: the core says so, and Schematic is left as it is
    }
    Wanted wanted = Wanted.of(desired, settings, world.directory());
    if (!wanted.missing().isEmpty()) {
      return List.of(unresolved(desired, wanted.missing()));
    }
    SchematicPlanner planner = new SchematicPlanner(wanted, world, settings, policy);
    return world.plan().map(planner::change).orElseGet(() -> List.of(planner.create()));
  }

  /** A bulk listing may meet a reference that went away: a difference, and nothing to send. */
  private static Step unresolved(CatalogPlan desired, List<MissingReference> missing) {
    List<FieldChange> changes =
        missing.stream().map(it -> new FieldChange(it.field(), "", it.lookedFor())).toList();
    return Step.of(
            Step.Kind.WRITE,
            "resolve what " + desired.object() + " refers to",
            sending -> {
              throw new IllegalStateException("cannot be sent: " + changes);
            })
        .changes(changes)
        .build();
  }

  private Step create() {
    ObjectNode body = Bodies.create(wanted);
    return Step.of(
            Step.Kind.CREATE,
            "create plan " + wanted.name(),
            sending -> SchematicCalls.createPlan(body.deepCopy()))
        .intent(PLAN + wanted.name())
        .changes(List.of(new FieldChange("displayName", "", wanted.name())))
        .affects(SchematicStep.CREATE_PLAN.affects(policy))
        .learn(
            (handles, answer) ->
                handles
                    .with(
                        Handles.PLAN,
                        Json.need(answer.requireBody("plans.create").path("data"), "id"))
                    .with(Memo.MADE, "yes"))
        .build();
  }

  private List<Step> change(SchematicPlan plan) {
    Optional<Version> target = plan.target();
    Comparison comparison = Comparison.of(wanted, plan, target, world.handles(), world.directory());
    if (!comparison.isEqual() || target.isEmpty()) {
      return List.of(write(plan, target, comparison));
    }
    return plan.draft().map(it -> List.of(publish(plan, it))).orElse(List.of());
  }

  private Step write(SchematicPlan plan, Optional<Version> target, Comparison comparison) {
    boolean published = target.isPresent() && plan.draft().isEmpty();
    List<Comparison.Edit> all = comparison.edits();
    List<Comparison.Edit> edits = all.subList(0, Math.min(EDITS, all.size()));
    ObjectNode body =
        Bodies.change(comparison.written(), plan.id(), target, comparison.changesBase(), edits);
    // Never sent twice: added entitlements would be there twice, and what lands after its draft was
    // published opens another one.
    Step.Builder step =
        Step.of(
                Step.Kind.CREATE,
                title(published, comparison),
                sending -> SchematicCalls.changePlan(plan.id(), body.deepCopy()))
            .intent(CONTENT)
            .changes(comparison.changes())
            .affects(kind(published, comparison).affects(policy))
            .erases(comparison.erases());
    if (published) {
      step.learn((handles, answer) -> draft(handles, answer, target.orElseThrow()));
    }
    return (comparison.takesAway() ? step.removes() : step).build();
  }

  /** Who approves a change approves what follows it, so it is said here already. */
  private String title(boolean published, Comparison comparison) {
    if (!published) {
      return "complete draft of plan " + wanted.name();
    }
    boolean moves = policy == ExistingSubscribers.MIGRATE && comparison.changesContent();
    return "change plan " + wanted.name() + (moves ? " and" + MOVING : "");
  }

  /** Which draft the write has opened, if any. */
  private static Handles draft(Handles handles, ApiResponse answer, Version before) {
    JsonNode version = answer.body().path("data").path("plan_version");
    return switch (Json.text(version, "status")) {
      case "draft" -> handles.with(Memo.DRAFT, Json.need(version, "id"));
      case "published" -> handles;
      default -> handles.with(Memo.DRAFT, before.id());
    };
  }

  private SchematicStep kind(boolean published, Comparison comparison) {
    if (!published) {
      return SchematicStep.CHANGE_DRAFT;
    }
    if (!comparison.changesContent()) {
      return settings.editsOpenDraft()
          ? SchematicStep.CHANGE_TEXT_BY_DRAFT
          : SchematicStep.CHANGE_TEXT;
    }
    return settings.editsOpenDraft()
        ? SchematicStep.CHANGE_PUBLISHED_BY_DRAFT
        : SchematicStep.CHANGE_PUBLISHED;
  }

  /** Only what was read back from the draft and equals the manifest is published. */
  private Step publish(SchematicPlan plan, Version draft) {
    Optional<Comparison> sold =
        plan.active()
            .map(
                it ->
                    Comparison.of(
                        wanted,
                        plan.withoutDraft(),
                        Optional.of(it),
                        world.handles(),
                        world.directory()));
    SchematicStep kind =
        sold.map(
                it ->
                    it.changesContent() ? SchematicStep.PUBLISH_DRAFT : SchematicStep.PUBLISH_TEXT)
            .orElse(SchematicStep.PUBLISH_FIRST);
    boolean moves = kind == SchematicStep.PUBLISH_DRAFT && policy == ExistingSubscribers.MIGRATE;
    return Step.of(
            Step.Kind.PUBLISH,
            "publish version "
                + draft.number()
                + " of plan "
                + wanted.name()
                + (moves ? "," + MOVING : ""),
            sending -> SchematicCalls.publish(draft.id(), Bodies.publish(moves)))
        .changes(
            sold.map(Comparison::changes)
                .filter(it -> !it.isEmpty())
                .orElse(List.of(new FieldChange("lifecycle", "Draft", "Active"))))
        .affects(kind.affects(policy))
        .build();
  }
}
