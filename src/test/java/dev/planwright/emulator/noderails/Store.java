package dev.planwright.emulator.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** All state: the database, kept answers, switches, and what makes ids and orders repeatable. */
final class Store {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  enum Kind {
    MERCHANTS,
    APPS,
    KEYS,
    PLANS,
    PRICES,
    TAX_RATES,
    SUBSCRIPTIONS
  }

  /**
   * An answer kept under an idempotency key.
   *
   * @param request method, path and body of the request that it answered
   */
  record Kept(EmulatorResponse answer, String request, Instant at) {}

  // Rows are replaced, never changed, so that a copy may share them.
  private final Map<Kind, Map<String, ObjectNode>> tables = new EnumMap<>(Kind.class);
  private final Map<String, Kept> answers = new LinkedHashMap<>();
  private final Map<String, Instant> locks = new LinkedHashMap<>();
  private final Set<Switch> switches = EnumSet.noneOf(Switch.class);
  private final Troubles troubles;
  private final InstantSource clock;
  private final LongFunction<UUID> ids;
  private final long orderSeed;
  private long idsMade;
  private long shuffles;
  private long requests;

  Store(InstantSource clock, LongFunction<UUID> ids, long orderSeed) {
    this.troubles = new Troubles();
    this.clock = clock;
    this.ids = ids;
    this.orderSeed = orderSeed;
  }

  /** An independent copy. */
  Store(Store other) {
    other.tables.forEach((kind, rows) -> tables.put(kind, new LinkedHashMap<>(rows)));
    answers.putAll(other.answers);
    locks.putAll(other.locks);
    switches.addAll(other.switches);
    this.troubles = new Troubles(other.troubles);
    this.clock = other.clock;
    this.ids = other.ids;
    this.orderSeed = other.orderSeed;
    this.idsMade = other.idsMade;
    this.shuffles = other.shuffles;
    this.requests = other.requests;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String text(JsonNode row, String column) {
    return row.path(column).asText("");
  }

  static boolean active(JsonNode row) {
    return row.path("isActive").asBoolean();
  }

  Map<String, Kept> answers() {
    return answers;
  }

  /** Idempotency keys whose request is under way, since when. */
  Map<String, Instant> locks() {
    return locks;
  }

  Set<Switch> switches() {
    return switches;
  }

  boolean on(Switch question) {
    return switches.contains(question);
  }

  Troubles troubles() {
    return troubles;
  }

  Instant now() {
    return clock.instant();
  }

  /** RFC 3339, UTC, with milliseconds. */
  static String time(Instant instant) {
    return TIME.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** Apart from the objects' ids, which do not depend on how often somebody looks. */
  String newRequestId() {
    return "req-" + ++requests;
  }

  String newId() {
    return ids.apply(idsMade++).toString();
  }

  Optional<ObjectNode> find(Kind kind, String id) {
    return Optional.ofNullable(table(kind).get(id));
  }

  /** In the order of insertion. */
  List<ObjectNode> all(Kind kind) {
    return List.copyOf(table(kind).values());
  }

  List<ObjectNode> where(Kind kind, Predicate<ObjectNode> condition) {
    return table(kind).values().stream().filter(condition).toList();
  }

  List<ObjectNode> where(Kind kind, String column, String value) {
    return where(kind, row -> text(row, column).equals(value));
  }

  /** Writes a row that has its id already, in its old place if it was there. */
  void put(Kind kind, ObjectNode row) {
    table(kind).put(text(row, "id"), row);
  }

  void remove(Kind kind, String id) {
    table(kind).remove(id);
  }

  /** A new row: id first, both times last. */
  ObjectNode insert(Kind kind, ObjectNode columns) {
    ObjectNode row = object().put("id", newId());
    row.setAll(columns);
    String now = time(now());
    row.put("createdAt", now).put("updatedAt", now);
    put(kind, row);
    return row;
  }

  /** Writes columns; {@code updatedAt} moves with every write, also of what was there already. */
  ObjectNode update(Kind kind, ObjectNode row, ObjectNode changes) {
    ObjectNode changed = row.deepCopy();
    changed.setAll(changes);
    changed.put("updatedAt", time(now()));
    put(kind, changed);
    return changed;
  }

  /** Rows in an order that nobody may rely on: another one each time, unless the seed is 0. */
  List<ObjectNode> unordered(List<ObjectNode> rows) {
    if (orderSeed == 0 || rows.size() < 2) {
      return rows;
    }
    List<ObjectNode> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(orderSeed * 1_000_003L + shuffles++));
    return shuffled;
  }

  private Map<String, ObjectNode> table(Kind kind) {
    return tables.computeIfAbsent(kind, ignored -> new LinkedHashMap<>());
  }
}
