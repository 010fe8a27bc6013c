package dev.planwright.sync;

import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Policies.DriftPolicy;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is remembered of drift, and what follows from it; pure. */
final class DriftMemory {
  /** So many reverts of one field within a day are a quarrel, not drift. */
  static final int LIMIT = 3;

  private static final Duration DAY = Duration.ofDays(1);

  private DriftMemory() {}

  /** The fields that differ now; a field that differed before in the same way keeps its time. */
  static List<Memory.Drift> record(List<Memory.Drift> before, List<Step> steps, Instant now) {
    return changes(steps).stream()
        .map(
            change ->
                before.stream()
                    .filter(
                        old ->
                            old.field().equals(change.field())
                                && old.actual().equals(change.from())
                                && old.desired().equals(change.to()))
                    .findFirst()
                    .orElseGet(
                        () -> new Memory.Drift(change.field(), change.to(), change.from(), now)))
        .toList();
  }

  /**
   * What was confirmed before is not there as it was: without a note of that, the next run would
   * take the old confirmation for the truth.
   *
   * @param reason why nothing was written
   */
  static Memory doubted(Memory memory, Reason reason, Instant now) {
    Instant since =
        memory.drift().stream()
            .filter(old -> old.actual().equals(reason.toString()))
            .map(Memory.Drift::since)
            .findFirst()
            .orElse(now);
    return memory.withDrift(
        List.of(new Memory.Drift("plan", "as synced", reason.toString(), since)));
  }

  /**
   * Why a difference that no edit explains may not be put back; empty when it may.
   *
   * @param mapping ours, for instance {@code bxb/3}
   */
  static Optional<Outcome.Blocked> objection(
      Memory memory, String mapping, DriftPolicy policy, List<Step> steps, Instant now) {
    String stored = memory.binding().mapping();
    if (isNewer(stored, mapping)) {
      return blocked(
          Reason.DRIFTED,
          "last synced by a newer version (%s, this is %s): nothing is written without an edit; %s"
              .formatted(stored, mapping, Messages.fields(steps)));
    }
    if (policy != DriftPolicy.REVERT) {
      return blocked(
          Reason.DRIFTED,
          "the backend was changed: %s; %s"
              .formatted(Messages.fields(steps), Reason.DRIFTED.whatToDo()));
    }
    List<String> contested = contested(memory.reverts(), steps, now);
    return contested.isEmpty()
        ? Optional.empty()
        : blocked(
            Reason.CONTESTED,
            "put back %d times within a day and changed again: %s; %s"
                .formatted(LIMIT, String.join(", ", contested), Reason.CONTESTED.whatToDo()));
  }

  private static Optional<Outcome.Blocked> blocked(Reason reason, String message) {
    return Optional.of(new Outcome.Blocked(reason, message));
  }

  /** Fields among these that were put back too often within the last day. */
  static List<String> contested(Map<String, List<Instant>> reverts, List<Step> steps, Instant now) {
    return changes(steps).stream()
        .map(FieldChange::field)
        .filter(field -> recent(reverts.getOrDefault(field, List.of()), now).size() >= LIMIT)
        .toList();
  }

  /** The times of reverts with those of now added and those of more than a day ago dropped. */
  static Map<String, List<Instant>> reverted(
      Map<String, List<Instant>> reverts, List<Step> done, Instant now) {
    Map<String, List<Instant>> times = new TreeMap<>();
    reverts.forEach(
        (field, old) -> {
          List<Instant> kept = recent(old, now);
          if (!kept.isEmpty()) {
            times.put(field, kept);
          }
        });
    for (FieldChange change : changes(done)) {
      List<Instant> all = new ArrayList<>(times.getOrDefault(change.field(), List.of()));
      all.add(now);
      times.put(change.field(), all);
    }
    return times;
  }

  /**
   * Whether a mapping such as {@code bxb/4} is newer than ours. An unreadable one counts as newer:
   * it cannot have been written by this version.
   */
  static boolean isNewer(String stored, String ours) {
    if (stored.isEmpty() || stored.equals(ours)) {
      return false;
    }
    return version(stored) > version(ours);
  }

  private static int version(String mapping) {
    String number = mapping.substring(mapping.indexOf('/') + 1);
    return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
  }

  private static List<Instant> recent(List<Instant> times, Instant now) {
    return times.stream().filter(time -> time.isAfter(now.minus(DAY))).toList();
  }

  private static List<FieldChange> changes(List<Step> steps) {
    return steps.stream().flatMap(step -> step.changes().stream()).distinct().toList();
  }
}
