package dev.planwright.backend;

import java.time.Duration;

/**
 * How hard an account may be pushed.
 *
 * @param requestsPerSecond ceiling of the rate
 * @param maxConcurrent ceiling of calls in flight
 * @param timeout of one call
 */
public record Limits(int requestsPerSecond, int maxConcurrent, Duration timeout) {}
