package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A price as Paygentic shows it.
 *
 * @param metricId {@code ""} on the price of a fee
 * @param feeId {@code ""} on the price of a metric
 * @param cadence ISO duration, {@code ""} for the plan's, {@code P0D} for once
 * @param unitPrice major units; empty on a price of a legacy model
 * @param properties all of them in one spelling, for what is no plain unit price
 * @param name on invoices
 * @param unit pricing unit that it is charged in, {@code ""} for the plan's currency
 * @param features entitlement template in one spelling, by feature id
 */
record RemotePrice(
    String id,
    String metricId,
    String feeId,
    String model,
    String cadence,
    String term,
    Optional<BigDecimal> unitPrice,
    String properties,
    BigDecimal quantity,
    String name,
    String unit,
    boolean discounted,
    SortedMap<String, String> features,
    Instant created) {
  static final String ONCE = "P0D";
  static final String STANDARD = "standard";

  static RemotePrice parse(JsonNode node) {
    SortedMap<String, String> features = new TreeMap<>();
    for (JsonNode carried : node.path("features")) {
      features.put(
          Wire.text(carried, "featureId"), Template.spelled(carried.path("entitlementTemplate")));
    }
    JsonNode properties = node.path("properties");
    String model = Wire.text(node, "model");
    return new RemotePrice(
        Wire.required(node, "id"),
        Wire.text(node, "billableMetricId"),
        Wire.text(node, "feeId"),
        model.isEmpty() ? STANDARD : model,
        Wire.text(node, "billingCadence"),
        Wire.text(node, "paymentTerm"),
        Wire.decimal(properties.path("unitPrice")),
        Template.spelled(properties),
        Wire.decimal(node.path("quantity")).orElse(BigDecimal.ONE),
        Wire.text(node, "invoiceDisplayName"),
        Wire.text(node, "pricingUnitId"),
        node.path("grantDiscountEnabled").asBoolean(false),
        features,
        Wire.time(node, "createdAt"));
  }

  boolean isOfFee() {
    return !feeId.isEmpty();
  }

  boolean isOnce() {
    return cadence.equals(ONCE);
  }

  /** How often it is due in a plan of that cadence. */
  String cadenceIn(String planCadence) {
    return cadence.isEmpty() ? planCadence : cadence;
  }

  /** All that decides what somebody pays, in one spelling; which fee it is of does not. */
  String billed(String planCadence) {
    boolean plain = model.equals(STANDARD) && unitPrice.isPresent();
    return String.join(
        " ",
        metricId.isEmpty() ? "fee" : metricId,
        cadenceIn(planCadence),
        term,
        plain ? Decimals.canonical(unitPrice.orElseThrow()) : model + properties,
        Decimals.canonical(quantity),
        unit.isEmpty() ? "-" : unit,
        discounted ? "discounted" : "-");
  }

  /** All that there is of it but ids: equal prices can take each other's place. */
  String content(String planCadence) {
    return billed(planCadence) + " " + features + " " + name;
  }
}
