package dev.planwright.backend.bxb;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation.Ownership;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is there, in bxb's own terms.
 *
 * @param plan the remote plan, where there is one
 * @param ownership whose it is; of no meaning without a plan
 * @param directory what plans refer to
 * @param priceIds ids of the charges by price name, matched by content
 * @param handles ids known
 */
record BxbWorld(
    Optional<BxbPlan> plan,
    Ownership ownership,
    Directory directory,
    Map<String, String> priceIds,
    Handles handles) {

  /** Who made a part of a plan, as far as anybody can tell. */
  enum Origin {
    /** A manifest of ours names it, or named it. */
    OURS,
    /** It was there before the plan was adopted. */
    NOT_OURS,
    /** Neither mark nor status tells: perhaps ours, from before a status was restored. */
    UNKNOWN
  }

  BxbWorld {
    priceIds = Collections.unmodifiableMap(new TreeMap<>(priceIds));
  }

  static BxbWorld without(Directory directory, Handles handles) {
    return new BxbWorld(Optional.empty(), Ownership.UNMARKED, directory, Map.of(), handles);
  }

  /** Whether we made a part of the plan; when in doubt, we did not. */
  boolean isOurs(String hash) {
    return origin(hash) == Origin.OURS;
  }

  /** Who made a part of the plan: the mark says so, or else what status remembers. */
  Origin origin(String hash) {
    if (plan.isEmpty() || ownership != Ownership.OURS) {
      return Origin.NOT_OURS;
    }
    return plan.get()
        .mark()
        .map(mark -> Marks.kept(mark).contains(hash) ? Origin.NOT_OURS : Origin.OURS)
        .orElseGet(() -> Recollection.origin(handles, hash));
  }

  /** The same, with what status remembers beside what the world itself brought. */
  BxbWorld remembering(Handles remembered) {
    return new BxbWorld(plan, ownership, directory, priceIds, remembered.and(handles));
  }

  /**
   * Whether charges may hide filters: bxb never returns them, so for a plan without our mark it is
   * only known where the metrics have no filters at all.
   */
  boolean mayHideFilters() {
    return ownership == Ownership.UNMARKED
        && plan.stream()
            .flatMap(it -> it.charges().stream())
            .anyMatch(it -> !directory.filters().getOrDefault(it.metricId(), List.of()).isEmpty());
  }
}
