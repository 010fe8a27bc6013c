package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.CHARGES;
import static dev.planwright.emulator.bxb.BxbState.Kind.CHARGE_FILTERS;
import static dev.planwright.emulator.bxb.BxbState.Kind.FEES;
import static dev.planwright.emulator.bxb.BxbState.Kind.METRICS;
import static dev.planwright.emulator.bxb.BxbState.Kind.METRIC_FILTERS;
import static dev.planwright.emulator.bxb.BxbState.Kind.ORGANIZATIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.bxb.Fields.Need;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Charges: written only as a whole set, with their properties unread. */
final class Charges {
  private static final List<String> MODELS =
      List.of(
          "standard",
          "graduated",
          "volume",
          "package",
          "percentage",
          "graduated_percentage",
          "custom",
          "dynamic");

  record Input(
      @Nullable String metric,
      @Nullable String model,
      ObjectNode properties,
      List<FilterInput> filters) {}

  record FilterInput(
      @Nullable String filter,
      List<String> values,
      ObjectNode properties,
      @Nullable String displayName) {}

  private final BxbState state;

  Charges(BxbState state) {
    this.state = state;
  }

  List<Row> of(String plan) {
    return state.of(CHARGES).where(charge -> charge.is("plan_id", plan));
  }

  List<Input> read(Fields body, Need need) {
    List<Input> inputs = new ArrayList<>();
    for (Fields charge : body.objects("charges", need)) {
      String metric = charge.uuid("billable_metric_id", Need.REQUIRED);
      String model = charge.choice("charge_model", Need.REQUIRED, MODELS);
      ObjectNode properties = charge.dictionary("properties");
      List<FilterInput> filters = new ArrayList<>();
      for (Fields filter : charge.objects("filters", Need.OPTIONAL)) {
        filters.add(
            new FilterInput(
                filter.uuid("billable_metric_filter_id", Need.REQUIRED),
                filter.texts("values"),
                filter.dictionary("properties"),
                filter.text("invoice_display_name", Need.NULLABLE, 0, 255)));
      }
      inputs.add(new Input(metric, model, properties, filters));
    }
    return inputs;
  }

  /** 400 for unknown ids and values. Neither organization nor metric of a filter is looked at. */
  void checkReferences(List<Input> inputs) {
    for (Input input : inputs) {
      if (state.of(METRICS).find(String.valueOf(input.metric())).isEmpty()) {
        throw Refusal.of(400, "Billable metric " + input.metric() + " not found");
      }
      for (FilterInput filter : input.filters()) {
        Row known =
            state
                .of(METRIC_FILTERS)
                .find(String.valueOf(filter.filter()))
                .orElseThrow(
                    () ->
                        Refusal.of(
                            400, "Billable metric filter " + filter.filter() + " not found"));
        for (String value : filter.values()) {
          if (!contains(known.body().path("values"), value)) {
            throw Refusal.of(
                400, "Value '" + value + "' is not allowed for filter '" + known.text("key") + "'");
          }
        }
      }
    }
  }

  /** Charges carry the default organization's id, whoever writes them: a foreign key. */
  void refuseWithoutDefaultOrganization(List<Input> inputs) {
    if (!inputs.isEmpty()
        && state.of(ORGANIZATIONS).find(BxbState.DEFAULT_ORGANIZATION).isEmpty()) {
      throw Refusal.crash();
    }
  }

  void refuseWithFees(String plan) {
    for (Row charge : of(plan)) {
      if (state.of(FEES).any(fee -> fee.is("charge_id", charge.id()))) {
        throw Refusal.crash();
      }
    }
  }

  void remove(String plan) {
    of(plan).forEach(charge -> removeOne(charge.id()));
  }

  void removeOne(String charge) {
    state.of(CHARGE_FILTERS).removeWhere(filter -> filter.is("charge_id", charge));
    state.of(CHARGES).remove(charge);
  }

  void insert(String plan, List<Input> inputs, String now) {
    inputs.forEach(input -> insertOne(plan, input, now));
  }

  Row insertOne(String plan, Input input, String now) {
    ObjectNode columns =
        BxbState.object()
            .put("plan_id", plan)
            .put("billable_metric_id", input.metric())
            .put("charge_model", input.model());
    columns.set("properties", throughDouble(input.properties()));
    Row charge = state.insert(CHARGES, BxbState.DEFAULT_ORGANIZATION, columns, now);
    for (FilterInput filter : input.filters()) {
      for (String value : filter.values()) {
        ObjectNode row =
            BxbState.object()
                .put("charge_id", charge.id())
                .put("billable_metric_filter_id", filter.filter())
                .put("value", value)
                .put("invoice_display_name", filter.displayName());
        row.set("properties", throughDouble(filter.properties()));
        state.insert(CHARGE_FILTERS, BxbState.DEFAULT_ORGANIZATION, row, now);
      }
    }
    return charge;
  }

  /** What the server keeps of free JSON: fractions pass through a binary double. */
  private static JsonNode throughDouble(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = BxbState.object();
      object.properties().forEach(e -> copy.set(e.getKey(), throughDouble(e.getValue())));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(element -> copy.add(throughDouble(element)));
      return copy;
    }
    // The loss is the server's, and the very thing that callers must not run into.
    return node.isBigDecimal()
        ? BxbState.object().numberNode(BigDecimal.valueOf(node.doubleValue()))
        : node;
  }

  private static boolean contains(JsonNode values, String wanted) {
    for (JsonNode value : values) {
      if (value.asText().equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
