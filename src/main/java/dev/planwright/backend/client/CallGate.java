package dev.planwright.backend.client;

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
}
