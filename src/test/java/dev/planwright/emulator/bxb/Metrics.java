package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.CHARGES;
import static dev.planwright.emulator.bxb.BxbState.Kind.CHARGE_FILTERS;
import static dev.planwright.emulator.bxb.BxbState.Kind.METRICS;
import static dev.planwright.emulator.bxb.BxbState.Kind.METRIC_FILTERS;
import static dev.planwright.emulator.bxb.BxbState.Kind.PLANS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.bxb.Fields.Need;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Billable metrics and their filters. */
final class Metrics {
  private static final String MISSING = "Billable metric not found";
  private static final List<String> AGGREGATIONS =
      List.of("count", "sum", "max", "unique_count", "weighted_sum", "latest", "custom");
  private static final List<String> NEED_FIELD =
      List.of("sum", "max", "unique_count", "weighted_sum", "latest");

  private final BxbState state;

  Metrics(BxbState state) {
    this.state = state;
  }

  void addTo(Router router) {
    router.add("POST", "/v1/billable_metrics/", this::create);
    router.add("GET", "/v1/billable_metrics/", this::list);
    router.add("GET", "/v1/billable_metrics/plan_counts", this::planCounts);
    router.add("GET", "/v1/billable_metrics/{metric_id}/plans", this::plans);
    router.add("GET", "/v1/billable_metrics/{metric_id}", this::get);
    router.add("PUT", "/v1/billable_metrics/{metric_id}", this::update);
    router.add("DELETE", "/v1/billable_metrics/{metric_id}", this::delete);
    router.add("POST", "/v1/billable_metrics/{code}/filters", this::createFilter);
    router.add("GET", "/v1/billable_metrics/{code}/filters", this::filters);
    router.add("DELETE", "/v1/billable_metrics/{code}/filters/{filter_id}", this::deleteFilter);
  }

  private Row find(Call call) {
    return state.mine(METRICS, call.uuid("metric_id"), call.organization(), MISSING);
  }

  private Row byCode(Call call) {
    return state.byCode(METRICS, call.path("code"), call.organization(), MISSING);
  }

  private EmulatorResponse create(Call call) {
    Fields body = call.body();
    ObjectNode columns = BxbState.object();
    columns.put("code", body.text("code", Need.REQUIRED, 1, 255));
    columns.put("name", body.text("name", Need.REQUIRED, 1, 255));
    columns.put("description", body.text("description", Need.NULLABLE, 0, Integer.MAX_VALUE));
    String aggregation = body.choice("aggregation_type", Need.REQUIRED, AGGREGATIONS);
    columns.put("aggregation_type", aggregation);
    readChangeable(body, columns, Need.OPTIONAL);
    body.check();
    crossCheck(body, columns, String.valueOf(aggregation));
    state.claimCode(
        METRICS,
        columns.path("code").asText(),
        call.organization(),
        "Billable metric with this code already exists");
    return EmulatorResponse.json(201, state.insert(METRICS, call.organization(), columns).body());
  }

  private static void readChangeable(Fields body, ObjectNode columns, Need recurring) {
    columns.put("field_name", body.text("field_name", Need.NULLABLE, 0, 255));
    Boolean repeated = body.bool("recurring", recurring);
    columns.put("recurring", repeated != null && repeated);
    columns.put(
        "rounding_function",
        body.choice("rounding_function", Need.NULLABLE, List.of("round", "ceil", "floor")));
    BigInteger precision = body.integer("rounding_precision", Need.NULLABLE, 0, 15);
    columns.put("rounding_precision", precision);
    columns.put("expression", body.text("expression", Need.NULLABLE, 0, Integer.MAX_VALUE));
  }

  private static void crossCheck(Fields body, ObjectNode columns, String aggregation) {
    if (NEED_FIELD.contains(aggregation) && columns.path("field_name").asText("").isEmpty()) {
      body.refuseWhole("field_name is required for aggregation_type '" + aggregation + "'");
    }
    if (aggregation.equals("custom") && columns.path("expression").asText("").isEmpty()) {
      body.refuseWhole("expression is required for aggregation_type 'custom'");
    }
    boolean mayRecur = List.of("count", "max", "latest").contains(aggregation);
    if (columns.path("recurring").asBoolean() && !mayRecur) {
      body.refuseWhole("recurring is not supported for aggregation_type '" + aggregation + "'");
    }
    if (!columns.path("rounding_precision").isNull()
        && columns.path("rounding_function").isNull()) {
      body.refuseWhole("rounding_function is required when rounding_precision is set");
    }
  }

