package dev.planwright.backend;

/**
 * One account that was reached: how to speak to it, and who it says it is.
 *
 * @param backend namespace/name of the BillingBackend, for messages
 */
public record Account<R>(
    String backend, Provider<R> provider, ApiClient client, AccountFacts facts) {}
