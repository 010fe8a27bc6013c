package dev.planwright.backend.client;

import dev.planwright.backend.BackendException;
import java.time.Duration;
import java.util.Optional;

/** Hears of every call, for metrics. Must not throw and must not block. */
@FunctionalInterface
public interface CallObserver {
  /** Hears nothing. */
  CallObserver NONE = call -> {};

  /** A call ended, with an answer or without. */
  void ended(Call call);

  /**
   * How a call ended.
   *
   * @param backend namespace/name
   * @param operation the request's stable name
   * @param mutating whether it could change something
   * @param status HTTP status; 0 when no answer came
   * @param failure what was thrown; empty when an answer was handed to the provider
   * @param waited for its turn
   * @param took from sending to the end of the answer; zero when nothing was sent
   */
  record Call(
      String backend,
      String operation,
      boolean mutating,
      int status,
      Optional<BackendException.Kind> failure,
      Duration waited,
      Duration took) {}
}
