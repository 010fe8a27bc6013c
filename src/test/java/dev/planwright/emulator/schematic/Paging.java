package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Lists: newest first, at most 250 a page and 100 unasked, no total. */
final class Paging {
  private final Store store;
  private final Troubles troubles;

  Paging(Store store, Troubles troubles) {
    this.store = store;
    this.troubles = troubles;
  }

  /** A page of rows that come oldest first. */
  EmulatorResponse page(
      Call call, List<ObjectNode> rows, Function<ObjectNode, ? extends JsonNode> view) {
    long limit = number(call, "limit", 100);
    if (limit > 250) {
      throw Refusal.invalid("limit must be at most 250");
    }
    long offset = number(call, "offset", 0);
    long skip = store.holds(Question.Offset.PAGES) ? offset * limit : offset;
    ArrayNode data = JsonNodeFactory.instance.arrayNode();
    if (isTroubled(call)) {
      switch (troubles.lists) {
        case NONE -> {}
        case EMPTY -> limit = 0;
        case SHORT -> limit = Math.min(limit, Math.max(0, rows.size() - skip)) / 2;
        case REPEATING -> skip = 0;
      }
    }
    rows.reversed().stream().skip(skip).limit(limit).forEach(row -> data.add(view.apply(row)));
    return call.ok(data);
  }

  EmulatorResponse count(Call call, int rows) {
    return call.ok(Store.object().put("count", rows));
  }

  /** Whether the search parameter, if any, matches a name. */
  boolean matches(Call call, String name) {
    String wanted = call.query("q").orElse("").toLowerCase(Locale.ROOT);
    if (wanted.length() > 512) {
      throw Refusal.invalid("q must be at most 512 characters long");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() || store.holds(Question.Search.ANY_PART)) {
      return lower.contains(wanted);
    }
    return words(lower).containsAll(words(wanted));
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.strip().split("\\s+", -1));
  }

  private boolean isTroubled(Call call) {
    return call.request().rawPath().startsWith(troubles.listPath);
  }

  private static long number(Call call, String name, long otherwise) {
    String text = call.query(name).orElse(String.valueOf(otherwise));
    if (!text.matches("\\d{1,9}")) {
      throw Refusal.invalid(name + " must be a number that is not negative");
    }
    return Long.parseLong(text);
  }
}
