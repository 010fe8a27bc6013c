package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.SchematicPlan.priceKey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.schematic.SchematicPlan.Row;
import dev.planwright.backend.schematic.SchematicPlan.Version;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns answers into records; unknown fields and words are left alone. */
final class PlanParser {
  private PlanParser() {}

  /** The plan itself, with the versions already parsed. */
  static SchematicPlan plan(JsonNode node, Optional<Version> active, Optional<Version> draft) {
    JsonNode link = node.path("billing_linked_resource");
    String controller = Json.text(node, "controlled_by");
    String originator = Json.text(link, "originator");
    long subscriptions =
        Json.number(node.path("billing_product"), "subscription_count")
            .map(BigDecimal::longValue)
            .orElse(0L);
    long companies = Json.number(node, "company_count").map(BigDecimal::longValue).orElse(0L);
    return new SchematicPlan(
        Json.need(node, "id"),
        Json.text(node, "plan_type"),
        Json.text(node, "name"),
        Json.text(node, "description"),
        isOther(controller) ? controller : isOther(originator) ? originator : "schematic",
        Json.text(node, "company_id"),
        Json.time(node, "created_at"),
        active,
        draft,
        Math.max(subscriptions, companies));
  }

  private static boolean isOther(String system) {
    return !system.isEmpty() && !system.equals("schematic");
  }

  /**
   * A version.
   *
   * @param head the version itself
   * @param plan the plan as it shows this version's billing
   * @param rows its entitlements
   */
  static Version version(JsonNode head, JsonNode plan, Iterable<JsonNode> rows) {
    Map<String, Map<Cadence, BigDecimal>> prices = new TreeMap<>();
    Map<String, String> ids = new HashMap<>();
    String currency = "";
    for (Cadence cadence : Cadence.values()) {
      JsonNode price = plan.path(cadence.word() + "_price");
      if (price.isObject()) {
        currency = currency(price);
        base(prices, ids, currency, cadence, price);
      }
    }
    for (JsonNode row : plan.path("currency_prices")) {
      for (Cadence cadence : Cadence.values()) {
        JsonNode price = row.path(cadence.word() + "_price");
        if (price.isObject()) {
          base(prices, ids, currency(row), cadence, price);
        }
      }
    }
    List<Row> entitlements = new ArrayList<>();
    rows.forEach(row -> entitlements.add(row(row)));
    long days =
        plan.path("is_trialable").asBoolean(false)
            ? Json.number(plan, "trial_days").map(BigDecimal::longValue).orElse(0L)
            : 0;
    return new Version(
        Json.need(head, "id"),
        Json.number(head, "version").map(BigDecimal::longValue).orElse(0L),
        Json.time(head, "created_at"),
        Json.text(head, "name"),
        Json.text(head, "description"),
        new Base(Json.text(plan, "charge_type"), Json.text(plan, "billing_strategy"), days, prices),
        ids,
        currency,
        entitlements,
        plan.path("included_credit_grants").size());
  }

  private static void base(
      Map<String, Map<Cadence, BigDecimal>> prices,
      Map<String, String> ids,
      String currency,
      Cadence cadence,
      JsonNode price) {
    BigDecimal amount = amount(price, "price_decimal", "price");
    BigDecimal before =
        prices.computeIfAbsent(currency, it -> new TreeMap<>()).putIfAbsent(cadence, amount);
    if (before != null && before.compareTo(amount) != 0) {
      throw SchematicReader.nonsense(
          "plans.get",
          "shows two prices for " + priceKey(currency, cadence) + ": " + before + " and " + amount);
    }
    ids.putIfAbsent(priceKey(currency, cadence), Json.text(price, "id"));
  }

  /** The decimal where there is one: the whole number beside it may have been rounded. */
  private static BigDecimal amount(JsonNode price, String decimal, String whole) {
    return Json.number(price, decimal).or(() -> Json.number(price, whole)).orElse(BigDecimal.ZERO);
  }

  private static String currency(JsonNode node) {
    return Json.need(node, "currency").toUpperCase(Locale.ROOT);
  }

  static Row row(JsonNode node) {
    String behavior = Json.text(node, "price_behavior");
    String type = Json.text(node, "value_type");
    Map<String, Map<Cadence, Rate>> prices = new TreeMap<>();
    Map<String, String> ids = new HashMap<>();
    for (Cadence cadence : Cadence.values()) {
      rate(prices, ids, cadence, node.path("metered_" + cadence.word() + "_price"));
      for (JsonNode row : node.path("currency_prices")) {
        rate(prices, ids, cadence, row.path(cadence.word() + "_price"));
      }
    }
    boolean on = node.path("value_bool").asBoolean(false);
    Grant grant =
        new Grant(
            type,
            type.equals("boolean") ? Optional.of(on) : Optional.empty(),
            type.equals("numeric") ? Json.number(node, "value_numeric") : Optional.empty(),
            Json.number(node, "soft_limit"),
            Json.text(node, "metric_period"),
            Json.text(node, "metric_period_month_reset"),
            behavior,
            prices);
    return new Row(
        Json.need(node, "id"), Json.need(node, "feature_id"), grant, unmanaged(node), ids);
  }

  private static List<String> unmanaged(JsonNode node) {
    List<String> unmanaged = new ArrayList<>();
    for (String field :
        List.of("billing_threshold", "usage_quantity", "consumption_rate", "value_trait_id")) {
      if (node.hasNonNull(field)) {
        unmanaged.add(field + " " + node.path(field).asText(""));
      }
    }
    node.path("warning_tiers")
        .forEach(it -> unmanaged.add("warning tier " + it.path("value").asText("")));
    return unmanaged;
  }

  private static void rate(
      Map<String, Map<Cadence, Rate>> prices,
      Map<String, String> ids,
      Cadence cadence,
      JsonNode price) {
    if (!price.isObject()) {
      return;
    }
    String currency = currency(price);
    prices.computeIfAbsent(currency, it -> new TreeMap<>()).putIfAbsent(cadence, rate(price));
    ids.putIfAbsent(priceKey(currency, cadence), Json.text(price, "id"));
  }

  private static Rate rate(JsonNode price) {
    if (!Json.text(price, "billing_scheme").equals("tiered")) {
      return Rate.of(amount(price, "price_decimal", "price"));
    }
    List<Rate.Slice> slices = new ArrayList<>();
    for (JsonNode tier : price.path("price_tier")) {
      slices.add(
          new Rate.Slice(
              Json.number(tier, "up_to"),
              amount(tier, "per_unit_price_decimal", "per_unit_price"),
              Json.number(tier, "flat_amount").orElse(BigDecimal.ZERO)));
    }
    String mode = Json.text(price, "tiers_mode");
    return new Rate(mode.isEmpty() ? "unknown" : mode, slices);
  }
}
