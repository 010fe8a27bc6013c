package dev.planwright.backend.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether calls may start at all: closed for good when the Lease is lost or the process is about to
 * end.
 */
@FunctionalInterface
public interface CallGate {
  /** Always open. */
  CallGate OPEN = Optional::empty;

  /** Why no call may start; empty while they may. Asked before each call, by many threads. */
  Optional<String> closed();

  /**
   * Until when no object may be created that no unique key protects, and nothing that is not there
   * may be taken for gone: whoever worked here before and did not say goodbye may have sent a
   * create that is still on its way.
   *
   * @param timeout of one call to that backend, as it is set now
   * @return a moment still to come; empty to go on
   */
  default Optional<Instant> holdUnguardedCreates(Duration timeout) {
    return Optional.empty();
  }
}
