package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** The database, the doubts that are raised, and what makes ids and times repeatable. */
final class Store {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  /** A kind of object: the prefix of its ids, its {@code object}, what it shows as null. */
  enum Kind {
    ORGANIZATIONS("org", "organization"),
    KEYS("key", "key"),
    UNITS("pu", "pricingUnit"),
    ITEMS("itm", "item"),
    PRODUCTS("prod", "product"),
    METRICS("bm", "billableMetric", "eventType", "valueProperty", "groupBy", "eventFrom"),
    FEES("fee", "fee"),
    FEATURES("feat", "feature"),
    PRICES("price", "price", "billingCadence"),
    PLANS("plan", "plan", "billingAnchor"),
    VERSIONS("pver", "plan_version"),
    CUSTOMERS("cus", "customer"),
    SUBSCRIPTIONS("sub", "subscription");

    final String prefix;
    final String object;
    final List<String> nullables;

    Kind(String prefix, String object, String... nullables) {
      this.prefix = prefix;
      this.object = object;
      this.nullables = List.of(nullables);
    }

    String idPattern() {
      return prefix + "_[a-zA-Z0-9]+";
    }
  }

  private final Map<Kind, Map<String, Row>> tables = new EnumMap<>(Kind.class);
  private final Set<PaygenticDoubt> doubts = EnumSet.noneOf(PaygenticDoubt.class);
  private final Faults faults;
  private final Clock clock;
  private final LongFunction<String> ids;
  private long idsMade;
  private long shuffles;

  Store(Clock clock, LongFunction<String> ids) {
    for (Kind kind : Kind.values()) {
      tables.put(kind, new LinkedHashMap<>());
    }
    this.faults = new Faults();
    this.clock = clock;
    this.ids = ids;
  }

  /** An independent copy; rows are immutable and therefore shared. */
  Store(Store other) {
    other.tables.forEach((kind, rows) -> tables.put(kind, new LinkedHashMap<>(rows)));
    this.doubts.addAll(other.doubts);
    this.faults = new Faults(other.faults);
    this.clock = other.clock;
    this.ids = other.ids;
    this.idsMade = other.idsMade;
    this.shuffles = other.shuffles;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  boolean doubts(PaygenticDoubt doubt) {
    return doubts.contains(doubt);
  }

  Set<PaygenticDoubt> raised() {
    return doubts;
  }

  Faults faults() {
    return faults;
  }

  Clock clock() {
    return clock;
  }

  /** A number that differs at each call, for orders that nobody may rely on. */
  long shuffle() {
    return ++shuffles;
  }

  String now() {
    return TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  String newId(Kind kind) {
    return kind.prefix + "_" + ids.apply(idsMade++);
  }

  private Map<String, Row> table(Kind kind) {
    return tables.computeIfAbsent(kind, ignored -> new LinkedHashMap<>());
  }

  /** The row of that id, even if deleted. */
  Optional<Row> find(Kind kind, String id) {
    return Optional.ofNullable(table(kind).get(id));
  }

  /**
   * The row of that id, even if deleted.
   *
   * @throws IllegalArgumentException when there is none: for tests and for references of our own
   */
  Row row(Kind kind, String id) {
    return find(kind, id)
        .orElseThrow(() -> new IllegalArgumentException("no row " + id + " in " + kind));
  }

  /** Rows that satisfy the condition, deleted ones too, oldest first. */
  List<Row> where(Kind kind, Predicate<Row> condition) {
    return table(kind).values().stream().filter(condition).toList();
  }

  List<Row> all(Kind kind) {
    return List.copyOf(table(kind).values());
  }

  void put(Kind kind, Row row) {
    table(kind).put(row.id(), row);
  }

  void remove(Kind kind, String id) {
    table(kind).remove(id);
  }

  /** A new row: id and object first, both times last. */
  Row insert(Kind kind, String merchant, ObjectNode columns) {
    String id = newId(kind);
    ObjectNode body = object().put("id", id).put("object", kind.object);
    body.setAll(columns);
    body.put("createdAt", now()).put("updatedAt", now());
    Row row = new Row(id, merchant, body);
    put(kind, row);
    return row;
  }

  /** Writes changed columns. */
  Row update(Kind kind, Row row, ObjectNode changes) {
    ObjectNode body = row.body().deepCopy();
    body.setAll(changes);
    body.put("updatedAt", now());
    Row changed = new Row(row.id(), row.merchant(), body);
    put(kind, changed);
    return changed;
  }

  /** The object as the API shows it, as far as its own fields go. */
  ObjectNode view(Kind kind, Row row) {
    ObjectNode shown = object();
    for (Map.Entry<String, JsonNode> field : row.body().properties()) {
      if (!field.getKey().startsWith("_") && !field.getValue().isNull()) {
        shown.set(field.getKey(), field.getValue().deepCopy());
      }
    }
    if ((kind == Kind.FEES || kind == Kind.METRICS) && !shown.has("itemId")) {
      shown.putNull("itemId");
    }
    if (doubts(PaygenticDoubt.NULLS_ARE_SHOWN)) {
      kind.nullables.stream().filter(name -> !shown.has(name)).forEach(shown::putNull);
    }
    return shown;
  }
}
