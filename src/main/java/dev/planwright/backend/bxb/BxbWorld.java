package dev.planwright.backend.bxb;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation.Ownership;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

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

  /**
   * Where no mark can be kept, the names of what we made are remembered with the ids: only those
   * are ever taken away again.
   */
  static final String MADE = "made";

  BxbWorld {
    priceIds = Collections.unmodifiableMap(new TreeMap<>(priceIds));
  }

  static BxbWorld without(Directory directory, Handles handles) {
    return new BxbWorld(Optional.empty(), Ownership.UNMARKED, directory, Map.of(), handles);
  }

  /** Whether we made a part of the plan; when in doubt, we did not. */
  boolean isOurs(String hash) {
    if (plan.isEmpty() || ownership != Ownership.OURS) {
      return false;
    }
    return plan.get()
        .split()
        .mark()
        .map(mark -> !mark.kept().contains(hash))
        .orElseGet(() -> made(handles).contains(hash));
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

  /** Names of what we made, as the handles remember them. */
  static List<String> made(Handles handles) {
    return handles.get(MADE).map(it -> Arrays.asList(it.split(",", -1))).orElse(List.of());
  }

  /** Remembers what was made. */
  static Handles remember(Handles handles, List<String> hashes) {
    TreeSet<String> all = new TreeSet<>(made(handles));
    all.addAll(hashes);
    return all.isEmpty() ? handles : handles.with(MADE, String.join(",", all));
  }
}
