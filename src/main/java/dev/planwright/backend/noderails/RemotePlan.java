package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.BackendException;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A plan as NodeRails has it. Texts are {@code ""} for null; prices are sorted by id, since their
 * order there is undefined.
 *
 * @param taxRateId {@code ""} for none
 * @param metadata every key with its value, others' too
 * @param app whom it is sold by; only a read by id tells
 */
record RemotePlan(
    String id,
    String appId,
    String name,
    String description,
    String imageUrl,
    String planType,
    String taxRateId,
    boolean active,
    Map<String, JsonNode> metadata,
    List<Price> prices,
    Optional<App> app) {

  RemotePlan {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    prices = prices.stream().sorted(Comparator.comparing(Price::id)).toList();
  }

  /** An app. {@code environment} is TEST or PRODUCTION. */
  record App(String id, String name, String environment) {}

  /**
   * A price.
   *
   * @param mark ours or another's; empty for a price that nobody marked
   */
  record Price(
      String id,
      Terms terms,
      String nickname,
      long sortOrder,
      boolean isDefault,
      boolean active,
      Optional<PriceMark> mark) {
    int revision() {
      return mark.map(PriceMark::revision).orElse(1);
    }

    private String content() {
      return String.join(
          "|",
          id,
          terms.toString(),
          terms.interval(),
          nickname,
          Long.toString(sortOrder),
          Boolean.toString(isDefault),
          Boolean.toString(active),
          mark.toString());
    }
  }

  Optional<PlanMark> mark() {
    return PlanMark.in(metadataNode());
  }

  /** A copy, to be changed. */
  ObjectNode metadataNode() {
    ObjectNode node = NodeRailsCalls.object();
    metadata.forEach((key, value) -> node.set(key, value.deepCopy()));
    return node;
  }

  Optional<Price> price(String priceId) {
    return prices.stream().filter(it -> it.id().equals(priceId)).findFirst();
  }

  /** Everything a pending step could depend on; no counts, no times. */
  String fingerprint() {
    StringBuilder all = new StringBuilder();
    for (String part :
        List.of(
            id,
            appId,
            name,
            description,
            imageUrl,
            planType,
            taxRateId,
            Boolean.toString(active),
            metadataNode().toString())) {
      all.append(part.length()).append(':').append(part).append('\n');
    }
    prices.forEach(it -> all.append(it.content().length()).append(':').append(it.content()));
    return Hash.of(all.toString(), 32);
  }

  /** A plan out of an answer. */
  static RemotePlan parse(JsonNode node) {
    Map<String, JsonNode> metadata = new TreeMap<>();
    node.path("metadata").properties().forEach(it -> metadata.put(it.getKey(), it.getValue()));
    List<Price> prices = new ArrayList<>();
    JsonNode given = node.path("prices");
    if (!given.isArray()) {
      throw nonsense("prices", "a list");
    }
    given.forEach(it -> prices.add(price(it)));
    return new RemotePlan(
        text(node, "id"),
        text(node, "appId"),
        text(node, "name"),
        node.path("description").asText(""),
        node.path("imageUrl").asText(""),
        text(node, "planType"),
        node.path("taxRateId").asText(""),
        flag(node, "isActive"),
        metadata,
        prices,
        app(node.path("app")));
  }

  private static Optional<App> app(JsonNode node) {
    return node.isObject()
        ? Optional.of(
            new App(
                text(node, "id"),
                node.path("name").asText(""),
                node.path("environment").asText("")))
        : Optional.empty();
  }

  private static Price price(JsonNode node) {
    return new Price(
        text(node, "id"),
        new Terms(
            decimal(node, "amount"),
            text(node, "currency"),
            interval(node),
            node.path("trialPeriodDays").asInt(0)),
        node.path("nickname").asText(""),
        node.path("sortOrder").asLong(0),
        node.path("isDefault").asBoolean(false),
        flag(node, "isActive"),
        PriceMark.in(node.path("metadata")));
  }

  /** In one spelling; a unit that no manifest knows stays as it is. */
  private static String interval(JsonNode node) {
    String unit = node.path("billingInterval").asText("");
    int count = node.path("billingIntervalCount").asInt(1);
    if (unit.isEmpty()) {
      return "";
    }
    for (Interval.Unit known : Interval.Unit.values()) {
      if (known.name().equals(unit.toUpperCase(Locale.ROOT)) && count > 0) {
        return Terms.interval(Optional.of(Interval.of(known, count)));
      }
    }
    return unit + " " + count;
  }

  /**
   * A text that an answer must hold.
   *
   * @throws BackendException when it does not: such an answer is believed in nothing
   */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw nonsense(field, "a text");
    }
    return value.textValue();
  }

  static boolean flag(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isBoolean()) {
      throw nonsense(field, "true or false");
    }
    return value.booleanValue();
  }

  /** A decimal, a text as documented or a number; {@code 29.9} and {@code 29.90} are one. */
  static BigDecimal decimal(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isNumber()) {
      return value.decimalValue();
    }
    if (!value.isTextual() || !value.textValue().matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
      throw nonsense(field, "a decimal");
    }
    return new BigDecimal(value.textValue());
  }

  private static BackendException nonsense(String field, String wanted) {
    return new BackendException(
        BackendException.Kind.NONSENSE,
        "NodeRails answered an object whose \"" + field + "\" is not " + wanted);
  }

  /** An amount as people write it. */
  static String shown(BigDecimal amount) {
    return Decimals.canonical(amount);
  }
}
