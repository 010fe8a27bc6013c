package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One environment as one JSON tree, and what makes ids and times repeatable. */
final class StiggState {
  enum Table {
    PRODUCTS,
    FEATURES,
    CURRENCIES,
    PLANS,
    ADDONS,
    SUBSCRIPTIONS,
    KEYS,
    TASKS,
    ANSWERS
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  private final Clock clock;
  private final Set<StiggSwitch> on;
  private ObjectNode root;

  StiggState(Clock clock) {
    this.clock = clock;
    this.on = EnumSet.noneOf(StiggSwitch.class);
    for (StiggSwitch it : StiggSwitch.values()) {
      set(it, it.onByDefault());
    }
    this.root = object();
    for (Table table : Table.values()) {
      root.putObject(name(table));
    }
    root.putObject("behaviour");
    root.put("made", 0);
  }

  /** An independent copy. */
  StiggState(StiggState other) {
    this.clock = other.clock;
    this.on = EnumSet.copyOf(other.on);
    this.root = other.root.deepCopy();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  boolean is(StiggSwitch question) {
    return on.contains(question);
  }

  void set(StiggSwitch question, boolean answer) {
    if (answer) {
      on.add(question);
    } else {
      on.remove(question);
    }
  }

  /** What a call may be undone to. */
  ObjectNode snapshot() {
    return root.deepCopy();
  }

  void restore(ObjectNode snapshot) {
    root = snapshot;
  }

  ObjectNode table(Table table) {
    return (ObjectNode) root.path(name(table));
  }

  List<ObjectNode> rows(Table table) {
    List<ObjectNode> rows = new ArrayList<>();
    table(table).forEach(row -> rows.add((ObjectNode) row));
    return rows;
  }

  Optional<ObjectNode> find(Table table, String id) {
    JsonNode row = table(table).path(id);
    return row.isObject() ? Optional.of((ObjectNode) row) : Optional.empty();
  }

  ObjectNode put(Table table, String id, ObjectNode row) {
    table(table).set(id, row);
    return row;
  }

  void remove(Table table, String id) {
    table(table).remove(id);
  }

  /** How the server behaves just now, apart from the switches. */
  ObjectNode behaviour() {
    return (ObjectNode) root.path("behaviour");
  }

  /** Grows by one with each call: the order of rows, and what ids are made of. */
  long next() {
    long made = root.path("made").longValue() + 1;
    root.put("made", made);
    return made;
  }

  static String uuid(long number) {
    return new UUID(0x5716_6000_0000_4000L, 0x8000_0000_0000_0000L | number).toString();
  }

  Instant instant() {
    return clock.instant();
  }

  /** RFC 3339, UTC, with milliseconds. */
  String now() {
    return TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  /** A row's beginning: its id, its place in lists and both times. */
  ObjectNode fresh(String id) {
    String now = now();
    ObjectNode row = object().put("id", id).put("seq", next());
    return row.put("createdAt", now).put("updatedAt", now);
  }

  private static String name(Table table) {
    return table.name().toLowerCase(Locale.ROOT);
  }
}
