package dev.planwright.sync;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import java.time.Instant;

/**
 * A plan as the manifests want it, for a sweep to compare with.
 *
 * @param plan names it to the caller
 * @param hash of the content wanted
 * @param lastSync when it was last written or confirmed; {@link Instant#EPOCH} for never
 * @param inFlight whether a run is at the backend with it now
 * @param <K> how the caller names plans
 */
public record Expected<K>(
    K plan,
    CatalogPlan desired,
    String hash,
    Memory memory,
    Instant lastSync,
    boolean inFlight,
    Policies policies) {

  /** Whether a difference can only be drift: this very content was confirmed, nothing is open. */
  boolean isQuiet(String account) {
    return !inFlight
        && memory.binding().syncedHash().equals(hash)
        && memory.binding().account().equals(account)
        && !memory.binding().externalId().isEmpty()
        && !memory.journal().isOpen();
  }

  /** Whether it is still what was compared, and nobody wrote it since that page was read. */
  boolean isUntouchedSince(Instant readAt, String comparedHash, String account) {
    return isQuiet(account) && hash.equals(comparedHash) && lastSync.isBefore(readAt);
  }
}
