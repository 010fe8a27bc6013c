package dev.planwright.sync;

import java.time.Instant;
import java.util.Optional;

/** What a sync needs of Kubernetes while it is under way. */
public interface StatusStore {
  /**
   * Writes the memory into the Plan's status before the first call of a round that must not be
   * repeated blindly.
   *
   * @throws StaleException when the Plan has changed since it was read: nothing was written, and
   *     nothing may be sent
   */
  void write(Memory memory) throws StaleException;

  /**
   * Until when a create of whoever worked here before may still land: no object may be created
   * before that no unique key protects, and none that is not there is gone. Empty to go on.
   */
  default Optional<Instant> holdCreates() {
    return Optional.empty();
  }

  /**
   * Whether the Plan that the mark on the backend names claims the same key: then the object is
   * its, not ours. Only asked when status does not say that it is ours.
   *
   * @param named {@code namespace/name}
   */
  default boolean yieldsTo(String named) {
    return false;
  }

  /**
   * The other Plan that holds the object with this external id, as {@code namespace/name}. Only
   * asked for backends where nothing but the id tells whose an object is.
   */
  default Optional<String> holderOf(String externalId) {
    return Optional.empty();
  }

  /**
   * A live look, past every cache, before something is taken away.
   *
   * @return why it may not be taken away now; empty to go on
   */
  Optional<String> whyNotRemove();

  /** The Plan has changed since it was read. */
  final class StaleException extends Exception {
    private static final long serialVersionUID = 1L;

    public StaleException(String message) {
      super(message, null, false, false);
    }
  }
}
