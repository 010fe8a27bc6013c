package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it is stored.
 *
 * @param seq order of creation
 * @param owner null when it was made by hand
 * @param content what is sold, with the ids of the prices; not to be changed in place
 */
record StoredPlan(
    long seq,
    String id,
    String key,
    @Nullable String owner,
    int version,
    ObjectNode content,
    Instant createdAt,
    Instant updatedAt) {
  /** Names this version among all that were ever stored, since ids are never used again. */
  String etag() {
    return "\"" + id + "." + version + "\"";
  }

  boolean archived() {
    return content.path("lifecycle").asText().equals("Archived");
  }

  /** For messages. */
  String ownerInWords() {
    return owner == null ? "nobody" : "\"" + owner + "\"";
  }

  StoredPlan next(@Nullable String newOwner, ObjectNode newContent, Instant now) {
    return new StoredPlan(seq, id, key, newOwner, version + 1, newContent, createdAt, now);
  }
}
