package dev.planwright.backend;

import java.time.Duration;

/**
 * How hard an account may be pushed.
 *
 * @param requestsPerSecond ceiling of the rate; where reads and writes are counted apart, of each
 * @param readsAndWritesApart whether the backend counts them apart
 * @param maxConcurrent ceiling of calls in flight, reads and writes together
 * @param timeout of one call
 */
public record Limits(
    int requestsPerSecond, boolean readsAndWritesApart, int maxConcurrent, Duration timeout) {
  /** For a backend that counts every call together. */
  public Limits(int requestsPerSecond, int maxConcurrent, Duration timeout) {
    this(requestsPerSecond, false, maxConcurrent, timeout);
  }
}
