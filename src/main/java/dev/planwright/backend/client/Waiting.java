package dev.planwright.backend.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** How a thread waits: replaced where time is virtual. */
@FunctionalInterface
@SuppressWarnings("WaitNotInLoop") // the loop, with what it waits for, is the caller's
public interface Waiting {
  /** Waits in real time. */
  Waiting REAL = (condition, atMost) -> condition.await(atMost.toNanos(), TimeUnit.NANOSECONDS);

  /**
   * Waits until signalled or until the time is over, or less: the caller looks again either way.
   *
   * @param condition whose lock the caller holds
   * @param atMost positive
   */
  void await(Condition condition, Duration atMost) throws InterruptedException;
}
