package dev.planwright.sync;

/**
 * Something a person wants to hear of.
 *
 * @param text one line
 */
public record SyncEvent(Type type, String text) {
  /** The closed list. */
  public enum Type {
    CREATED,
    UPDATED,
    ARCHIVED,
    DELETED,
    RELEASED,
    ADOPTED,
    DRIFT_DETECTED,
    DRIFT_REVERTED,
    BLOCKED,
    BACKEND_REJECTED
  }
}
