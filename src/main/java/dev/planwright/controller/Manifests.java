package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import java.util.List;
import java.util.Optional;

/** The manifests as the informers know them; every answer is a snapshot and may be a moment old. */
public interface Manifests {
  Optional<Plan> plan(ObjectKey key);

  Optional<Price> price(ObjectKey key);

  Optional<BillingBackend> backend(ObjectKey key);

  /** Prices whose {@code planRef} names this plan, by name. */
  List<Price> pricesOf(ObjectKey plan);

  /** Plans that use this BillingBackend, the terminating ones included. */
  List<Plan> plansOf(ObjectKey backend);

  /** Plans of the namespace that name this one as parent or as an add-on. */
  List<Plan> plansNaming(ObjectKey plan);

  /** Plans of all namespaces with this effective key. */
  List<Plan> plansWithKey(String key);

  /** Plans of all namespaces that hold the object with this external id, or ask for it. */
  List<Plan> plansWithExternalId(String externalId);

  /** Every Plan. */
  List<Plan> plans();

  /** Every BillingBackend. */
  List<BillingBackend> backends();
}
