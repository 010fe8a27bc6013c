package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.BackendException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An entitlement of a plan: to a feature, or to an amount of a credit.
 *
 * @param id of the feature or the currency
 * @param credit whether it is a credit
 * @param terms what is given, in one spelling; what is not there is not given
 * @param looks how it is shown to customers, which we never change: sent again where an entitlement
 *     has to be made anew
 */
record Grant(String id, boolean credit, SortedMap<String, String> terms, ObjectNode looks) {
  static final String BEHAVIOR = "behavior";
  static final String ENABLED = "enabled";
  static final String LIMIT = "limit";
  static final String UNLIMITED = "unlimited";
  static final String SOFT = "soft";
  static final String RESET = "reset";
  static final String VALUE = "value";
  static final String AMOUNT = "amount";
  static final String CADENCE = "every";
  static final String SUBSCRIPTION_START = "SubscriptionStart";

  private static final List<String> LOOKS =
      List.of("description", "displayNameOverride", "hiddenFromWidgets", "isCustom", "order");

  Grant {
    terms = Collections.unmodifiableSortedMap(new TreeMap<>(terms));
  }

  String term(String name) {
    return terms.getOrDefault(name, "");
  }

  String content() {
    return (credit ? "credit " : "feature ") + id + " " + terms;
  }

  String keyHash() {
    return Hash.of("entitlement " + id, 6);
  }

  String contentHash() {
    return Hash.of(content(), 6);
  }

  boolean isSame(Grant other) {
    return content().equals(other.content());
  }

  /** An entitlement out of an answer. */
  static Grant parse(JsonNode node) {
    JsonNode id = node.path("id");
    if (!id.isTextual()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE, "Stigg answered an entitlement without \"id\"");
    }
    boolean credit = node.path("type").asText("").equals("CREDIT");
    TreeMap<String, String> terms = new TreeMap<>();
    put(terms, BEHAVIOR, Words.text(node.path("behavior")));
    flag(terms, SOFT, node.path("hasSoftLimit"));
    if (credit) {
      put(terms, AMOUNT, Words.decimal(node.path("amount")));
      put(terms, CADENCE, Words.text(node.path("cadence")));
      put(terms, "dependencyFeatureId", Words.text(node.path("dependencyFeatureId")));
    } else {
      terms.put(ENABLED, Boolean.toString(node.path("isGranted").asBoolean(true)));
      put(terms, LIMIT, Words.decimal(node.path("usageLimit")));
      flag(terms, UNLIMITED, node.path("hasUnlimitedUsage"));
      String reset = Words.text(node.path("resetPeriod"));
      if (!reset.isEmpty()) {
        String start = Words.text(node.path("resetPeriodConfiguration").path("accordingTo"));
        terms.put(RESET, reset(reset, start.isEmpty() ? SUBSCRIPTION_START : start));
      }
      List<String> values = new ArrayList<>();
      node.path("enumValues").forEach(it -> values.add(it.asText("")));
      put(terms, VALUE, String.join(", ", values));
    }
    ObjectNode looks = StiggCalls.object();
    for (String look : LOOKS) {
      if (node.hasNonNull(look)) {
        looks.set(look, node.path(look));
      }
    }
    return new Grant(id.textValue(), credit, terms, looks);
  }

  /** When a count starts anew, in one spelling. */
  static String reset(String period, String start) {
    return start.equals(SUBSCRIPTION_START) || period.equals("DAY")
        ? period
        : period + " from " + start;
  }

  /** The body that makes it, or that changes it: all its terms, so that none is left over. */
  ObjectNode body(boolean creates) {
    ObjectNode body = StiggCalls.object();
    if (creates) {
      body.setAll(looks);
      body.put("id", id);
    }
    body.put("type", credit ? "CREDIT" : "FEATURE");
    body.put("behavior", term(BEHAVIOR));
    if (credit) {
      flag(body, "hasSoftLimit", terms.containsKey(SOFT), creates);
      body.set("amount", Words.number(new BigDecimal(term(AMOUNT))));
      return body.put("cadence", term(CADENCE));
    }
    body.put("isGranted", term(ENABLED).equals("true"));
    if (terms.containsKey(LIMIT)) {
      body.set("usageLimit", Words.number(new BigDecimal(term(LIMIT))));
    } else if (!creates) {
      body.putNull("usageLimit");
    }
    flag(body, "hasUnlimitedUsage", terms.containsKey(UNLIMITED), creates);
    flag(body, "hasSoftLimit", terms.containsKey(SOFT), creates);
    if (terms.containsKey(VALUE)) {
      body.putArray("enumValues").add(term(VALUE));
    }
    String reset = term(RESET);
    if (!reset.isEmpty()) {
      body.put("resetPeriod", reset);
      String config =
          switch (reset) {
            case "WEEK" -> "weekly";
            case "MONTH" -> "monthly";
            case "YEAR" -> "yearly";
            default -> "";
          };
      if (!config.isEmpty()) {
        body.putObject(config + "ResetPeriodConfiguration").put("accordingTo", SUBSCRIPTION_START);
      }
    }
    return body;
  }

  /** What is not so need not be said of something new. */
  private static void flag(ObjectNode body, String name, boolean value, boolean creates) {
    if (value || !creates) {
      body.put(name, value);
    }
  }

  /** Whether a change can say it: a reset cannot be taken away, nor a feature become a credit. */
  boolean canBecome(Grant wanted) {
    return credit == wanted.credit()
        && (!terms.containsKey(RESET) || wanted.terms().containsKey(RESET))
        && !terms.containsKey("dependencyFeatureId");
  }

  /** The same with the looks of what is there. */
  Grant lookingLike(Grant other) {
    return new Grant(id, credit, terms, credit == other.credit ? other.looks() : looks);
  }

  private static void put(TreeMap<String, String> terms, String name, String value) {
    if (!value.isEmpty()) {
      terms.put(name, value);
    }
  }

  private static void flag(TreeMap<String, String> terms, String name, JsonNode value) {
    if (value.asBoolean(false)) {
      terms.put(name, "true");
    }
  }
}
