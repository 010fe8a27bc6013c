package dev.planwright.controller;

import dev.planwright.backend.admission.Admission;
import java.util.Optional;

/** The accounts of all BillingBackends, as the last look found them. */
public interface Accounts {
  /** Where the account of this BillingBackend stands; never waits, never calls. */
  AccountState of(ObjectKey backend);

  /** A call was refused for its key: the Secret is read again, once, and the account probed. */
  void unauthorized(ObjectKey backend);

  /** Who may work on the account, and who waits for it; empty when it was never opened. */
  Optional<Admission<ObjectKey>> queue(ObjectKey backend);

  /** Somebody has to call an account that is only {@link AccountState.Remembered}. */
  void needed(ObjectKey backend);
}
