package dev.planwright.catalog;

/**
 * What may be done to bring a backend to a plan: no part of the plan's content, so a changed policy
 * alone writes nothing.
 */
public record Policies(
    ExistingSubscribers existingSubscribers,
    Management management,
    Adoption adoption,
    Deletion deletion,
    DriftPolicy drift) {

  /** What may happen to people who already pay. */
  public enum ExistingSubscribers {
    KEEP,
    MIGRATE
  }

  /** Whether anything may be written at all. */
  public enum Management {
    MANAGE,
    OBSERVE
  }

  /** Whether an object without an owner's mark may be taken over. */
  public enum Adoption {
    NEVER,
    IF_EQUAL,
    ALWAYS
  }

  /** What the deletion of the Plan object does to the backend. */
  public enum Deletion {
    RETAIN("Retain"),
    ARCHIVE("Archive"),
    DELETE("Delete");

    private final String word;

    Deletion(String word) {
      this.word = word;
    }

    /** As it is written in a manifest. */
    public String word() {
      return word;
    }
  }

  /** What happens when the backend was changed by somebody else. */
  public enum DriftPolicy {
    REPORT,
    REVERT,
    OFF
  }
}
