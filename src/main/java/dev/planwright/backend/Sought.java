package dev.planwright.backend;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What to look for.
 *
 * @param identity owner and key
 * @param desired the plan wanted; empty on deletion, when the manifests may be gone or broken
 * @param externalId the plan's id on the backend, from the manifest or from status; to be believed
 *     only after its mark was read
 * @param named whether the manifest itself names {@code externalId}, to take that object over
 * @param handles ids from status
 * @param intents creates that may or may not have happened
 * @param lookedBefore the time of an earlier complete look that found nothing, for backends where
 *     absence needs two
 * @param claimed whether another Plan holds the object with this external id: it is not ours then,
 *     whatever it looks like. Asked by backends that hold neither key nor mark
 */
public record Sought(
    Identity identity,
    Optional<CatalogPlan> desired,
    Optional<String> externalId,
    boolean named,
    Handles handles,
    List<Intent> intents,
    Optional<Instant> lookedBefore,
    Predicate<String> claimed) {
  public Sought {
    intents = List.copyOf(intents);
  }

  /** Where nobody else holds anything. */
  public Sought(
      Identity identity,
      Optional<CatalogPlan> desired,
      Optional<String> externalId,
      boolean named,
      Handles handles,
      List<Intent> intents,
      Optional<Instant> lookedBefore) {
    this(identity, desired, externalId, named, handles, intents, lookedBefore, id -> false);
  }
}
