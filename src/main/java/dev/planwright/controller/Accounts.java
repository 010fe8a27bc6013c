package dev.planwright.controller;

/** The accounts of all BillingBackends, as the last look found them. */
public interface Accounts {
  /** Where the account of this BillingBackend stands; never waits, never calls. */
  AccountState of(ObjectKey backend);

  /** A call was refused for its key: the Secret is read again, once, and the account probed. */
  void unauthorized(ObjectKey backend);

  /** Somebody has to call an account that is only {@link AccountState.Remembered}. */
  void needed(ObjectKey backend);
}
