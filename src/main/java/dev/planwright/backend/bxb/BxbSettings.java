package dev.planwright.backend.bxb;

import dev.planwright.backend.AccountConfig;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bxb block of a BillingBackend.
 *
 * @param backend namespace/name of the BillingBackend, for messages
 * @param ownerId who we are there
 * @param organizationId the organization that the key has to open; {@code ""} leaves that to the
 *     account pinned in status
 * @param amountUnit what a number in a usage charge counts; empty when the block says nothing
 * @param trialIsInformational whether a trial may be stored that bxb does not apply
 * @param mark where our mark is kept
 * @param aliases our words to the account's ids
 */
record BxbSettings(
    String backend,
    String ownerId,
    String organizationId,
    Optional<AmountUnit> amountUnit,
    boolean trialIsInformational,
    OwnershipMark mark,
    AccountConfig.Aliases aliases) {

  /** The organization that a call without a valid key is served as; taxes work only there. */
  static final String DEFAULT_ORGANIZATION = "00000000-0000-0000-0000-000000000001";

  private static final String UNIT = "chargeAmountUnit";
  private static final String MARK = "ownershipMark";
  private static final String TRIALS = "trialIsInformational";

  /** What a number in the properties of a charge counts. */
  enum AmountUnit {
    /** The currency's minor unit: the invoice takes the number as cents. */
    MINOR,
    /** The currency's major unit: the server multiplies by a hundred, whatever the currency. */
    MAJOR
  }

  /** Where the mark is kept. */
  enum OwnershipMark {
    DESCRIPTION,
    NONE
  }

  static BxbSettings of(AccountConfig config) {
    Optional<AmountUnit> unit =
        switch (config.setting(UNIT)) {
          case "Minor" -> Optional.of(AmountUnit.MINOR);
          case "Major" -> Optional.of(AmountUnit.MAJOR);
          default -> Optional.empty();
        };
    return new BxbSettings(
        config.backend(),
        config.ownerId(),
        config.setting("organizationId"),
        unit,
        config.isOn(TRIALS),
        config.setting(MARK).equals("None") ? OwnershipMark.NONE : OwnershipMark.DESCRIPTION,
        config.aliases());
  }

  /** What is wrong with the block; all of it. */
  static List<Violation> check(AccountConfig config) {
    List<Violation> wrong = new ArrayList<>();
    if (config.setting("url").isEmpty()) {
      wrong.add(
          violation(
              config, "url", "is missing", "set the server's address, such as http://host:8000"));
    } else if (!config.setting("url").matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
      wrong.add(
          violation(config, "url", "is no http address", "write it like https://bxb.example.com"));
    }
    String organization = config.setting("organizationId");
    if (!organization.isEmpty()
        && !organization.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      wrong.add(
          violation(
              config,
              "organizationId",
              "is no organization id of bxb",
              "write the UUID, lower case, that GET /v1/organizations/current answers as id"));
    }
    oneOf(config, UNIT, wrong, "Minor", "Major");
    oneOf(config, MARK, wrong, "Description", "None");
    return List.copyOf(wrong);
  }

  /** What changes the meaning of a manifest; aliases are added by the core. */
  Map<String, String> meaning() {
    Map<String, String> meaning = new TreeMap<>();
    amountUnit.ifPresent(unit -> meaning.put(UNIT, unit.name()));
    if (mark == OwnershipMark.NONE) {
      meaning.put(MARK, "NONE");
    }
    if (trialIsInformational) {
      meaning.put(TRIALS, "true");
    }
    return meaning;
  }

  boolean marks() {
    return mark == OwnershipMark.DESCRIPTION;
  }

  /** What a metric's word is looked up as: the alias's id or code, else the word. */
  String metric(String word) {
    return aliases.metric(word).map(AccountConfig.Alias::id).orElse(word);
  }

  /** Whether the metric is a sum of money in minor units. */
  boolean countsMinorUnits(String word) {
    return aliases.metric(word).map(AccountConfig.Alias::minorUnit).orElse(false);
  }

  /** What a feature's word is looked up as. */
  String feature(String word) {
    return aliases.feature(word).map(AccountConfig.Alias::id).orElse(word);
  }

  /** The manifests' word for a metric: its alias, else bxb's code. */
  String metricWord(Directory directory, String id) {
    return word(aliases.metrics(), id, directory.metricName(id));
  }

  /** The manifests' word for a feature: its alias, else bxb's code. */
  String featureWord(Directory directory, String id) {
    return word(aliases.features(), id, directory.featureName(id));
  }

  private static String word(Map<String, AccountConfig.Alias> aliases, String id, String code) {
    return aliases.entrySet().stream()
        .filter(it -> it.getValue().id().equals(id) || it.getValue().id().equals(code))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(code);
  }

  private static void oneOf(
      AccountConfig config, String name, List<Violation> wrong, String first, String second) {
    String value = config.setting(name);
    if (!value.isEmpty() && !value.equals(first) && !value.equals(second)) {
      wrong.add(violation(config, name, "is not known", "write " + first + " or " + second));
    }
  }

  private static Violation violation(
      AccountConfig config, String field, String problem, String instead) {
    return new Violation(
        "BillingBackend " + config.backend(),
        "spec.provider.bxb." + field,
        config.setting(field),
        problem,
        instead);
  }
}
