package dev.planwright.controller;

import dev.planwright.catalog.Reason;
import java.util.Optional;

/** Where the account of a BillingBackend stands. */
public sealed interface AccountState {
  /** It can be used. */
  record Usable(OpenAccount open) implements AccountState {}

  /**
   * Its status says that it can be used, and nobody has asked it since this process started: a
   * restart over plans that are settled makes no call. The facts hold no more than status does, so
   * this is enough to see that a Plan is settled and not enough to work on one: who has to calls
   * {@link Accounts#needed} and is woken when the account was asked.
   */
  record Remembered(OpenAccount open) implements AccountState {}

  /**
   * Nobody has looked since this process started. That takes a moment and is no news: a restart
   * must not write into every Plan. The first look wakes the Plans.
   */
  record NotLookedAt() implements AccountState {}

  /**
   * It cannot be used for edits.
   *
   * @param reason {@code BACKEND_NOT_READY} or {@code PAUSED}
   * @param message for the Plans that wait for it
   * @param triedAgain whether it may pass by itself; otherwise a person has to act
   * @param forDeletions the account with the key last read, which still serves deletions: a
   *     namespace that is deleted takes Secret and BillingBackend away first
   */
  record Unusable(
      Reason reason, String message, boolean triedAgain, Optional<OpenAccount> forDeletions)
      implements AccountState {}

  /** The account that edits may look at, asked or only remembered. */
  default Optional<OpenAccount> known() {
    return switch (this) {
      case Usable(OpenAccount open) -> Optional.of(open);
      case Remembered(OpenAccount open) -> Optional.of(open);
      case NotLookedAt notYet -> Optional.empty();
      case Unusable unusable -> Optional.empty();
    };
  }
}
