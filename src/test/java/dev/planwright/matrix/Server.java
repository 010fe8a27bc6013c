package dev.planwright.matrix;

import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import java.util.List;
import java.util.Optional;

/** A billing system in memory: what the wire of the matrix ends at. */
interface Server extends AutoCloseable {
  /** Answers a call, having changed the state as the real one would. */
  TransportReply answer(TransportCall call);

  /** An independent server in the same state. */
  Server copy();

  /**
   * Every object there is, one line each, without ids and times: two servers with equal lines hold
   * the same catalogue. Begins with the kind of object.
   */
  List<String> objects();

  /** So many calls that change something came so far, counted by the server itself. */
  long writesSeen();

  /** Somebody subscribes to the plan of this key, behind the API's back. */
  void subscribe(String key);

  /** Somebody takes our mark off the plan of this key, behind the API's back. */
  void unmark(String key);

  /** Somebody deletes the plan of this key, behind our back. */
  void delete(String key);

  /** The id of the plan of this key, for backends where nothing else tells plans apart. */
  default Optional<String> idOf(String key) {
    return Optional.empty();
  }

  /** From now on nobody can read how many people subscribe. */
  void hideSubscribers();

  /**
   * Whether an answer to this may come from a copy that is a little behind: listings on all
   * systems, single objects on some.
   */
  default boolean mayLag(TransportCall call) {
    return true;
  }

  @Override
  default void close() {}
}
