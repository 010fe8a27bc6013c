package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a price may be, over all its fields. */
final class PriceRules {
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");

  private final Store store;

  PriceRules(Store store) {
    this.store = store;
  }

  List<String> models() {
    return store.doubts(PaygenticDoubt.LEGACY_MODELS_ARE_TAKEN)
        ? List.of("standard", "dynamic", "volume", "percentage")
        : List.of("standard");
  }

  /** An amount as it is kept. */
  String spelled(String amount) {
    return store.doubts(PaygenticDoubt.AMOUNTS_ARE_RESPELLED)
        ? new BigDecimal(amount).stripTrailingZeros().toPlainString()
        : amount;
  }

  /**
   * Adds what is wrong with a price to the body's errors.
   *
   * @param price the price as it would be
   * @param given the fields that the body has
   */
  void check(Input body, ObjectNode price, ObjectNode given) {
    boolean fee = price.path("feeId").isTextual();
    boolean metric = price.path("billableMetricId").isTextual();
    if (fee == metric && !body.has("feeId") && !body.has("billableMetricId")) {
      body.wrong("billableMetricId", "Exactly one of billableMetricId and feeId is required");
    } else if (fee && metric) {
      body.wrong("feeId", "Exactly one of billableMetricId and feeId is required");
    }
    if (metric && !price.path("model").isTextual() && !body.has("model")) {
      body.wrong("model", "Required with a billable metric");
    }
    cadence(body, price, fee);
    if (metric && price.path("quantity").asInt(1) != 1) {
      body.wrong("quantity", "Only for fee prices");
    }
    if (fee && price.path("grantDiscountEnabled").asBoolean()) {
      body.wrong("grantDiscountEnabled", "Only for metered prices");
    }
    if (given.has("properties")) {
      properties(body, price);
    }
    negative(body, price, fee);
  }

  private void cadence(Input body, ObjectNode price, boolean fee) {
    String cadence = price.path("billingCadence").asText("");
    List<String> allowed =
        !fee
            ? List.of("", "null", "P1M", "P3M", "P1Y")
            : store.doubts(PaygenticDoubt.NO_QUARTERLY_FEE)
                ? List.of("P0D", "P1M", "P1Y")
                : List.of("P0D", "P1M", "P3M", "P1Y");
    if (!allowed.contains(cadence)) {
      body.wrong("billingCadence", fee ? "Required for fees: one of " + allowed : "Not a cadence");
    }
  }

  private void properties(Input body, ObjectNode price) {
    JsonNode unitPrice = price.path("properties").path("unitPrice");
    boolean legacy =
        store.doubts(PaygenticDoubt.LEGACY_MODELS_ARE_TAKEN)
            && !price.path("model").asText("standard").equals("standard");
    if (!legacy && !price.path("model").asText("standard").equals("standard")) {
      body.wrong("model", "Only standard can be written");
    } else if (!legacy
        && (!unitPrice.isTextual() || !DECIMAL.matcher(unitPrice.textValue()).matches())) {
      body.wrong("properties.unitPrice", "Expected a decimal string");
    }
  }

  private static void negative(Input body, ObjectNode price, boolean fee) {
    if (!price.path("properties").path("unitPrice").asText("").startsWith("-")) {
      return;
    }
    JsonNode feature =
        price.has("feature") ? price.path("feature") : price.path("features").path(0);
    boolean hardLimit =
        feature.path("entitlementTemplate").path("type").asText("").equals("metered")
            && !feature.path("entitlementTemplate").path("isSoftLimit").asBoolean();
    if (fee) {
      body.wrong("properties.unitPrice", "Only a metered price can be negative");
    } else if (hardLimit
        || price.path("grantDiscountEnabled").asBoolean()
        || price.path("pricingUnitId").isTextual()) {
      body.wrong(
          "properties.unitPrice",
          "A rebate takes no hard limit, no grants discount and no pricing unit");
    }
  }

  /** A feature as a price carries it: refused unless it is there and the template fits. */
  ObjectNode carried(Call call, ObjectNode wanted) {
    String id = wanted.path("featureId").asText("");
    if (!id.matches(Kind.FEATURES.idPattern())) {
      throw Refusal.invalid("feature.featureId", "Required");
    }
    Row feature = call.visible(Kind.FEATURES, id, 404);
    JsonNode template = wanted.path("entitlementTemplate");
    if (!template.isObject()) {
      throw Refusal.invalid("feature.entitlementTemplate", "Required");
    }
    String type = template.path("type").asText("");
    if (!List.of("boolean", "static", "metered").contains(type)) {
      throw Refusal.invalid("feature.entitlementTemplate.type", "Expected a type of feature");
    }
    if (!type.equals(feature.text("type")) && !store.doubts(PaygenticDoubt.TEMPLATE_OF_ANY_TYPE)) {
      throw Refusal.invalid(
          "feature.entitlementTemplate.type", "The feature is " + feature.text("type"));
    }
    if (type.equals("static") && !template.path("config").isObject()) {
      throw Refusal.invalid("feature.entitlementTemplate.config", "Required");
    }
    if (type.equals("metered") && !template.path("usagePeriod").path("interval").isTextual()) {
      throw Refusal.invalid("feature.entitlementTemplate.usagePeriod.interval", "Required");
    }
    ObjectNode one =
        Store.object().put("id", "pf" + id.substring(id.indexOf('_')).toLowerCase(Locale.ROOT));
    one.put("featureId", id).set("entitlementTemplate", template.deepCopy());
    return one;
  }
}
