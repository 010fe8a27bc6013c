package dev.planwright.matrix;

import dev.planwright.backend.Provider;
import dev.planwright.sync.StatusStore;

/**
 * Takes a guard away, to prove that the matrix sees it: wraps production parts, never edits them.
 */
interface Tamper {
  /** Leaves everything as it is. */
  Tamper NONE = new Tamper() {};

  /** What the core gets instead of the provider. */
  default <R> Provider<R> provider(Provider<R> real) {
    return real;
  }

  /** What the core gets instead of the status. */
  default StatusStore store(StatusStore real) {
    return real;
  }
}
