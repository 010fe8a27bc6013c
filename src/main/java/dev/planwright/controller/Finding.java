package dev.planwright.controller;

import dev.planwright.backend.Account;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.util.Optional;

/** What a look at an account found. */
sealed interface Finding {
  /**
   * It is who it should be.
   *
   * @param forSweep the same account, called with the sweep's small share
   * @param key it was opened with
   * @param probed whether it was asked, or is only known from status
   */
  record Good(OpenAccount open, Account<?> forSweep, HeldKey key, boolean probed)
      implements Finding {}

  /**
   * It cannot be used.
   *
   * @param after when the backend wants to be asked again, where it said so
   * @param key that it was tried with, where there was one
   */
  record Bad(Reason reason, String message, Optional<Duration> after, Optional<HeldKey> key)
      implements Finding {
    static Bad of(Reason reason, String message) {
      return new Bad(reason, message, Optional.empty(), Optional.empty());
    }

    static Bad of(Reason reason, String message, HeldKey key) {
      return new Bad(reason, message, Optional.empty(), Optional.of(key));
    }
  }

  /** Kubernetes did not let us read the key: says nothing about the account. */
  record Unknown(String message) implements Finding {}
}
