package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Answers in the envelope: one object, a page by uuid cursors, or a whole list. */
final class Pages {
  private static final int LIMIT = 20;

  /** A row of a list: its place in the order, and what is shown. */
  record Line(long seq, ObjectNode shown) {}

  private Pages() {}

  static EmulatorResponse one(int status, JsonNode data) {
    return EmulatorResponse.json(status, StiggState.object().set("data", data));
  }

  /** What an action POST answers. */
  static EmulatorResponse acted(StiggState state, JsonNode data) {
    return one(state.is(StiggSwitch.ACTIONS_ANSWER_200) ? 200 : 201, data);
  }

  static EmulatorResponse whole(List<? extends JsonNode> rows) {
    return listed(rows, Optional.empty(), Optional.empty());
  }

  /** A page of rows, which come in any order. */
  static EmulatorResponse page(Call call, List<Line> lines) {
    Comparator<Line> order = Comparator.comparingLong(Line::seq);
    boolean newest = call.state().is(StiggSwitch.LIST_NEWEST_FIRST);
    List<Line> sorted = new ArrayList<>(lines);
    sorted.removeIf(line -> !createdInRange(call, line.shown()));
    sorted.sort(newest ? order.reversed() : order);
    int limit = limit(call);
    String listing = call.state().behaviour().path("listing").asText("");
    if (listing.equals(StiggControls.Listing.EMPTY.name())) {
      return whole(List.of());
    }
    if (listing.equals(StiggControls.Listing.SHORT.name())) {
      List<Line> cut = sorted.subList(0, Math.max(0, Math.min(limit, sorted.size()) - 1));
      return whole(cut.stream().map(Line::shown).toList());
    }
    if (listing.equals(StiggControls.Listing.REPEATING.name())) {
      List<Line> same = sorted.subList(0, Math.min(limit, sorted.size()));
      String next = same.isEmpty() ? StiggState.uuid(0) : cursor(same.getLast());
      return listed(same.stream().map(Line::shown).toList(), Optional.of(next), Optional.empty());
    }
    return cut(call, sorted, limit);
  }

  private static EmulatorResponse cut(Call call, List<Line> sorted, int limit) {
    Optional<Long> after = cursor(call, "after");
    Optional<Long> before = cursor(call, "before");
    boolean newest = call.state().is(StiggSwitch.LIST_NEWEST_FIRST);
    int from = 0;
    int to = sorted.size();
    if (after.isPresent()) {
      from = count(sorted, line -> line.seq() == after.get() || newest == line.seq() > after.get());
      to = sorted.size();
    } else if (before.isPresent()) {
      to = count(sorted, line -> line.seq() != before.get() && newest == line.seq() > before.get());
      from = Math.max(0, to - limit);
    }
    to = Math.min(to, from + limit);
    List<Line> page = sorted.subList(from, to);
    Optional<String> next =
        to < sorted.size() && !page.isEmpty()
            ? Optional.of(cursor(page.getLast()))
            : Optional.empty();
    Optional<String> prev =
        from > 0 && !page.isEmpty() ? Optional.of(cursor(page.getFirst())) : Optional.empty();
    return listed(page.stream().map(Line::shown).toList(), next, prev);
  }

  /** So many lines at the beginning. */
  private static int count(List<Line> lines, Predicate<Line> before) {
    return (int) lines.stream().takeWhile(before).count();
  }

  private static EmulatorResponse listed(
      List<? extends JsonNode> rows, Optional<String> next, Optional<String> prev) {
    ObjectNode body = StiggState.object();
    ArrayNode data = body.putArray("data");
    rows.forEach(data::add);
    ObjectNode pagination = body.putObject("pagination").putNull("next").putNull("prev");
    next.ifPresent(it -> pagination.put("next", it));
    prev.ifPresent(it -> pagination.put("prev", it));
    return EmulatorResponse.json(200, body);
  }

  private static String cursor(Line line) {
    return StiggState.uuid(line.seq());
  }

  private static Optional<Long> cursor(Call call, String name) {
    Optional<String> text = call.request().query(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(text.get()).getLeastSignificantBits() & Long.MAX_VALUE);
    } catch (IllegalArgumentException notUuid) {
      throw Refusal.bad(name + " must be a uuid");
    }
  }

  private static int limit(Call call) {
    Optional<String> text = call.request().query("limit");
    if (text.isEmpty()) {
      return LIMIT;
    }
    if (!text.get().matches("[1-9]\\d?|100")) {
      throw Refusal.bad("limit must be an integer from 1 to 100");
    }
    return Integer.parseInt(text.get());
  }

  private static boolean createdInRange(Call call, ObjectNode row) {
    return within(call, row, "gt", Instant::isAfter)
        && within(call, row, "gte", (at, bound) -> !at.isBefore(bound))
        && within(call, row, "lt", Instant::isBefore)
        && within(call, row, "lte", (at, bound) -> !at.isAfter(bound));
  }

  private static boolean within(
      Call call, ObjectNode row, String bound, BiPredicate<Instant, Instant> test) {
    Optional<String> text = call.request().query("createdAt[" + bound + "]");
    if (text.isEmpty()) {
      return true;
    }
    try {
      Instant at = Instant.parse(row.path("createdAt").textValue());
      return test.test(at, Instant.parse(text.get()));
    } catch (DateTimeException notTime) {
      throw Refusal.bad("createdAt[" + bound + "] must be a date-time");
    }
  }
}
