package dev.planwright.catalog;

/**
 * Who a plan is on an account: never a Kubernetes uid, so that a restored or rebuilt cluster finds
 * its own.
 *
 * @param ownerId who we are on that account, from the BillingBackend
 * @param key the plan's key, verbatim
 */
public record Identity(String ownerId, String key) {
  @Override
  public String toString() {
    return ownerId + "/" + key;
  }
}
