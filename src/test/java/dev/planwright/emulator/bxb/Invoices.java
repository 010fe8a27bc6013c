package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.CHARGE_FILTERS;
import static dev.planwright.emulator.bxb.BxbState.Kind.METRICS;
import static dev.planwright.emulator.bxb.BxbState.Kind.METRIC_FILTERS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** What the server's invoice code computes for a period: properties are taken as cents. */
final class Invoices {
  private final BxbState state;

  Invoices(BxbState state) {
    this.state = state;
  }

  static ObjectNode properties(Row row) {
    return row.body().path("properties") instanceof ObjectNode properties
        ? properties
        : BxbState.object();
  }

  /** Cents, not rounded. With filters, usage that matches none of them costs nothing. */
  BigDecimal charge(Row charge, Usage usage) {
    String model = charge.text("charge_model");
    List<Row> filters = state.of(CHARGE_FILTERS).where(f -> f.is("charge_id", charge.id()));
    if (filters.isEmpty()) {
      return amount(charge, model, properties(charge), usage);
    }
    BigDecimal total = BigDecimal.ZERO;
    for (Row filter : filters) {
      ObjectNode properties = properties(charge).deepCopy();
      properties.setAll(properties(filter));
      total = total.add(amount(charge, model, properties, matching(filter, usage)));
    }
    return total;
  }

  private BigDecimal amount(Row charge, String model, ObjectNode properties, Usage usage) {
    if (model.equals("dynamic")) {
      return usage instanceof Usage.Events events
          ? dynamic(properties, events.events())
          : BigDecimal.ZERO;
    }
    return ChargeModels.invoiced(model, properties, units(charge, usage));
  }

  private Usage matching(Row filter, Usage usage) {
    // The value is gone when the metric's filter was deleted under the charge: nothing matches.
    String value = filter.text("value");
    String key =
        state
            .of(METRIC_FILTERS)
            .find(filter.text("billable_metric_filter_id"))
            .map(f -> f.text("key"))
            .orElse("");
    return switch (usage) {
      case Usage.Quantities quantities ->
          new Usage.Quantities(
              quantities.slices().stream()
                  .filter(slice -> value.equals(slice.dimensions().get(key)))
                  .toList());
      case Usage.Events events ->
          new Usage.Events(
              events.events().stream().filter(event -> value.equals(event.get(key))).toList());
    };
  }

  private BigDecimal units(Row charge, Usage usage) {
    return switch (usage) {
      case Usage.Quantities quantities ->
          quantities.slices().stream()
              .map(Usage.Slice::quantity)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      case Usage.Events events ->
          state
              .of(METRICS)
              .find(charge.text("billable_metric_id"))
              .map(metric -> rounded(metric, aggregate(metric, events.events())))
              .orElse(BigDecimal.ZERO);
    };
  }

  private static BigDecimal aggregate(Row metric, List<Map<String, String>> events) {
    String field = metric.text("field_name");
    List<String> texts = events.stream().map(e -> e.get(field)).filter(v -> v != null).toList();
    return switch (metric.text("aggregation_type")) {
      case "count" -> BigDecimal.valueOf(events.size());
      case "unique_count" -> BigDecimal.valueOf(texts.stream().distinct().count());
      case "sum" -> texts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
      case "max" ->
          texts.stream().map(BigDecimal::new).reduce(BigDecimal::max).orElse(BigDecimal.ZERO);
      case "latest" -> texts.isEmpty() ? BigDecimal.ZERO : new BigDecimal(texts.getLast());
      default ->
          throw new IllegalArgumentException(
              "give units: events are not aggregated by " + metric.text("aggregation_type"));
    };
  }

  private static BigDecimal rounded(Row metric, BigDecimal units) {
    int precision = metric.body().path("rounding_precision").asInt(0);
    return switch (metric.text("rounding_function")) {
      case "round" -> units.setScale(precision, RoundingMode.HALF_UP);
      case "ceil" -> units.setScale(precision, RoundingMode.CEILING);
      case "floor" -> units.setScale(precision, RoundingMode.FLOOR);
      default -> units;
    };
  }

  private static BigDecimal dynamic(ObjectNode properties, List<Map<String, String>> events) {
    String price = properties.path("price_field").asText("unit_price");
    String quantity = properties.path("quantity_field").asText("quantity");
    return events.stream()
        .map(
            event ->
                new BigDecimal(event.getOrDefault(price, "0"))
                    .multiply(new BigDecimal(event.getOrDefault(quantity, "0"))))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
