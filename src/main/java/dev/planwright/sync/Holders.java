package dev.planwright.sync;

import dev.planwright.backend.Provider;
import java.util.Optional;

/**
 * Who else holds an object, where nothing but its id tells whose it is: a manifest that was copied
 * with its annotation must not take over, and even less remove, what the original sells.
 */
final class Holders {
  private Holders() {}

  /** The other Plan that holds the object with this id, as {@code namespace/name}. */
  static Optional<String> of(Provider<?> provider, Optional<String> externalId, StatusStore store) {
    return externalId.filter(id -> provider.isKnownByIdOnly()).flatMap(store::holderOf);
  }
}
