package dev.planwright.backend.noderails;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The NodeRails block of a BillingBackend.
 *
 * @param backend namespace/name of the BillingBackend, for messages
 * @param ownerId who we are there
 * @param appId the app in which plans are sold
 * @param environment what the app is expected to be
 */
record NodeRailsSettings(
    String backend, String ownerId, String appId, AccountEnvironment environment) {
  static final String DEFAULT_URL = "https://api.noderails.com";

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  static NodeRailsSettings of(AccountConfig config) {
    return new NodeRailsSettings(
        config.backend(), config.ownerId(), config.setting("appId"), config.environment());
  }

  static boolean isId(String text) {
    return UUID.matcher(text).matches();
  }

  /** What is wrong with the block; all of it. */
  static List<Violation> check(AccountConfig config) {
    List<Violation> wrong = new ArrayList<>();
    String url = config.setting("url");
    if (!url.isEmpty() && !url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
      wrong.add(violation(config, "url", "is no http address", "write it like " + DEFAULT_URL));
    }
    String appId = config.setting("appId");
    if (appId.isEmpty()) {
      wrong.add(
          violation(
              config,
              "appId",
              "is missing: a key of NodeRails reaches every app of its merchant",
              "set the id of the app, a UUID, from the app's settings in the dashboard"));
    } else if (!isId(appId)) {
      wrong.add(
          violation(
              config, "appId", "is no id of an app", "write the UUID that the dashboard shows"));
    }
    return List.copyOf(wrong);
  }

  private static Violation violation(
      AccountConfig config, String field, String problem, String instead) {
    return new Violation(
        "BillingBackend " + config.backend(),
        "spec.provider.noderails." + field,
        config.setting(field),
        problem,
        instead);
  }
}
