package dev.planwright.emulator.paygentic;

import static dev.planwright.emulator.paygentic.Input.Need.NULLABLE;
import static dev.planwright.emulator.paygentic.Input.Need.OPTIONAL;
import static dev.planwright.emulator.paygentic.Input.Need.REQUIRED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.Input.Need;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.List;

/** Billable metrics: no delete; aggregation, merchant and product are for ever. */
final class Metrics {
  private static final String PATH = "\\$\\.[a-zA-Z0-9_]+(\\.[a-zA-Z0-9_]+)*";
  private static final List<String> AGGREGATIONS =
      List.of("SUM", "COUNT", "AVG", "MIN", "MAX", "UNIQUE_COUNT", "LATEST");
  private static final List<String> NEED_A_VALUE = List.of("SUM", "AVG", "MIN", "MAX", "LATEST");

  private final Store store;

  Metrics(Store store) {
    this.store = store;
  }

  void addTo(Router router) {
    router.add("POST", "/v0/billableMetrics", this::create);
    router.add("GET", "/v0/billableMetrics", call -> list(call, Kind.METRICS));
    router.add("GET", "/v0/billableMetrics/{id}", call -> show(200, call.target(Kind.METRICS)));
    router.add("PATCH", "/v0/billableMetrics/{id}", this::patch);
  }

  private EmulatorResponse show(int status, Row row) {
    return EmulatorResponse.json(status, store.view(Kind.METRICS, row));
  }

  private EmulatorResponse create(Call call) {
    Input body =
        common(call.body(), REQUIRED, OPTIONAL)
            .id("merchantId", REQUIRED, Kind.ORGANIZATIONS)
            .id("productId", OPTIONAL, Kind.PRODUCTS)
            .oneOf("aggregation", REQUIRED, AGGREGATIONS);
    checkValue(body, body.columns());
    ObjectNode columns = body.done();
    String merchant = call.merchant(columns.path("merchantId").asText());
    Products.resolve(call, columns);
    return show(201, store.insert(Kind.METRICS, merchant, columns));
  }

  private EmulatorResponse patch(Call call) {
    Row row = call.target(Kind.METRICS);
    Input body = common(call.body(), OPTIONAL, NULLABLE);
    ObjectNode merged = row.body().deepCopy();
    merged.setAll(body.columns());
    checkValue(body, merged);
    return show(200, store.update(Kind.METRICS, row, body.done()));
  }

  private static Input common(Input body, Need texts, Need rest) {
    return body.text("name", texts)
        .text("description", texts)
        .text("unit", texts)
        .id("itemId", rest, Kind.ITEMS)
        .text("eventType", rest)
        .text("valueProperty", rest, PATH)
        .texts("groupBy", rest, PATH)
        .time("eventFrom", rest);
  }

  private static void checkValue(Input body, ObjectNode columns) {
    String aggregation = columns.path("aggregation").asText();
    if (NEED_A_VALUE.contains(aggregation)
        && !columns.path("valueProperty").isTextual()
        && !body.has("valueProperty")) {
      body.wrong("valueProperty", "Required for " + aggregation);
    }
  }

  /** The list of metrics or of fees: a merchant must be named. */
  static EmulatorResponse list(Call call, Kind kind) {
    String merchant =
        call.merchant(
            call.request()
                .query("merchantId")
                .orElseThrow(() -> Refusal.invalid("merchantId", "Required")));
    String product = call.request().query("productId").orElse("");
    return Pages.of(
        call,
        kind,
        call.store()
            .where(
                kind,
                row ->
                    row.merchant().equals(merchant)
                        && !row.deleted()
                        && (product.isEmpty() || row.is("productId", product))),
        row -> call.store().view(kind, row));
  }
}
