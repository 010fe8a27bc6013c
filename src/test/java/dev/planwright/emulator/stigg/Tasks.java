package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.TASKS;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Publishing runs beside the API: a task ends at once, after some reads, or when it is told. */
final class Tasks {
  /** This many reads mean that only a test ends it. */
  static final int WHEN_TOLD = Integer.MAX_VALUE;

  private Tasks() {}

  /** Ends what has waited for its last read. */
  static void settle(StiggState state) {
    for (ObjectNode task : state.rows(TASKS)) {
      if (task.path("reads").intValue() <= 0) {
        complete(state, task);
      }
    }
  }

  /** A read has come: tasks get one nearer to their end. */
  static void read(StiggState state) {
    settle(state);
    for (ObjectNode task : state.rows(TASKS)) {
      int reads = task.path("reads").intValue();
      if (reads != WHEN_TOLD) {
        task.put("reads", reads - 1);
      }
    }
  }

  /** The draft becomes the published version; a lost draft leaves everything as it is. */
  static void complete(StiggState state, ObjectNode task) {
    StiggState.Table kind = StiggState.Table.valueOf(task.path("kind").textValue());
    state
        .find(kind, task.path("id").textValue())
        .map(row -> new Pack(kind, row))
        .ifPresent(
            pack -> {
              if (!pack.isArchived()) {
                pack.draft().ifPresent(draft -> publish(state, pack, draft, task));
              }
            });
    state.remove(TASKS, task.path("kind").textValue() + " " + task.path("id").textValue());
  }

  private static void publish(StiggState state, Pack pack, ObjectNode draft, ObjectNode task) {
    draft.put("status", "PUBLISHED").put("updatedAt", state.now());
    if (task.path("migrationType").textValue().equals("ALL_CUSTOMERS")) {
      // Prices reach those who pay already only when each is migrated by hand.
      Lifecycle.subscriptions(state, pack)
          .forEach(it -> it.put("version", draft.path("number").intValue()));
    }
  }
}
