package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns a body into the columns of an entitlement; what does not fit its kind is dropped. */
final class EntitlementInput {
  private static final List<String> VALUE_TYPES =
      List.of("boolean", "numeric", "trait", "credit", "unlimited", "unknown");
  private static final List<String> BEHAVIORS =
      List.of("pay_as_you_go", "pay_in_advance", "overage", "tier", "credit_burndown");
  private static final List<String> PERIODS =
      List.of("all_time", "current_day", "current_week", "current_month");
  private static final List<String> RESETS = List.of("first_of_month", "billing_cycle");
  private static final List<String> TEXT_COLUMNS =
      List.of(
          "plan_id",
          "plan_version_id",
          "feature_id",
          "billing_product_id",
          "overage_billing_product_id");

  private final Store store;
  private final UsagePrices prices;

  EntitlementInput(Store store, UsagePrices prices) {
    this.store = store;
    this.prices = prices;
  }

  /**
   * The columns that a body asks for.
   *
   * @param before the row that is changed; empty for a new one
   * @param planCurrency what a price without a currency is in
   */
  ObjectNode columns(
      Fields sent, ObjectNode feature, Optional<ObjectNode> before, String planCurrency) {
    Fields body = merged(sent, before);
    TEXT_COLUMNS.forEach(body::has);
    String valueType = body.needChoice("value_type", VALUE_TYPES);
    Optional<String> behavior = body.choice("price_behavior", BEHAVIORS);
    behavior.ifPresent(it -> refuseUnfit(it, Store.text(feature, "feature_type")));
    ObjectNode columns = Store.object();
    columns.set("_req", body.raw());
    value(columns, body, behavior, valueType);
    behavior.ifPresent(it -> columns.put("price_behavior", it));
    put(columns, "soft_limit", body.integer("soft_limit", 0, Long.MAX_VALUE));
    put(columns, "usage_quantity", body.integer("usage_quantity", 0, Long.MAX_VALUE));
    put(columns, "billing_threshold", body.integer("billing_threshold", 50, 9_999_999_999_999L));
    body.choice("metric_period", PERIODS).ifPresent(it -> columns.put("metric_period", it));
    body.choice("metric_period_month_reset", RESETS)
        .ifPresent(it -> columns.put("metric_period_month_reset", it));
    if (body.has("credit_consumption_rate")) {
      columns.set("consumption_rate", body.raw().get("credit_consumption_rate"));
    }
    warnings(columns, body);
    prices.addTo(columns, body, feature, behavior, before, planCurrency);
    body.end(store);
    return columns;
  }

  private Fields merged(Fields sent, Optional<ObjectNode> before) {
    if (before.isEmpty() || store.holds(Question.AbsentEntitlementField.CLEARED)) {
      return new Fields(sent.raw());
    }
    ObjectNode merged = before.get().withObject("/_req").deepCopy();
    sent.raw()
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()) {
                merged.set(field.getKey(), field.getValue());
              }
            });
    return new Fields(merged);
  }

  private static void refuseUnfit(String behavior, String featureType) {
    boolean fits =
        switch (featureType) {
          case "event" -> true;
          case "trait" -> !behavior.equals("credit_burndown");
          case "license" -> behavior.equals("pay_in_advance");
          default -> false;
        };
    if (!fits) {
      throw Refusal.invalid(
          "price_behavior " + behavior + " is not supported for " + featureType + " features");
    }
  }

  private static void value(
      ObjectNode columns, Fields body, Optional<String> behavior, String valueType) {
    Optional<Boolean> bool = body.bool("value_bool");
    OptionalLong number = body.integer("value_numeric", 0, Long.MAX_VALUE);
    Optional<String> trait = body.text("value_trait_id", 255);
    Optional<String> credit = body.text("value_credit_id", 255);
    String type = behavior.map(it -> derived(it, number)).orElse(valueType);
    columns.put("value_type", type);
    switch (type) {
      case "boolean" -> columns.put("value_bool", bool.orElse(false));
      case "numeric" ->
          columns.put(
              "value_numeric",
              number.orElseThrow(() -> Refusal.invalid("value_numeric is required")));
      case "trait" -> {
        if (behavior.isEmpty() && trait.isEmpty()) {
          throw Refusal.invalid("value_trait_id is required");
        }
        trait.ifPresent(it -> columns.put("value_trait_id", it));
      }
      case "credit" ->
          columns.put(
              "_credit", credit.orElseThrow(() -> Refusal.invalid("value_credit_id is required")));
      default -> {
        // unlimited and unknown hold no value
      }
    }
  }

  /** With a price behaviour, the vendor decides on the type of value. */
  private static String derived(String behavior, OptionalLong number) {
    return switch (behavior) {
      case "pay_in_advance" -> "trait";
      case "credit_burndown" -> "credit";
      default -> number.orElse(0) > 0 ? "numeric" : "unlimited";
    };
  }

  private void warnings(ObjectNode columns, Fields body) {
    var warnings = columns.putArray("warning_tiers");
    for (Fields tier : body.objects("warning_tiers", 1)) {
      String key = tier.need("key", 255);
      long value =
          tier.integer("value", 1, 9_999_999_999_999L)
              .orElseThrow(() -> Refusal.invalid("value is required"));
      warnings.addObject().put("id", "wtr_" + key).put("key", key).put("value", value);
    }
  }

  private static void put(ObjectNode columns, String column, OptionalLong value) {
    value.ifPresent(it -> columns.put(column, it));
  }
}
