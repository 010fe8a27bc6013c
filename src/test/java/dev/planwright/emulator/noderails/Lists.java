package dev.planwright.emulator.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.function.Function;

/** Pages by number, newest first: whatever is created meanwhile shifts all that follows. */
final class Lists {
  private Lists() {}

  /** Whether a row passes the filter by app, where there is one. */
  static boolean ofApp(ObjectNode row, ObjectNode query, Store store) {
    return !query.has("appId")
        || store.on(Switch.APP_FILTER_IS_IGNORED)
        || Store.text(row, "appId").equals(Store.text(query, "appId"));
  }

  /**
   * One page.
   *
   * @param query checked parameters, of which {@code page} and {@code pageSize} count here
   * @param rows in the order of their insertion
   */
  static EmulatorResponse page(
      ObjectNode query,
      List<ObjectNode> rows,
      Function<ObjectNode, ? extends JsonNode> view,
      ListingFault fault) {
    int page = query.path("page").asInt(1);
    int size = query.path("pageSize").asInt(20);
    List<ObjectNode> seen = fault == ListingFault.EMPTY ? List.of() : rows.reversed();
    int pages = (seen.size() + size - 1) / size;
    boolean again = fault == ListingFault.REPEATING || fault == ListingFault.ENDLESS;
    List<ObjectNode> shown =
        seen.stream().skip(again ? 0 : (page - 1L) * size).limit(size).toList();
    if (fault == ListingFault.SHORT && !shown.isEmpty()) {
      shown = shown.subList(0, shown.size() - 1);
    }
    ArrayNode data = JsonNodeFactory.instance.arrayNode();
    shown.forEach(row -> data.add(view.apply(row)));
    return Answers.page(
        data,
        Store.object()
            .put("total", seen.size())
            .put("page", page)
            .put("pageSize", size)
            .put("totalPages", fault == ListingFault.ENDLESS ? page + 1 : pages));
  }
}
