package dev.planwright.backend.http;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan as the server answered it.
 *
 * @param id the server's id; never changes
 * @param key its name on the account
 * @param owner who keeps it; empty when it was made by hand
 * @param version rises with each change
 * @param etag of this version, quotes included
 * @param subscribers of all versions; empty when the server cannot tell
 * @param product as stored, so that it can be sent again unchanged
 * @param content what it says
 * @param priceIds the server's price ids by price name
 * @param unknown what stands there and is not of the protocol, with its value: a replace would
 *     destroy it
 */
record RemotePlan(
    String id,
    String key,
    Optional<String> owner,
    long version,
    String etag,
    OptionalLong subscribers,
    Optional<String> product,
    Content content,
    SortedMap<String, String> priceIds,
    List<String> unknown) {
  RemotePlan {
    priceIds = Collections.unmodifiableSortedMap(new TreeMap<>(priceIds));
    unknown = List.copyOf(unknown);
  }

  boolean isArchived() {
    return "Archived".equals(content.fields().get("lifecycle"));
  }
}
