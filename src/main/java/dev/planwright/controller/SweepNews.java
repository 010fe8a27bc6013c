package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackendStatus;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep wants written into the status of its BillingBackend.
 *
 * @param sweep empty when it ended without a result
 * @param unclaimed empty when the listing was not complete: then what was known stays
 * @param error why it could not conclude what it should
 */
record SweepNews(
    Optional<BillingBackendStatus.Sweep> sweep,
    Optional<UnclaimedPlans> unclaimed,
    Optional<String> error) {

  /**
   * Plans that bear our mark and have no Plan.
   *
   * @param verified false where the billing system holds no marks
   */
  record UnclaimedPlans(boolean verified, List<BillingBackendStatus.Unclaimed> plans) {
    UnclaimedPlans {
      plans = List.copyOf(plans);
    }
  }
}
