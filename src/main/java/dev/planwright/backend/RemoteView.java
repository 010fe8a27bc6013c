package dev.planwright.backend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What status says about a remote plan.
 *
 * @param externalId the backend's id of the plan
 * @param version where the backend has versions
 * @param url where a person can look at it, where one can be built
 * @param priceIds the backend's ids by price name; a price without an id of its own is absent
 * @param superseded old prices kept for those who renew on them
 * @param fingerprint of everything read that a pending step could depend on; never of counts or
 *     times
 * @param handles ids to remember
 */
public record RemoteView(
    String externalId,
    Optional<String> version,
    Optional<String> url,
    Map<String, String> priceIds,
    List<Superseded> superseded,
    String fingerprint,
    Handles handles) {
  public RemoteView {
    priceIds = java.util.Collections.unmodifiableMap(new TreeMap<>(priceIds));
    superseded = List.copyOf(superseded);
  }

  /**
   * An old price that people still renew on.
   *
   * @param amount with currency, for people
   */
  public record Superseded(String price, int revision, String externalId, String amount) {}
}
