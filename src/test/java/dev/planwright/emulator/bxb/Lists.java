package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.emulator.EmulatorResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bare arrays, with the total in a header where the server gives one. */
final class Lists {
  // Attributes of the server's models that are no columns: it sorts by them and crashes.
  private static final Set<String> NO_COLUMNS = Set.of("metadata", "registry");

  private Lists() {}

  static EmulatorResponse all(List<Row> rows, Function<Row, ? extends JsonNode> view) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    rows.forEach(row -> array.add(view.apply(row)));
    return EmulatorResponse.json(200, array);
  }

  /** A page by {@code skip}, {@code limit} and {@code order_by}; ties come in no defined order. */
  static EmulatorResponse page(
      Call call, BxbState state, List<Row> rows, Function<Row, ? extends JsonNode> view) {
    Fields query = call.query();
    var skip = query.integer("skip", Fields.Need.OPTIONAL, 0, Integer.MAX_VALUE);
    var limit = query.integer("limit", Fields.Need.OPTIONAL, 1, 1000);
    query.check();
    List<Row> page =
        state.unordered(rows).stream()
            .sorted(order(call.request().query("order_by").orElse(null), rows))
            .skip(skip == null ? 0 : skip.intValueExact())
            .limit(limit == null ? 100 : limit.intValueExact())
            .toList();
    return all(page, view).withHeader("X-Total-Count", String.valueOf(rows.size()));
  }

  private static Comparator<Row> order(@Nullable String orderBy, List<Row> rows) {
    String column = "created_at";
    boolean descending = true;
    if (orderBy != null) {
      int colon = orderBy.indexOf(':');
      String name = colon < 0 ? orderBy : orderBy.substring(0, colon);
      if (NO_COLUMNS.contains(name)) {
        throw Refusal.crash();
      }
      if (!rows.isEmpty() && rows.getFirst().body().has(name)) {
        column = name;
        descending = orderBy.endsWith(":desc");
      }
    }
    String by = column;
    Comparator<Row> ascending = (a, b) -> compare(a.body().path(by), b.body().path(by));
    return descending ? ascending.reversed() : ascending;
  }

  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNull() || b.isNull()) {
      return Boolean.compare(a.isNull(), b.isNull());
    }
    return a.isNumber() && b.isNumber()
        ? a.decimalValue().compareTo(b.decimalValue())
        : a.asText().compareTo(b.asText());
  }
}
