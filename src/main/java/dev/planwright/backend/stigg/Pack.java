package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.BackendException;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A plan or an add-on in one version, as an answer shows it. Texts are {@code ""} when null.
 *
 * @param number of the version that is shown; a draft has the published one's number or the next,
 *     which the documentation leaves open
 * @param terms trial and compatible add-ons in one spelling; empty where an older server shows
 *     neither
 * @param grants ids of the entitlements that belong to this very version
 */
record Pack(
    String id,
    Status status,
    String number,
    String displayName,
    String description,
    String product,
    String pricing,
    String parent,
    Optional<Terms> terms,
    SortedMap<String, String> metadata,
    List<String> grants) {

  /** What a version is. */
  enum Status {
    DRAFT,
    PUBLISHED,
    ARCHIVED,
    /** A word of a later server: what such a plan is, we cannot tell. */
    UNKNOWN
  }

  /**
   * What older servers don't show.
   *
   * @param trial {@code 14 DAY CONVERT_TO_PAID}, with a budget where there is one
   * @param addOns ids, sorted
   */
  record Terms(String trial, List<String> addOns) {
    Terms {
      addOns = addOns.stream().sorted().toList();
    }

    String content() {
      return trial + " " + addOns;
    }
  }

  Pack {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    grants = List.copyOf(new TreeSet<>(grants));
  }

  /** A plan out of an answer. */
  static Pack parse(JsonNode node) {
    TreeMap<String, String> metadata = new TreeMap<>();
    node.path("metadata")
        .properties()
        .forEach(
            it -> {
              String value = Words.text(it.getValue());
              if (!value.isEmpty()) {
                metadata.put(it.getKey(), value);
              }
            });
    List<String> grants = new ArrayList<>();
    node.path("entitlements").forEach(it -> grants.add(Words.text(it.path("id"))));
    return new Pack(
        required(node, "id"),
        status(required(node, "status")),
        Words.decimal(node.path("versionNumber")),
        Words.text(node.path("displayName")),
        Words.text(node.path("description")),
        Words.text(node.path("productId")),
        Words.text(node.path("pricingType")),
        Words.text(node.path("parentPlanId")),
        terms(node),
        metadata,
        grants);
  }

  private static Optional<Terms> terms(JsonNode node) {
    if (!node.has("defaultTrialConfig") && !node.has("compatibleAddonIds")) {
      return Optional.empty();
    }
    List<String> addOns = new ArrayList<>();
    node.path("compatibleAddonIds").forEach(it -> addOns.add(Words.text(it)));
    JsonNode trial = node.path("defaultTrialConfig");
    String shown = "";
    if (trial.isObject()) {
      shown =
          trial(
              Words.decimal(trial.path("duration")),
              Words.text(trial.path("units")),
              Words.text(trial.path("trialEndBehavior")));
      if (trial.path("budget").isObject()) {
        JsonNode budget = trial.path("budget");
        shown += " within " + Words.decimal(budget.path("limit"));
        shown += budget.path("hasSoftLimit").asBoolean(false) ? " soft" : "";
      }
    }
    return Optional.of(new Terms(shown, addOns));
  }

  /** A trial in one spelling. */
  static String trial(String duration, String units, String end) {
    return (duration + " " + units + " " + end).strip();
  }

  private static Status status(String word) {
    return switch (word) {
      case "DRAFT" -> Status.DRAFT;
      case "PUBLISHED" -> Status.PUBLISHED;
      case "ARCHIVED" -> Status.ARCHIVED;
      default -> Status.UNKNOWN;
    };
  }

  static String required(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE, "Stigg answered a plan without \"" + field + "\"");
    }
    return value.textValue();
  }

  /** The version's number as an answer to a write shows it. */
  static String number(JsonNode data) {
    BigDecimal number = data.path("versionNumber").decimalValue();
    return Decimals.canonical(number);
  }
}
