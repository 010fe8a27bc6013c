package dev.planwright.sync;

import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;

/**
 * One plan to be archived or deleted.
 *
 * @param object {@code Plan namespace/name}, for messages
 * @param policy {@code ARCHIVE} or {@code DELETE}; under {@code RETAIN} nothing has to be done
 */
public record RemovalRequest(
    String object, Identity identity, Policies.Deletion policy, Memory memory) {
  public RemovalRequest {
    if (policy == Policies.Deletion.RETAIN) {
      throw new IllegalArgumentException("nothing is removed under Retain");
    }
  }
}
