package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prices in money, computed from what is stored. */
final class Bills {
  private final Store store;
  private final Versions versions;

  Bills(Store store, Versions versions) {
    this.store = store;
    this.versions = versions;
  }

  /** The first period of somebody who subscribes now. */
  PaygenticBill beginner(Row plan, Map<String, BigDecimal> usage) {
    List<PaygenticBill.Line> lines = new ArrayList<>();
    for (Row price : versions.prices(versions.defaultOf(plan))) {
      lines.add(line(plan, plan.text("billingCadence"), price.body(), byId(plan, usage)));
    }
    return bill(plan, lines);
  }

  /** The current period of somebody who subscribes already. */
  PaygenticBill current(Row subscription, Map<String, BigDecimal> usage) {
    Row plan = store.row(Kind.PLANS, subscription.text("planId"));
    boolean later = store.doubts(PaygenticDoubt.ONE_TIME_PRICE_REACHES_EVERYBODY);
    Set<String> begun = new HashSet<>(subscription.texts("_begun"));
    List<PaygenticBill.Line> lines = new ArrayList<>();
    for (JsonNode price : subscription.body().path("_period")) {
      boolean due =
          !price.path("billingCadence").asText("").equals("P0D")
              || subscription.body().path("_first").asBoolean()
              || (later && !begun.contains(price.path("id").asText()));
      if (due) {
        lines.add(line(plan, subscription.text("_cadence"), price, byId(plan, usage)));
      }
    }
    return bill(plan, lines);
  }

  private static PaygenticBill bill(Row plan, List<PaygenticBill.Line> lines) {
    return new PaygenticBill(
        plan.text("currency"),
        plan.body().path("defaultTaxRate").decimalValue(),
        plan.is("taxBehavior", "inclusive"),
        lines);
  }

  private PaygenticBill.Line line(
      Row plan, String planCadence, JsonNode price, Map<String, BigDecimal> usage) {
    String id = price.path("id").asText();
    String own = price.path("billingCadence").asText("");
    // A change of the term replaces even the items of the current period.
    String term =
        store.find(Kind.PRICES, id).map(row -> row.text("paymentTerm")).orElse("in_arrears");
    return new PaygenticBill.Line(
        id,
        price.path("invoiceDisplayName").asText(),
        own.isEmpty() ? planCadence : own,
        term,
        price.path("pricingUnitId").asText(plan.text("currency")),
        amount(price, usage));
  }

  private static BigDecimal amount(JsonNode price, Map<String, BigDecimal> usage) {
    JsonNode properties = price.path("properties");
    BigDecimal quantity =
        price.path("feeId").isTextual()
            ? price.path("quantity").decimalValue()
            : usage.getOrDefault(price.path("billableMetricId").asText(), BigDecimal.ZERO);
    return switch (price.path("model").asText("standard")) {
      case "standard" -> decimal(properties, "unitPrice").multiply(quantity);
      case "percentage" ->
          decimal(properties, "percentage")
              .multiply(quantity)
              .max(decimal(properties, "minCharge"))
              .min(decimal(properties, "maxCharge"));
      default -> throw new IllegalStateException("nobody says how this is priced: " + price);
    };
  }

  private static BigDecimal decimal(JsonNode properties, String name) {
    return new BigDecimal(properties.path(name).asText());
  }

  /** Usage by metric id; it may be given by the metric's name as well. */
  private Map<String, BigDecimal> byId(Row plan, Map<String, BigDecimal> usage) {
    Map<String, BigDecimal> byId = new HashMap<>();
    usage.forEach(
        (metric, used) -> {
          List<Row> found =
              store.where(
                  Kind.METRICS,
                  row ->
                      row.merchant().equals(plan.merchant())
                          && (row.id().equals(metric) || row.is("name", metric)));
          if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " metrics are called " + metric);
          }
          byId.put(found.getFirst().id(), used);
        });
    return byId;
  }
}
