package dev.planwright.controller;

import java.util.Collection;
import java.util.Optional;

/** What the manifests want, compiled; every answer is a snapshot. */
public interface WantedPlans {
  /** One Plan; empty when it is gone, being deleted, paused or not valid. */
  Optional<Wanted> wanted(ObjectKey plan);

  /** All such Plans of a BillingBackend, whose key no other Plan holds. */
  Collection<Wanted> of(ObjectKey backend);
}
