package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.BackendException;
import dev.planwright.catalog.Decimals;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One flat row of pricing, as Stigg shows it: a row per model, cadence, period, country and
 * feature. Row ids are the server's and change with every draft, so a row is known by its key.
 *
 * @param overage whether it prices what lies beyond a limit
 * @param country {@code ""} for everywhere else
 * @param feature {@code ""} where the model counts nothing
 * @param id the server's; {@code ""} for a row that is wanted
 * @param terms what it costs, in one spelling: amount, currency, tiers, ...
 */
record Row(
    boolean overage,
    String model,
    String cadence,
    String period,
    String country,
    String feature,
    String id,
    SortedMap<String, String> terms) {

  static final String AMOUNT = "amount";
  static final String CURRENCY = "currency";
  static final String TIERS = "tiers";
  static final String MODE = "mode";
  static final String SIZE = "size";
  static final String MIN = "minUnits";
  static final String MAX = "maxUnits";

  Row {
    terms = Collections.unmodifiableSortedMap(new TreeMap<>(terms));
  }

  /** What tells it from every other row of its plan. */
  String key() {
    return String.join(
        " ", overage ? "overage" : "charge", model, cadence, period, country, feature);
  }

  /** Key and terms: rows with equal content are the same price. */
  String content() {
    return key() + " " + terms;
  }

  String keyHash() {
    return Hash.of(key(), 6);
  }

  boolean isSpend() {
    return model.equals(Words.MINIMUM_SPEND);
  }

  /** For people: {@code FLAT_FEE MONTHLY DE 49 eur}. */
  String shown() {
    StringBuilder shown = new StringBuilder(overage ? "overage " : "").append(model);
    for (String part : List.of(cadence.equals(Words.ONE_OFF) ? cadence : "", period, country)) {
      shown.append(part.isEmpty() ? "" : " " + part);
    }
    if (!feature.isEmpty()) {
      shown.append(" over ").append(feature);
    }
    return shown + " " + summary();
  }

  /** What it costs, for people. */
  String summary() {
    String amount = terms.containsKey(TIERS) ? terms.get(TIERS) : terms.getOrDefault(AMOUNT, "?");
    return amount + " " + terms.getOrDefault(CURRENCY, "");
  }

  /** A row out of an answer. Words that nobody knows stay as they are. */
  static Row parse(boolean overage, JsonNode node) {
    TreeMap<String, String> terms = new TreeMap<>();
    JsonNode tiers = node.path("tiers");
    if (tiers.isArray() && !tiers.isEmpty()) {
      tiers(tiers, terms);
      terms.put(MODE, Words.text(node.path("tiersMode")));
    } else if (node.path("price").isObject()) {
      put(terms, AMOUNT, Words.decimal(node.path("price").path("amount")));
      put(terms, CURRENCY, Words.text(node.path("price").path("currency")));
    }
    put(terms, SIZE, Words.decimal(node.path("blockSize")));
    put(terms, MIN, Words.decimal(node.path("minUnitQuantity")));
    put(terms, MAX, Words.decimal(node.path("maxUnitQuantity")));
    if (node.path("creditRate").isObject()) {
      JsonNode rate = node.path("creditRate");
      terms.put(
          "creditRate",
          Words.decimal(rate.path("amount"))
              + " "
              + Words.text(rate.path("currencyId"))
              + " "
              + Words.text(rate.path("costFormula")));
    }
    put(terms, "creditGrantCadence", Words.text(node.path("creditGrantCadence")));
    put(terms, "topUp", Words.text(node.path("topUpCustomCurrencyId")));
    return new Row(
        overage,
        required(node, "billingModel"),
        node.path("billingCadence").asText(Words.RECURRING),
        required(node, "billingPeriod"),
        Words.text(node.path("billingCountryCode")),
        Words.text(node.path("featureId")),
        required(node, "id"),
        terms);
  }

  private static void tiers(JsonNode tiers, TreeMap<String, String> terms) {
    StringBuilder all = new StringBuilder();
    String currency = "";
    for (JsonNode tier : tiers) {
      String flat = amount(tier.path("flatPrice"));
      all.append(all.isEmpty() ? "" : ", ")
          .append(tier(Words.decimal(tier.path("upTo")), amount(tier.path("unitPrice")), flat));
      for (String price : List.of("unitPrice", "flatPrice")) {
        String said = Words.text(tier.path(price).path("currency"));
        if (!said.isEmpty() && !currency.contains(said)) {
          currency = currency.isEmpty() ? said : currency + "+" + said;
        }
      }
    }
    terms.put(TIERS, all.toString());
    put(terms, CURRENCY, currency);
  }

  /** One tier in one spelling: {@code 100: 0.1}, {@code *: 0.08 + 5}. */
  static String tier(String upTo, String unit, String flat) {
    return (upTo.isEmpty() ? "*" : upTo) + ": " + unit + (flat.equals("0") ? "" : " + " + flat);
  }

  private static String amount(JsonNode money) {
    JsonNode amount = money.path("amount");
    return amount.isNumber() ? Decimals.canonical(amount.decimalValue()) : "0";
  }

  private static void put(TreeMap<String, String> terms, String name, String value) {
    if (!value.isEmpty()) {
      terms.put(name, value);
    }
  }

  private static String required(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE, "Stigg answered a charge without \"" + field + "\"");
    }
    return value.textValue();
  }
}
