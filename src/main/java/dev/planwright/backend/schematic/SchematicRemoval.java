package dev.planwright.backend.schematic;

import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.backend.schematic.SchematicPlan.Version;
import dev.planwright.catalog.Policies;
import java.util.ArrayList;
import java.util.List;

/** How a plan goes: out of the whole account, or not at all. */
final class SchematicRemoval {
  static final Removal.Impossible NO_ARCHIVE =
      new Removal.Impossible(
          "Schematic has no call that archives a plan",
          "set deletionPolicy: Retain and take the plan out of the catalog in Schematic");

  private SchematicRemoval() {}

  static Removal of(Policies.Deletion policy, SchematicWorld world) {
    return switch (policy) {
      case RETAIN -> new Removal.Steps(List.of());
      case ARCHIVE -> NO_ARCHIVE;
      case DELETE -> delete(world);
    };
  }

  private static Removal delete(SchematicWorld world) {
    if (world.plan().isEmpty()) {
      return new Removal.Steps(List.of());
    }
    SchematicPlan plan = world.plan().get();
    if (world.environments() != 1) {
      return new Removal.Impossible(
          "plan "
              + plan.id()
              + " belongs to the account, and GET /whoami shows "
              + world.environments()
              + " environments: who has it in the others cannot be counted with this key",
          "set deletionPolicy: Retain, and delete it in Schematic by hand once nobody has it"
              + " anywhere");
    }
    return new Removal.Steps(
        List.of(
            Step.of(
                    Step.Kind.DELETE,
                    "delete plan " + plan.name(),
                    sending -> SchematicCalls.deletePlan(plan.id()))
                .changes(List.of(new FieldChange("plan", plan.id(), "")))
                .affects(SchematicStep.DELETE_PLAN.row().underKeep())
                .removes()
                .erases(foreign(plan, world.handles()))
                .alsoDone(404)
                .learn((handles, answer) -> handles.with(Memo.DELETED, plan.id()))
                .build()));
  }

  /** What is on the plan and came from nobody's manifest. */
  private static List<String> foreign(SchematicPlan plan, Handles handles) {
    List<String> foreign = new ArrayList<>();
    if (plan.target().isEmpty()) {
      return foreign;
    }
    Version version = plan.target().get();
    if (version.credits() > 0) {
      foreign.add(version.credits() + " credit grants");
    }
    if (handles.get(Memo.MADE).isPresent()) {
      return foreign;
    }
    version.priceIds().keySet().stream()
        .filter(key -> handles.get("base:" + key).isEmpty())
        .forEach(key -> foreign.add("price " + key));
    version.rows().stream()
        .filter(row -> handles.get("feature:" + row.featureId()).isEmpty())
        .forEach(row -> foreign.add("entitlement of feature " + row.featureId()));
    return foreign;
  }
}
