package dev.planwright.backend;

import dev.planwright.catalog.Reason;

/**
 * An answer that says no to a step.
 *
 * @param reason for the condition
 * @param message the backend's own words and its request id
 */
public record Refusal(Reason reason, String message) {}
