package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.catalog.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The conditions of one object at one generation; pure. */
final class Conditions {
  private static final String NOTHING_SENT = "nothing was read or sent for this generation";

  private final List<Condition> before;
  private final long generation;
  private final Instant now;
  private final List<Condition> after = new ArrayList<>();

  private Conditions(List<Condition> before, long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now;
  }

  /** All is well. */
  static List<Condition> ready(List<Condition> before, long generation, Instant now) {
    return new Conditions(before, generation, now)
        .yes(ConditionType.ACCEPTED)
        .yes(ConditionType.SYNCED)
        .yes(ConditionType.READY)
        .after;
  }

  /**
   * Not well.
   *
   * @param working whether something is under way or tried again by itself
   */
  static List<Condition> notReady(
      List<Condition> before,
      long generation,
      Instant now,
      Reason reason,
      String message,
      boolean working) {
    Conditions conditions = new Conditions(before, generation, now);
    if (reason.kind() == Reason.Kind.ACCEPTED) {
      conditions.no(ConditionType.ACCEPTED, reason, message);
      conditions.add(
          ConditionType.SYNCED, Condition.Status.UNKNOWN, reason.toString(), NOTHING_SENT);
    } else {
      conditions.yes(ConditionType.ACCEPTED);
      conditions.no(ConditionType.SYNCED, reason, message);
    }
    conditions.no(ConditionType.READY, reason, message);
    if (working) {
      Reason doing = reason == Reason.PROGRESSING ? Reason.PROGRESSING : Reason.RETRYING;
      conditions.add(ConditionType.RECONCILING, Condition.Status.TRUE, doing.toString(), message);
    } else {
      conditions.add(ConditionType.STALLED, Condition.Status.TRUE, reason.toString(), message);
    }
    return conditions.after;
  }

  /** Valid by itself, and held up by what is wrong with another object. */
  static List<Condition> waiting(
      List<Condition> before, long generation, Instant now, Reason reason, String message) {
    return new Conditions(before, generation, now)
        .yes(ConditionType.ACCEPTED)
        .add(ConditionType.SYNCED, Condition.Status.UNKNOWN, reason.toString(), NOTHING_SENT)
        .no(ConditionType.READY, reason, message)
        .add(ConditionType.STALLED, Condition.Status.TRUE, reason.toString(), message)
        .after;
  }

  /** Whether the object is ready at this very generation. */
  static boolean isReady(List<Condition> conditions, long generation) {
    return find(conditions, ConditionType.READY)
        .filter(ready -> Objects.equals(ready.observedGeneration(), generation))
        .map(Condition::holds)
        .orElse(false);
  }

  static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  private Conditions yes(String type) {
    return add(type, Condition.Status.TRUE, type, "");
  }

  private Conditions no(String type, Reason reason, String message) {
    return add(type, Condition.Status.FALSE, reason.toString(), message);
  }

  private Conditions add(String type, Condition.Status status, String reason, String message) {
    Instant since =
        find(before, type)
            .filter(old -> old.status() == status)
            .map(Condition::lastTransitionTime)
            .orElse(now);
    after.add(new Condition(type, status, reason, message, since, generation));
    return this;
  }
}
