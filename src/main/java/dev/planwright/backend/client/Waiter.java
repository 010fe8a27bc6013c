package dev.planwright.backend.client;

import java.util.Comparator;
import java.util.concurrent.locks.Condition;

/**
 * Somebody who waits for a turn.
 *
 * @param caller on whose behalf
 * @param number in order of arrival
 * @param turn is signalled when it is worth to look again
 */
record Waiter(Caller caller, long number, Condition turn) {
  /** The foreground first, then in order of arrival. */
  static final Comparator<Waiter> ORDER =
      Comparator.comparing(Waiter::caller).thenComparingLong(Waiter::number);
}
