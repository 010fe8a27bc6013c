package dev.planwright.backend;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is there. {@code R} is the provider's own picture of the world: the remote plan, where there
 * is one, and the references that the desired plan needs.
 */
public sealed interface Observation<R> {
  /** Complete looks found nothing with our key or mark; it may be created. */
  record Absent<R>(R world) implements Observation<R> {}

  /** Exactly one object. */
  record Found<R>(R world, Ownership ownership) implements Observation<R> {}

  /**
   * An object with our key that bears another owner's mark.
   *
   * @param owner who it says it belongs to
   */
  record Foreign<R>(String externalId, String owner) implements Observation<R> {}

  /** Several objects could be ours. */
  record Ambiguous<R>(List<String> externalIds, String why) implements Observation<R> {}

  /** Ours or unmarked, and archived on the backend, while the manifest wants it sold. */
  record Archived<R>(R world, Ownership ownership) implements Observation<R> {}

  /** Somebody else's draft is open. */
  record ForeignDraft<R>(String externalId, String why) implements Observation<R> {}

  /** Things that the plan names and the account lacks. */
  record Unresolved<R>(List<MissingReference> missing) implements Observation<R> {}

  /**
   * Not decided yet: absence is not believable before a second look, or the backend is still at
   * work (an asynchronous publish).
   *
   * @param again when to look again
   * @param why for people
   * @param looked whether this was a complete look that found nothing
   */
  record Unsettled<R>(Duration again, String why, boolean looked) implements Observation<R> {}

  /** Whose mark it bears. */
  enum Ownership {
    /** Ours: same owner and key. */
    OURS,
    /** Nobody's. */
    UNMARKED
  }

  /**
   * A reference that does not resolve.
   *
   * @param kind {@code metric}, {@code feature}, {@code product}, ...
   * @param word our word for it
   * @param lookedFor what was looked for on the account, after aliases
   * @param field the manifest's field that names it
   */
  record MissingReference(String kind, String word, String lookedFor, String field) {}

  /** The world, where there is one. */
  default Optional<R> worldIfAny() {
    return switch (this) {
      case Absent<R> absent -> Optional.of(absent.world());
      case Found<R> found -> Optional.of(found.world());
      case Archived<R> archived -> Optional.of(archived.world());
      case Foreign<R> foreign -> Optional.empty();
      case Ambiguous<R> ambiguous -> Optional.empty();
      case ForeignDraft<R> draft -> Optional.empty();
      case Unresolved<R> unresolved -> Optional.empty();
      case Unsettled<R> unsettled -> Optional.empty();
    };
  }
}
