package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.PaygenticControls.ListFault;
import dev.planwright.emulator.paygentic.Store.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Lists by limit and offset, in an order that is documented nowhere. */
final class Pages {
  private static final int CAP = 2;
  // Only these lists say that they are lists.
  private static final Set<Kind> SAY_LIST =
      Set.of(Kind.METRICS, Kind.FEES, Kind.FEATURES, Kind.VERSIONS);

  private Pages() {}

  /** The page that the query asks for; rows come oldest first. */
  static EmulatorResponse of(
      Call call, Kind kind, List<Row> rows, Function<Row, ? extends JsonNode> view) {
    Store store = call.store();
    int limit = number(call, "limit", 10, 1, 100);
    int offset = number(call, "offset", 0, 0, Integer.MAX_VALUE);
    ListFault fault = store.faults().list(kind);
    List<Row> ordered = ordered(store, rows);
    int from = fault == ListFault.REPEATING_PAGES ? 0 : Math.min(offset, ordered.size());
    int size = fault == ListFault.CAPPED_PAGES ? Math.min(limit, CAP) : limit;
    List<Row> page = ordered.subList(from, Math.min(ordered.size(), from + size));
    if (fault == ListFault.LAST_OF_PAGE_MISSING && !page.isEmpty()) {
      page = page.subList(0, page.size() - 1);
    }
    boolean empty = fault == ListFault.EMPTY_PAGES || fault == ListFault.EMPTY_LIST;
    ArrayNode data = Store.array();
    (empty ? List.<Row>of() : page).forEach(row -> data.add(view.apply(row)));
    ObjectNode answer = Store.object();
    if (SAY_LIST.contains(kind)) {
      answer.put("object", "list");
    }
    answer.set("data", data);
    int total =
        switch (fault) {
          case EMPTY_LIST -> 0;
          case REPEATING_PAGES -> offset + limit + 1;
          case NONE, CAPPED_PAGES, LAST_OF_PAGE_MISSING, EMPTY_PAGES, NO_TOTAL -> rows.size();
        };
    if (fault != ListFault.NO_TOTAL) {
      answer.putObject("pagination").put("limit", limit).put("offset", offset).put("total", total);
    }
    return EmulatorResponse.json(200, answer);
  }

  private static List<Row> ordered(Store store, List<Row> rows) {
    List<Row> ordered = new ArrayList<>(rows);
    if (store.doubts(PaygenticDoubt.NO_ORDER)) {
      Collections.shuffle(ordered, new Random(store.shuffle()));
    } else if (store.doubts(PaygenticDoubt.ORDERED_BY_ID)) {
      ordered.sort(Comparator.comparing(Row::id));
    } else if (!store.doubts(PaygenticDoubt.OLDEST_FIRST)) {
      Collections.reverse(ordered);
    }
    return ordered;
  }

  private static int number(Call call, String name, int otherwise, int min, int max) {
    String text = call.request().query(name).orElse(String.valueOf(otherwise));
    if (!text.matches("-?\\d{1,9}")) {
      throw Refusal.invalid(name, "Expected an integer");
    }
    int value = Integer.parseInt(text);
    int clamped = Math.clamp(value, min, max);
    if (clamped != value && !call.store().doubts(PaygenticDoubt.LIMIT_IS_CLAMPED)) {
      throw Refusal.invalid(name, "Expected an integer from " + min + " to " + max);
    }
    return clamped;
  }
}
