package dev.planwright.backend;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One account of one billing system. What reads is told apart from what is pure: {@link #check},
 * {@link #plan}, {@link #view}, {@link #removal} and {@link #refusal} make no call.
 *
 * <p>Any reading method may throw {@link BackendException}; what it would have returned is then
 * unknown, which is never absence.
 *
 * @param <R> the provider's picture of the world: the remote plan in the backend's own terms, where
 *     there is one, and the references that the desired plan needs. A record, compared and hashed
 *     by content.
 */
public interface Provider<R> {
  /** The provider block's name: {@code bxb}. */
  String name();

  /** Version of the mapping: raised when the same manifest would be sent differently. */
  int mapping();

  /**
   * The settings of the backend that change what a manifest means there (amount unit, product, name
   * suffix; aliases are added by the core). Part of the content hash.
   */
  Map<String, String> meaning();

  /** Who is there: one or two reads. */
  AccountFacts account();

  /**
   * Whether the backend can say this plan. Pure and complete; no call is made for a plan it can't.
   */
  Verdict check(CatalogPlan plan, AccountFacts facts);

  /** Looks for a plan and for everything it refers to. Reads only. */
  Observation<R> find(Sought sought);

  /**
   * The fewest calls that bring the world to the plan, as far as they can be foreseen. Pure. Empty
   * means converged. Compares in the backend's own terms, so that every difference has a name.
   */
  List<Step> plan(CatalogPlan desired, R world, Planning planning);

  /**
   * What the world that was read makes impossible, though {@link #check} could not see it: a field
   * of the remote plan that never changes, a metric that counts what the price cannot use, a
   * feature of another type. Pure. With any, no mutating call is made.
   */
  default List<Violation> conflicts(CatalogPlan desired, R world) {
    return List.of();
  }

  /**
   * The Plan object that the mark on the remote plan names, as {@code namespace/name}, where the
   * mark holds that. Pure.
   */
  default Optional<String> markedFor(R world) {
    return Optional.empty();
  }

  /** The number of people who pay, where the world already holds it. Pure. */
  default OptionalLong subscribersSeen(R world) {
    return OptionalLong.empty();
  }

  /** What status says about the remote plan; empty when there is none. Pure. */
  Optional<RemoteView> view(R world);

  /** How many people pay for the plan that was found. May read. */
  Subscribers subscribers(R world);

  /** How the plan that was found is archived or deleted. Pure. */
  Removal removal(Policies.Deletion policy, R world);

  /**
   * Whatever a try of this plan left on the backend that nothing leads to once the Plan object is
   * gone: taken away when it is deleted, before anything else is decided, and also where the plan
   * itself was never made or can never be removed. Nobody pays for it. Pure.
   */
  default List<Step> leftovers(R world) {
    return List.of();
  }

  /** What an answer means that is neither success nor one of the step's other ends. Pure. */
  Refusal refusal(Step step, ApiResponse response);

  /**
   * Lists every plan that bears our owner's mark (or, where the backend holds no marks, those with
   * the given ids), page by page, handing each to {@code sink} as its page is read.
   *
   * @param externalIds ids that Plans remember
   * @return empty when the listing was complete, else why it was not: then nothing may be concluded
   *     from what is missing
   */
  Optional<String> sweep(Set<String> externalIds, Consumer<Listed<R>> sink);

  /**
   * Whether the backend holds our marks, so that {@link #sweep} shows plans of ours that no Plan
   * remembers. Pure.
   */
  default boolean holdsMarks() {
    return true;
  }

  /**
   * Whether the backend can hold neither key nor mark, so that nothing but the id that we keep
   * tells which object is ours. It is then kept in an annotation too, and an id that another Plan
   * holds is never taken. Pure.
   */
  default boolean isKnownByIdOnly() {
    return false;
  }

  /**
   * Objects that nobody holds and that may be the plan that was not found, though neither id, key,
   * mark nor name say so: nothing is created beside them before a person said so. Pure.
   *
   * @param world without a plan
   */
  default List<String> lookalikes(R world) {
    return List.of();
  }

  /**
   * What {@link #plan} may lean on.
   *
   * @param existingSubscribers whether people who pay keep what they have
   * @param handles ids known
   */
  record Planning(Policies.ExistingSubscribers existingSubscribers, Handles handles) {}
}
