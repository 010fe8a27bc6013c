package dev.planwright.controller;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.sync.Expected;
import dev.planwright.sync.Memory;
import java.time.Instant;

/**
 * A valid Plan as it is now, for the sweep to compare with.
 *
 * @param hash of the content wanted, as the sync counts it
 * @param lastSync {@code status.lastSyncTime}; {@link Instant#EPOCH} when there is none
 * @param inFlight whether a run is at the backend with it now
 */
public record Wanted(
    ObjectKey plan,
    CatalogPlan desired,
    String hash,
    Memory memory,
    Instant lastSync,
    boolean inFlight,
    Policies policies) {
  Expected<ObjectKey> expected() {
    return new Expected<>(plan, desired, hash, memory, lastSync, inFlight, policies);
  }
}
