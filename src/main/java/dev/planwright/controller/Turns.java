package dev.planwright.controller;

import dev.planwright.backend.admission.Admission;
import dev.planwright.backend.admission.Lane;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose turn it is on an account. A run that was started because its Plan has been offered a permit
 * may find that nothing is left to do, or that it has to wait for something else: then it gives the
 * permit back at its end, so that the next one need not wait until the offer runs out.
 */
final class Turns {
  private final Accounts accounts;
  private final Set<ObjectKey> asked = ConcurrentHashMap.newKeySet();

  Turns(Accounts accounts) {
    this.accounts = accounts;
  }

  /** As {@link Admission#tryAdmit}: where it is true, {@link #release} must follow. */
  boolean take(OpenAccount open, ObjectKey plan, Lane lane) {
    asked.add(plan);
    return open.admission().tryAdmit(plan, lane);
  }

  void release(OpenAccount open, ObjectKey plan) {
    open.admission().release(plan);
  }

  /**
   * The end of each run, however it ended.
   *
   * @param again when the Plan is looked at again: one that comes back keeps its place in the line
   */
  void runEnded(ObjectKey backend, ObjectKey plan, Optional<Duration> again) {
    if (asked.remove(plan)) {
      return;
    }
    Optional<Admission<ObjectKey>> queue = accounts.queue(backend);
    if (again.isPresent()) {
      queue.ifPresent(admission -> admission.decline(plan));
    } else {
      queue.ifPresent(admission -> admission.cancel(plan));
    }
  }
}
