package dev.planwright.backend.schematic;

import dev.planwright.backend.AccountConfig;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The schematic block of a BillingBackend.
 *
 * @param backend namespace/name of the BillingBackend, for messages
 * @param accountId the account that the key has to open; {@code ""} leaves that to the account
 *     pinned in status
 * @param nameSuffix added to the name of every plan: environments of one account share plans
 * @param editsOpenDraft whether a person has seen, on this account, that a change of a published
 *     plan waits in a draft
 * @param aliases our words to the account's features
 */
record SchematicSettings(
    String backend,
    String accountId,
    String nameSuffix,
    boolean editsOpenDraft,
    AccountConfig.Aliases aliases) {
  private static final String SUFFIX = "nameSuffix";

  static SchematicSettings of(AccountConfig config) {
    return new SchematicSettings(
        config.backend(),
        config.setting("accountId"),
        config.setting(SUFFIX),
        config.isOn("editsOpenDraft"),
        config.aliases());
  }

  /** What is wrong with the block; all of it. */
  static List<Violation> check(AccountConfig config) {
    List<Violation> wrong = new ArrayList<>();
    String url = config.setting("url");
    if (url.isEmpty()) {
      wrong.add(
          violation(
              config, "url", "is missing", "set the address, such as https://api.schematichq.com"));
    } else if (!url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
      wrong.add(
          violation(
              config, "url", "is no http address", "write it like https://api.schematichq.com"));
    }
    String account = config.setting("accountId");
    if (!account.isEmpty() && !account.matches("[A-Za-z0-9_-]{1,255}")) {
      wrong.add(
          violation(
              config,
              "accountId",
              "is no account id of Schematic",
              "write what GET /whoami answers as account_id"));
    }
    if (config.setting(SUFFIX).length() > 100) {
      wrong.add(violation(config, SUFFIX, "is longer than 100 characters", "use a shorter suffix"));
    }
    return List.copyOf(wrong);
  }

  /** What changes the meaning of a manifest; aliases are added by the core. */
  Map<String, String> meaning() {
    return nameSuffix.isEmpty() ? Map.of() : Map.of(SUFFIX, nameSuffix);
  }

  /** The name of a plan on the account. */
  String name(CatalogPlan plan) {
    return plan.displayName() + nameSuffix;
  }

  /** What a feature's word is looked up as. */
  String feature(String word) {
    return aliases.feature(word).map(AccountConfig.Alias::id).orElse(word);
  }

  /** A metric is a feature here: what its word is looked up as. */
  String metric(String word) {
    return aliases
        .metric(word)
        .or(() -> aliases.feature(word))
        .map(AccountConfig.Alias::id)
        .orElse(word);
  }

  boolean countsMinorUnits(String metric) {
    return aliases.metric(metric).map(AccountConfig.Alias::minorUnit).orElse(false);
  }

  private static Violation violation(
      AccountConfig config, String field, String problem, String instead) {
    return new Violation(
        "BillingBackend " + config.backend(),
        "spec.provider.schematic." + field,
        config.setting(field),
        problem,
        instead);
  }
}
