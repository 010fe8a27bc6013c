package dev.planwright.backend.schematic;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation.Ownership;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is there, in Schematic's own terms.
 *
 * @param plan the remote plan, where there is one; a draft of it is ours
 * @param environments how many environments the account has: they share every plan
 * @param priceIds ids of prices by price name
 * @param handles ids known, and who made what
 * @param lookalikes where there is no plan: ids of those that nobody holds and that may be it
 */
record SchematicWorld(
    Optional<SchematicPlan> plan,
    Ownership ownership,
    Directory directory,
    int environments,
    Map<String, String> priceIds,
    Handles handles,
    List<String> lookalikes) {
  SchematicWorld {
    priceIds = Collections.unmodifiableMap(new TreeMap<>(priceIds));
    lookalikes = List.copyOf(lookalikes);
  }

  /** The same, with what status remembers beside what the world itself brought. */
  SchematicWorld remembering(Handles remembered) {
    return new SchematicWorld(
        plan, ownership, directory, environments, priceIds, remembered.and(handles), lookalikes);
  }
}
