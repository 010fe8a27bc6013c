package dev.planwright.backend;

import java.util.Map;

/**
 * Whom a key opens, as the backend itself answered.
 *
 * @param id the account's id
 * @param name for people
 * @param environment where it can be read
 * @param facts what {@code check} wants to know of the account, by the provider's own names
 */
public record AccountFacts(
    String id, String name, AccountEnvironment environment, Map<String, String> facts) {
  public AccountFacts {
    facts = Map.copyOf(facts);
  }

  /** Which environment a key opens. */
  public enum AccountEnvironment {
    SANDBOX,
    PRODUCTION,
    /** The backend does not tell. */
    UNVERIFIED
  }

  /** Nothing known, as when checking manifests offline. */
  public static AccountFacts unknown() {
    return new AccountFacts("", "", AccountEnvironment.UNVERIFIED, Map.of());
  }

  /** Whether anything is known. */
  public boolean isKnown() {
    return !id.isEmpty();
  }
}