  private EmulatorResponse list(Call call) {
    return Lists.page(call, state, state.owned(METRICS, call.organization()), Row::body);
  }

  private EmulatorResponse get(Call call) {
    return EmulatorResponse.json(200, find(call).body());
  }

  private EmulatorResponse update(Call call) {
    Row metric = find(call);
    Fields body = call.body();
    ObjectNode columns = BxbState.object();
    columns.put("name", body.text("name", Need.NULLABLE, 1, 255));
    columns.put("description", body.text("description", Need.NULLABLE, 0, Integer.MAX_VALUE));
    readChangeable(body, columns, Need.NULLABLE);
    body.check();
    if (body.isNull("name") || body.isNull("recurring")) {
      throw Refusal.crash();
    }
    ObjectNode changes = BxbState.object();
    columns
        .properties()
        .forEach(
            column -> {
              if (body.has(column.getKey())) {
                changes.set(column.getKey(), column.getValue());
              }
            });
    return EmulatorResponse.json(200, state.update(METRICS, metric, changes).body());
  }

  private EmulatorResponse delete(Call call) {
    Row metric = find(call);
    if (state.of(CHARGES).any(charge -> charge.is("billable_metric_id", metric.id()))) {
      throw Refusal.crash();
    }
    for (Row filter :
        state.of(METRIC_FILTERS).where(f -> f.is("billable_metric_id", metric.id()))) {
      removeFilter(filter);
    }
    state.of(METRICS).remove(metric.id());
    return Routes.noContent();
  }

  private EmulatorResponse createFilter(Call call) {
    Fields body = call.body();
    String key = body.text("key", Need.REQUIRED, 1, 255);
    ArrayNode values = body.list("values", Need.OPTIONAL);
    body.check();
    Row metric = byCode(call);
    boolean repeated =
        state
            .of(METRIC_FILTERS)
            .any(f -> f.is("billable_metric_id", metric.id()) && f.is("key", String.valueOf(key)));
    if (repeated) {
      throw Refusal.crash();
    }
    ObjectNode columns = BxbState.object().put("billable_metric_id", metric.id()).put("key", key);
    columns.set("values", values);
    Row filter = state.insert(METRIC_FILTERS, call.organization(), columns);
    return EmulatorResponse.json(201, filter.body());
  }

  private EmulatorResponse filters(Call call) {
    Row metric = byCode(call);
    return Lists.all(
        state.of(METRIC_FILTERS).where(f -> f.is("billable_metric_id", metric.id())), Row::body);
  }

  private EmulatorResponse deleteFilter(Call call) {
    String id = call.uuid("filter_id");
    Row metric = byCode(call);
    Row filter =
        state
            .of(METRIC_FILTERS)
            .find(id)
            .filter(f -> f.is("billable_metric_id", metric.id()))
            .orElseThrow(() -> Refusal.of(404, "Filter not found"));
    removeFilter(filter);
    return Routes.noContent();
  }

  /** The charge filters stay behind, without the value that they matched. */
  private void removeFilter(Row filter) {
    for (Row used :
        state.of(CHARGE_FILTERS).where(f -> f.is("billable_metric_filter_id", filter.id()))) {
      state.of(CHARGE_FILTERS).put(used.with("value", BxbState.object().nullNode()));
    }
    state.of(METRIC_FILTERS).remove(filter.id());
  }

  /** Wrong outside the default organization: charges carry its id, whoever wrote them. */
  private List<Row> visibleCharges(Call call) {
    return state.owned(CHARGES, call.organization());
  }

  private EmulatorResponse planCounts(Call call) {
    ObjectNode counts = BxbState.object();
    Set<String> pairs = new LinkedHashSet<>();
    for (Row charge : visibleCharges(call)) {
      String metric = charge.text("billable_metric_id");
      if (pairs.add(metric + " " + charge.text("plan_id"))) {
        counts.put(metric, counts.path(metric).asInt(0) + 1);
      }
    }
    return EmulatorResponse.json(200, counts);
  }

  private EmulatorResponse plans(Call call) {
    String metric = call.uuid("metric_id");
    Set<String> plans = new LinkedHashSet<>();
    for (Row charge : visibleCharges(call)) {
      if (charge.is("billable_metric_id", metric)) {
        plans.add(charge.text("plan_id"));
      }
    }
    return Lists.all(
        state.of(PLANS).where(plan -> plans.contains(plan.id())),
        plan ->
            BxbState.object()
                .put("id", plan.id())
                .put("code", plan.text("code"))
                .put("name", plan.text("name")));
  }
}
