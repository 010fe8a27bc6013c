package dev.planwright.sync;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;

/**
 * One plan to be brought to what is wanted.
 *
 * @param hash of the content wanted, see {@code ContentHash}
 * @param approval value of the approve annotation; {@code ""} when there is none
 * @param requested whether a person asked for a full read: forgives contested fields
 */
public record SyncRequest(
    CatalogPlan desired,
    Policies policies,
    String hash,
    Memory memory,
    String approval,
    boolean requested) {

  /** Whether nothing has to be read: the content was confirmed on this account, nothing is open. */
  public boolean isSettled(String account) {
    return !requested
        && memory.binding().syncedHash().equals(hash)
        && memory.binding().account().equals(account)
        && !memory.journal().isOpen()
        && memory.drift().isEmpty();
  }
}
