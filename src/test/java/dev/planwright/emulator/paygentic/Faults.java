package dev.planwright.emulator.paygentic;

import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.PaygenticControls.ListFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a test has asked the server to get wrong. */
final class Faults {
  private final Map<Store.Kind, ListFault> lists = new EnumMap<>(Store.Kind.class);
  private final Deque<EmulatorResponse> before = new ArrayDeque<>();
  private final Deque<EmulatorResponse> after = new ArrayDeque<>();
  private int conflicts;

  Faults() {}

  Faults(Faults other) {
    lists.putAll(other.lists);
    before.addAll(other.before);
    after.addAll(other.after);
    conflicts = other.conflicts;
  }

  void list(Store.Kind kind, ListFault fault) {
    lists.put(kind, fault);
  }

  ListFault list(Store.Kind kind) {
    return lists.getOrDefault(kind, ListFault.NONE);
  }

  void failBefore(EmulatorResponse answer) {
    before.add(answer);
  }

  void failAfter(EmulatorResponse answer) {
    after.add(answer);
  }

  /** An answer that is given instead of doing anything. */
  Optional<EmulatorResponse> instead() {
    return Optional.ofNullable(before.poll());
  }

  /** An answer that is given although a write was done. */
  Optional<EmulatorResponse> afterwards() {
    return Optional.ofNullable(after.poll());
  }

  void addConflicts(int times) {
    conflicts += times;
  }

  /** Refuses a change of a plan or a mint as often as was asked for. */
  void refuseIfAsked() {
    if (conflicts > 0) {
      conflicts--;
      throw Refusal.of(409, "The plan was changed by somebody else", "PLAN_STATE_CONFLICT");
    }
  }
}
