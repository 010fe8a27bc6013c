package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The database. Rows are JSON objects that are replaced and never changed, so that copies share
 * them; columns that begin with an underscore are never shown.
 */
final class Store {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  enum Kind {
    ENVIRONMENTS("env"),
    KEYS("apk"),
    PLANS("plan"),
    VERSIONS("plvr"),
    PRODUCTS("bilp"),
    PRICES("bprice"),
    ENTITLEMENTS("plen"),
    FEATURES("feat"),
    CREDITS("bcrd"),
    GRANTS("bpcg"),
    COMPANIES("comp"),
    CATALOGS("catl"),
    AUDIT("");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  private record Undo(Kind kind, String id, Optional<ObjectNode> before) {}

  private final Map<Kind, Map<String, ObjectNode>> tables = new EnumMap<>(Kind.class);
  private final Map<String, Set<String>> byPlan = new HashMap<>();
  private final List<Undo> undo = new ArrayList<>();
  private final Map<Class<?>, Question> answers = new HashMap<>();
  private final Clock clock;
  private long idsMade;

  Store(Clock clock) {
    this.clock = clock;
    for (Kind kind : Kind.values()) {
      tables.put(kind, new LinkedHashMap<>());
    }
  }

  Store(Store other) {
    this.clock = other.clock;
    this.idsMade = other.idsMade;
    other.tables.forEach((kind, rows) -> tables.put(kind, new LinkedHashMap<>(rows)));
    other.byPlan.forEach((key, ids) -> byPlan.put(key, new LinkedHashSet<>(ids)));
    answers.putAll(other.answers);
  }

  // ---- open questions -----------------------------------------------------------------------

  void assume(Question answer) {
    answers.put(answer.getClass(), answer);
  }

  boolean holds(Question answer) {
    Question first = answer.getClass().getEnumConstants()[0];
    return answers.getOrDefault(answer.getClass(), first) == answer;
  }

  // ---- rows ---------------------------------------------------------------------------------

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  Instant instant() {
    return clock.instant();
  }

  /** RFC 3339, UTC, with microseconds. */
  String now() {
    return TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  /** Looks random, and is the same in every run. */
  UUID newUuid() {
    String name = "schematic " + idsMade++;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  String newId(String prefix) {
    return prefix + "_" + newUuid().toString().replace("-", "").substring(0, 12);
  }

  Optional<ObjectNode> find(Kind kind, String id) {
    return Optional.ofNullable(table(kind).get(id));
  }

  /** Rows in the order in which they were made. */
  List<ObjectNode> all(Kind kind) {
    return where(kind, row -> true);
  }

  List<ObjectNode> where(Kind kind, Predicate<ObjectNode> wanted) {
    return table(kind).values().stream().filter(wanted).sorted(byAge()).toList();
  }

  List<ObjectNode> ofPlan(Kind kind, String plan, Predicate<ObjectNode> wanted) {
    return byPlan.getOrDefault(kind + " " + plan, Set.of()).stream()
        .map(id -> table(kind).getOrDefault(id, object()))
        .filter(wanted)
        .sorted(byAge())
        .toList();
  }

  /** A new row: id first, both times last. */
  ObjectNode insert(Kind kind, ObjectNode columns) {
    String id = kind.prefix.isEmpty() ? newUuid().toString() : newId(kind.prefix);
    ObjectNode row = object().put("id", id);
    row.setAll(columns);
    String now = now();
    row.put("created_at", now).put("updated_at", now).put("_age", idsMade);
    put(kind, row);
    return row;
  }

  ObjectNode update(Kind kind, ObjectNode row, ObjectNode changes) {
    ObjectNode changed = row.deepCopy();
    changed.setAll(changes);
    changed.put("updated_at", now());
    put(kind, changed);
    return changed;
  }

  void put(Kind kind, ObjectNode row) {
    String id = text(row, "id");
    undo.add(new Undo(kind, id, find(kind, id)));
    set(kind, id, row);
  }

  void remove(Kind kind, String id) {
    undo.add(new Undo(kind, id, find(kind, id)));
    unset(kind, id);
  }

  // ---- transactions -------------------------------------------------------------------------

  void commit() {
    undo.clear();
  }

  /** Takes back everything since the last commit, but for ids: those are used up. */
  void rollBack() {
    for (Undo step : undo.reversed()) {
      step.before()
          .ifPresentOrElse(
              row -> set(step.kind(), step.id(), row), () -> unset(step.kind(), step.id()));
    }
    undo.clear();
  }

  // ---- reading rows -------------------------------------------------------------------------

  static String text(JsonNode row, String column) {
    return row.path(column).asText("");
  }

  static boolean is(JsonNode row, String column, String value) {
    return row.path(column).isTextual() && row.path(column).textValue().equals(value);
  }

  static Predicate<ObjectNode> in(String environment) {
    return row -> is(row, "environment_id", environment);
  }

  /** A row as the API shows it. */
  static ObjectNode shown(ObjectNode row) {
    ObjectNode shown = row.deepCopy();
    List<String> hidden = new ArrayList<>();
    shown.fieldNames().forEachRemaining(name -> addHidden(hidden, name));
    shown.remove(hidden);
    return shown;
  }

  private static void addHidden(List<String> hidden, String name) {
    if (name.startsWith("_")) {
      hidden.add(name);
    }
  }

  private static Comparator<ObjectNode> byAge() {
    return Comparator.comparingLong(row -> row.path("_age").longValue());
  }

  private Map<String, ObjectNode> table(Kind kind) {
    Map<String, ObjectNode> table = tables.get(kind);
    if (table == null) {
      throw new IllegalStateException("no table " + kind);
    }
    return table;
  }

  private void set(Kind kind, String id, ObjectNode row) {
    unset(kind, id);
    table(kind).put(id, row);
    String plan = text(row, "plan_id");
    if (!plan.isEmpty()) {
      byPlan.computeIfAbsent(kind + " " + plan, ignored -> new LinkedHashSet<>()).add(id);
    }
  }

  private void unset(Kind kind, String id) {
    ObjectNode old = table(kind).remove(id);
    if (old != null) {
      Set<String> siblings = byPlan.get(kind + " " + text(old, "plan_id"));
      if (siblings != null) {
        siblings.remove(id);
      }
    }
  }
}
