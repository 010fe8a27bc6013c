package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.Capabilities;
import dev.planwright.backend.OnDelete;
import dev.planwright.backend.admission.Admission;
import dev.planwright.catalog.Policies;

/**
 * An account that was reached and is who it should be.
 *
 * @param spec of the BillingBackend that it was opened with
 * @param capabilities what this kind of billing system can do
 * @param admission who may work on it now
 * @param opened names this opening: another one has another key, other settings or other facts
 */
public record OpenAccount(
    Account<?> account,
    AccountConfig config,
    BillingBackendSpec spec,
    Capabilities capabilities,
    Admission<ObjectKey> admission,
    String opened) {

  /** What deleting a Plan under this policy would do here, in words. */
  String onDelete(Policies.Deletion policy) {
    return OnDelete.of(policy, account.provider(), account.facts(), capabilities);
  }
}
