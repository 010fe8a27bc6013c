package dev.planwright.backend.stigg;

import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Policies;
import java.util.ArrayList;
import java.util.List;

/** How a plan goes: Stigg archives what was published, and drops what never was. */
final class StiggRemoval {
  private StiggRemoval() {}

  static Removal of(Policies.Deletion policy, StiggWorld world) {
    if (world.remote().isEmpty()) {
      return new Removal.Steps(List.of());
    }
    StiggWorld.Remote remote = world.remote().get();
    return switch (policy) {
      case RETAIN -> new Removal.Steps(List.of());
      case ARCHIVE -> new Removal.Steps(archive(remote, world));
      case DELETE ->
          remote.state() == StiggWorld.State.NEVER_PUBLISHED
              ? new Removal.Steps(archive(remote, world))
              : new Removal.Impossible(
                  "Stigg never deletes a plan that was published",
                  "set deletionPolicy: Archive, or Retain to leave it as it is");
    };
  }

  /** Off sale: a draft of ours goes first, since Stigg archives no plan that has one. */
  static List<Step> archive(StiggWorld.Remote remote, StiggWorld world) {
    StiggCalls calls = new StiggCalls(world.addon());
    List<Step> steps = new ArrayList<>();
    switch (remote.state()) {
      case ARCHIVED -> {}
      case NEVER_PUBLISHED -> steps.add(drop(remote, calls));
      case OPENED, SEALED -> {
        steps.add(drop(remote, calls));
        steps.add(archive(remote, calls));
      }
      case PUBLISHED -> steps.add(archive(remote, calls));
    }
    return List.copyOf(steps);
  }

  private static Step archive(StiggWorld.Remote remote, StiggCalls calls) {
    String id = remote.pack().id();
    return Step.of(Step.Kind.ARCHIVE, "archive " + id, sending -> calls.archive(id))
        .changes(List.of(new FieldChange("lifecycle", "Active", "Archived")))
        .affects(StiggStep.ARCHIVE.affects(false))
        .removes()
        .build();
  }

  /** Drops a draft of ours; of a plan that was never published, that is the whole plan. */
  static Step drop(StiggWorld.Remote remote, StiggCalls calls) {
    String id = remote.pack().id();
    boolean whole = remote.state() == StiggWorld.State.NEVER_PUBLISHED;
    Step.Builder step =
        Step.of(Step.Kind.DELETE, "drop our draft of " + id, sending -> calls.dropDraft(id))
            .affects(StiggStep.PREPARE.affects(false))
            .learn((handles, answer) -> handles.without(StiggHandles.DRAFT))
            .alsoDone(404);
    return (whole ? step.removes().changes(List.of(new FieldChange("plan", id, ""))) : step)
        .build();
  }
}
