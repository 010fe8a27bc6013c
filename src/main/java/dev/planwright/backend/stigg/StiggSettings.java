package dev.planwright.backend.stigg;

import dev.planwright.backend.AccountConfig;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The stigg block of a BillingBackend.
 *
 * @param backend namespace/name of the BillingBackend, for messages
 * @param ownerId who we are there
 * @param productId of plans that name no product; {@code ""} when unset
 * @param usageBesideYearly whether Stigg has confirmed that a plan may charge for usage beside a
 *     yearly price, and that whoever pays by the year pays each usage price as often as it says
 * @param aliases our words to the account's ids; metrics are features on Stigg
 */
record StiggSettings(
    String backend,
    String ownerId,
    String productId,
    boolean usageBesideYearly,
    AccountConfig.Aliases aliases) {

  static final String USAGE_BESIDE_YEARLY = "usageBesideYearly";

  /** What Stigg takes for an id that a caller chooses. */
  static final String ID = "[a-zA-Z0-9][a-zA-Z0-9_|.-]{0,254}";

  static StiggSettings of(AccountConfig config) {
    return new StiggSettings(
        config.backend(),
        config.ownerId(),
        config.setting("productId"),
        config.isOn(USAGE_BESIDE_YEARLY),
        config.aliases());
  }

  /** What is wrong with the block; all of it. */
  static List<Violation> check(AccountConfig config) {
    List<Violation> wrong = new ArrayList<>();
    String url = config.setting("url");
    if (!url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
      wrong.add(
          violation(
              config,
              "url",
              url.isEmpty() ? "is missing" : "is no http address",
              "write https://api.stigg.io"));
    }
    String product = config.setting("productId");
    if (!product.isEmpty() && !product.matches(ID)) {
      wrong.add(
          violation(
              config,
              "productId",
              "is no id of Stigg",
              "copy the product's id out of Stigg's console"));
    }
    return List.copyOf(wrong);
  }

  /**
   * What changes the meaning of a manifest, or whether it can be said: a plan that was settled is
   * checked anew when any of it changes. Aliases are added by the core.
   */
  Map<String, String> meaning() {
    Map<String, String> meaning = new TreeMap<>();
    if (!productId.isEmpty()) {
      meaning.put("productId", productId);
    }
    if (usageBesideYearly) {
      meaning.put(USAGE_BESIDE_YEARLY, "true");
    }
    return meaning;
  }

  /** The product that a plan is made under. */
  Optional<String> product(CatalogPlan plan) {
    return named(plan).or(() -> Optional.of(productId).filter(it -> !it.isEmpty()));
  }

  /** The product that the manifest itself names. */
  Optional<String> named(CatalogPlan plan) {
    return plan.product()
        .map(word -> aliases.product(word).map(AccountConfig.Alias::id).orElse(word));
  }

  /** The feature that counts a metric. */
  String metric(String word) {
    return aliases.metric(word).map(AccountConfig.Alias::id).orElse(word);
  }

  String feature(String word) {
    return aliases.feature(word).map(AccountConfig.Alias::id).orElse(word);
  }

  /** The manifests' word for a metric. */
  String metricWord(String id) {
    return word(aliases.metrics(), id);
  }

  /** The manifests' word for a feature. */
  String featureWord(String id) {
    return word(aliases.features(), id);
  }

  private static String word(Map<String, AccountConfig.Alias> aliases, String id) {
    return aliases.entrySet().stream()
        .filter(it -> it.getValue().id().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(id);
  }

  private static Violation violation(
      AccountConfig config, String field, String problem, String instead) {
    return new Violation(
        "BillingBackend " + config.backend(),
        "spec.provider.stigg." + field,
        config.setting(field),
        problem,
        instead);
  }
}
