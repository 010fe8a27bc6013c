package dev.planwright.backend.paygentic;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Paygentic block of a BillingBackend.
 *
 * @param backend namespace/name of the BillingBackend, for messages
 * @param ownerId who we are there
 * @param environment which of the two hosts it is, where that can be told
 * @param merchantId whose plans these are
 * @param productId of plans that name no product; {@code ""} when the block says nothing
 * @param exclusiveProduct whether nobody else writes plans, fees or prices of that product
 * @param aliases our words to the account's ids
 */
record PaygenticSettings(
    String backend,
    String ownerId,
    AccountEnvironment environment,
    String merchantId,
    String productId,
    boolean exclusiveProduct,
    AccountConfig.Aliases aliases) {
  static final String LIVE = "https://api.paygentic.io";
  static final String SANDBOX = "https://api.sandbox.paygentic.io";

  private static final String URL = "url";
  private static final String MERCHANT = "merchantId";
  private static final String PRODUCT = "productId";
  private static final String PRODUCT_ID = "prod_[A-Za-z0-9]{1,100}";

  static PaygenticSettings of(AccountConfig config) {
    return new PaygenticSettings(
        config.backend(),
        config.ownerId(),
        host(config),
        config.setting(MERCHANT),
        config.setting(PRODUCT),
        config.isOn("exclusiveProduct"),
        config.aliases());
  }

  /** Where the API is; it follows the environment when the block names no address. */
  static String url(AccountConfig config) {
    String url = config.setting(URL).replaceAll("/+$", "");
    if (!url.isEmpty()) {
      return url;
    }
    return config.environment() == AccountEnvironment.PRODUCTION ? LIVE : SANDBOX;
  }

  /**
   * Which environment the address opens: a key works on its own host alone (the vendor's
   * documentation on environments). An address of one's own does not tell.
   */
  static AccountEnvironment host(AccountConfig config) {
    return switch (url(config)) {
      case LIVE -> AccountEnvironment.PRODUCTION;
      case SANDBOX -> AccountEnvironment.SANDBOX;
      default -> AccountEnvironment.UNVERIFIED;
    };
  }

  /** What is wrong with the block; all of it. */
  static List<Violation> check(AccountConfig config) {
    List<Violation> wrong = new ArrayList<>();
    String url = config.setting(URL);
    if (url.isEmpty() && config.environment() == AccountEnvironment.UNVERIFIED) {
      wrong.add(
          violation(
              config,
              URL,
              "is missing, and spec.environment does not say which one it is",
              "set spec.environment to Sandbox or Production, or the address"));
    } else if (!url.isEmpty() && !url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
      wrong.add(violation(config, URL, "is no http address", "write it like " + SANDBOX));
    }
    AccountEnvironment host = host(config);
    if (!url.isEmpty()
        && host != AccountEnvironment.UNVERIFIED
        && config.environment() != AccountEnvironment.UNVERIFIED
        && host != config.environment()) {
      wrong.add(
          violation(
              config,
              URL,
              "is the host of the other environment",
              "mend spec.environment, or leave url out and it follows"));
    }
    if (!config.setting(MERCHANT).matches("org_[A-Za-z0-9]{1,100}")) {
      wrong.add(
          violation(
              config,
              MERCHANT,
              config.setting(MERCHANT).isEmpty() ? "is missing" : "is no id of an organization",
              "write the id that starts with org_"));
    }
    String product = config.setting(PRODUCT);
    if (!product.isEmpty() && !isProduct(product)) {
      wrong.add(
          violation(
              config, PRODUCT, "is no id of a product", "write the id that starts with prod_"));
    }
    if (product.isEmpty() && config.isOn("exclusiveProduct")) {
      wrong.add(
          violation(
              config, "exclusiveProduct", "names no product", "set productId, or leave it out"));
    }
    return List.copyOf(wrong);
  }

  static boolean isProduct(String id) {
    return id.matches(PRODUCT_ID);
  }

  /** What changes the meaning of a manifest; aliases are added by the core. */
  Map<String, String> meaning() {
    Map<String, String> meaning = new TreeMap<>();
    meaning.put(MERCHANT, merchantId);
    if (!productId.isEmpty()) {
      meaning.put(PRODUCT, productId);
    }
    return meaning;
  }

  /** The product that a plan is made in; {@code ""} when neither plan nor backend names one. */
  String product(CatalogPlan plan) {
    return named(plan).orElse(productId);
  }

  /** The product that the manifest itself names. */
  Optional<String> named(CatalogPlan plan) {
    return plan.product()
        .map(word -> aliases.product(word).map(AccountConfig.Alias::id).orElse(word));
  }

  /** What a metric's word is looked up as: the alias's id, else the word, as id or name. */
  String metric(String word) {
    return aliases.metric(word).map(AccountConfig.Alias::id).orElse(word);
  }

  /** Whether the metric is a sum of money in minor units. */
  boolean countsMinorUnits(String word) {
    return aliases.metric(word).map(AccountConfig.Alias::minorUnit).orElse(false);
  }

  /** What a feature's word is looked up as: the alias's id or key, else the word. */
  String feature(String word) {
    return aliases.feature(word).map(AccountConfig.Alias::id).orElse(word);
  }

  private static Violation violation(
      AccountConfig config, String field, String problem, String instead) {
    return new Violation(
        "BillingBackend " + config.backend(),
        "spec.provider.paygentic." + field,
        config.setting(field),
        problem,
        instead);
  }
}
