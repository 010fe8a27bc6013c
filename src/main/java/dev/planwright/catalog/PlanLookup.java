package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.Plan;
import java.util.Optional;

/** Finds other Plans: those that a Plan names. Reads a cache; never a call. */
@FunctionalInterface
public interface PlanLookup {
  /** The Plan of that name, as it is now. */
  Optional<Plan> find(String namespace, String name);
}
