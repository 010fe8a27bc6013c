package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Switches that make the server fail in a chosen way. A count says how many of the next calls are
 * hit; each hit counts it down.
 */
final class Faults {
  private long latencyMillis;
  private long tooManyRequests;
  private long retryAfterSeconds;
  private long unavailable;
  private long failAfterCommit;
  private long loseAnswer;
  private long dropWrites;
  private long truncateLists;
  private long keep;
  private boolean honestTotal = true;
  private boolean migrateOnly;
  private boolean refuseArchive;
  private boolean hideSubscribers;

  /** What happens to a write that was done. */
  enum AfterCommit {
    ANSWER,
    FAIL,
    LOSE
  }

  /**
   * A list that lacks its end.
   *
   * @param keep how many entries of the page are answered
   * @param honestTotal whether the total still counts all
   */
  record Truncation(int keep, boolean honestTotal) {}

  /** Replaces all switches by those of the body; what it doesn't name is off. */
  synchronized void set(ObjectNode body) {
    Errors errors = new Errors();
    Fields fields = new Fields(body, "", errors);
    long latency = number(fields, "latencyMillis", 60_000);
    fields.object(
        "tooManyRequests",
        limit -> {
          limit.required("count");
          limit.integer("count", 0, 1_000_000);
          limit.integer("retryAfterSeconds", 0, 3600);
        });
    fields.object(
        "truncateLists",
        lists -> {
          lists.required("count");
          lists.integer("count", 0, 1_000_000);
          lists.integer("keep", 0, 500);
          lists.bool("honestTotal");
        });
    long nextUnavailable = number(fields, "unavailable", 1_000_000);
    long nextFail = number(fields, "failAfterCommit", 1_000_000);
    long nextLose = number(fields, "loseAnswer", 1_000_000);
    long nextDrop = number(fields, "dropWrites", 1_000_000);
    fields.bool("migrateOnly");
    fields.bool("refuseArchive");
    fields.bool("hideSubscribers");
    fields.end();
    errors.refuse();

    latencyMillis = latency;
    tooManyRequests = body.path("tooManyRequests").path("count").asLong();
    retryAfterSeconds = body.path("tooManyRequests").path("retryAfterSeconds").asLong(1);
    truncateLists = body.path("truncateLists").path("count").asLong();
    keep = body.path("truncateLists").path("keep").asLong();
    honestTotal = body.path("truncateLists").path("honestTotal").asBoolean(true);
    unavailable = nextUnavailable;
    failAfterCommit = nextFail;
    loseAnswer = nextLose;
    dropWrites = nextDrop;
    migrateOnly = body.path("migrateOnly").asBoolean();
    refuseArchive = body.path("refuseArchive").asBoolean();
    hideSubscribers = body.path("hideSubscribers").asBoolean();
  }

  private static long number(Fields fields, String field, long most) {
    @Nullable Long value = fields.integer(field, 0, most);
    return value == null ? 0 : value;
  }

  /** The switches as they are now, counts counted down. */
  synchronized ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("latencyMillis", latencyMillis);
    json.putObject("tooManyRequests")
        .put("count", tooManyRequests)
        .put("retryAfterSeconds", retryAfterSeconds);
    json.putObject("truncateLists")
        .put("count", truncateLists)
        .put("keep", keep)
        .put("honestTotal", honestTotal);
    json.put("unavailable", unavailable);
    json.put("failAfterCommit", failAfterCommit);
    json.put("loseAnswer", loseAnswer);
    json.put("dropWrites", dropWrites);
    json.put("migrateOnly", migrateOnly);
    json.put("refuseArchive", refuseArchive);
    json.put("hideSubscribers", hideSubscribers);
    return json;
  }

  synchronized Duration latency() {
    return Duration.ofMillis(latencyMillis);
  }

  /** Seconds to wait, when this call is one too many. */
  synchronized Optional<Long> takeTooManyRequests() {
    if (tooManyRequests == 0) {
      return Optional.empty();
    }
    tooManyRequests--;
    return Optional.of(retryAfterSeconds);
  }

  synchronized boolean takeUnavailable() {
    if (unavailable == 0) {
      return false;
    }
    unavailable--;
    return true;
  }

  /** Whether this write is answered as done and not stored. */
  synchronized boolean takeDroppedWrite() {
    if (dropWrites == 0) {
      return false;
    }
    dropWrites--;
    return true;
  }

  /** Asked after a write that was stored. */
  synchronized AfterCommit takeAfterCommit() {
    if (failAfterCommit > 0) {
      failAfterCommit--;
      return AfterCommit.FAIL;
    }
    if (loseAnswer > 0) {
      loseAnswer--;
      return AfterCommit.LOSE;
    }
    return AfterCommit.ANSWER;
  }

  synchronized Optional<Truncation> takeTruncation() {
    if (truncateLists == 0) {
      return Optional.empty();
    }
    truncateLists--;
    return Optional.of(new Truncation((int) keep, honestTotal));
  }

  /** Whether subscribers cannot be kept on an earlier version. */
  synchronized boolean migrateOnly() {
    return migrateOnly;
  }

  /** Whether a plan that somebody has cannot be archived. */
  synchronized boolean refuseArchive() {
    return refuseArchive;
  }

  /** Whether the number of subscribers cannot be read. */
  synchronized boolean hideSubscribers() {
    return hideSubscribers;
  }
}
