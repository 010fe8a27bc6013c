package dev.planwright.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One account of one billing system, as a BillingBackend describes it.
 *
 * @param backend namespace/name of the BillingBackend, for messages
 * @param ownerId who we are there
 * @param environment what the key is expected to open
 * @param block the provider's own block, without the credentials
 * @param aliases our words to the account's ids
 */
public record AccountConfig(
    String backend,
    String ownerId,
    AccountFacts.AccountEnvironment environment,
    JsonNode block,
    Aliases aliases) {

  /** A setting of the provider's block; {@code ""} when unset. */
  public String setting(String name) {
    return block.path(name).asText("");
  }

  /** A switch of the provider's block; false when unset. */
  public boolean isOn(String name) {
    return block.path(name).asBoolean(false);
  }

  /** Our words to the account's ids, by kind. */
  public record Aliases(
      Map<String, Alias> metrics, Map<String, Alias> features, Map<String, Alias> products) {
    public static final Aliases NONE = new Aliases(Map.of(), Map.of(), Map.of());

    public Aliases {
      metrics = java.util.Collections.unmodifiableMap(new TreeMap<>(metrics));
      features = java.util.Collections.unmodifiableMap(new TreeMap<>(features));
      products = java.util.Collections.unmodifiableMap(new TreeMap<>(products));
    }

    public Optional<Alias> metric(String word) {
      return Optional.ofNullable(metrics.get(word));
    }

    public Optional<Alias> feature(String word) {
      return Optional.ofNullable(features.get(word));
    }

    public Optional<Alias> product(String word) {
      return Optional.ofNullable(products.get(word));
    }
  }

  /**
   * What the account knows it by.
   *
   * @param id its id, or its code or key where it has one
   * @param minorUnit whether a money metric counts minor units
   */
  public record Alias(String id, boolean minorUnit) {}
}
