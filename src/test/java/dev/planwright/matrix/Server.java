package dev.planwright.matrix;

import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.catalog.CatalogPlan;
import java.util.List;

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

  /**
   * The plan as a manifest says it that takes over what is there: with its id, where no key leads
   * to an object that bears no mark.
   */
  default CatalogPlan named(CatalogPlan plan) {
    return plan;
  }

  /** Somebody deletes the plan of this key, behind our back. */
  void delete(String key);

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
