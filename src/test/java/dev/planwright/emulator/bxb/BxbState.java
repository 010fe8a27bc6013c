package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongFunction;

/** The database, and what makes ids, times and undefined orders repeatable. */
final class BxbState {
  /** Whoever comes without a proper key is served as this one. */
  static final String DEFAULT_ORGANIZATION = "00000000-0000-0000-0000-000000000001";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  enum Kind {
    ORGANIZATIONS,
    KEYS,
    PLANS,
    CHARGES,
    CHARGE_FILTERS,
    METRICS,
    METRIC_FILTERS,
    COMMITMENTS,
    THRESHOLDS,
    FEATURES,
    ENTITLEMENTS,
    TAXES,
    APPLIED_TAXES,
    SUBSCRIPTIONS,
    FEES
  }

  private final Map<Kind, Table> tables = new EnumMap<>(Kind.class);
  private final Map<String, EmulatorResponse> remembered;
  private final Clock clock;
  private final LongFunction<UUID> ids;
  private final long orderSeed;
  private long idsMade;
  private long shuffles;

  BxbState(Clock clock, LongFunction<UUID> ids, long orderSeed) {
    for (Kind kind : Kind.values()) {
      tables.put(kind, new Table());
    }
    this.remembered = new LinkedHashMap<>();
    this.clock = clock;
    this.ids = ids;
    this.orderSeed = orderSeed;
  }

  /** An independent copy; rows are immutable and therefore shared. */
  BxbState(BxbState other) {
    other.tables.forEach((kind, table) -> tables.put(kind, new Table(table)));
    this.remembered = new LinkedHashMap<>(other.remembered);
    this.clock = other.clock;
    this.ids = other.ids;
    this.orderSeed = other.orderSeed;
    this.idsMade = other.idsMade;
    this.shuffles = other.shuffles;
  }

  Table of(Kind kind) {
    Table table = tables.get(kind);
    if (table == null) {
      throw new IllegalStateException("no table " + kind);
    }
    return table;
  }

  /** Answers kept under organization and idempotency key. */
  Map<String, EmulatorResponse> remembered() {
    return remembered;
  }

  String newId() {
    return ids.apply(idsMade++).toString();
  }

  /** RFC 3339, UTC, always with microseconds. */
  String now() {
    return TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The row of that id in that organization, else a 404. */
  Row mine(Kind kind, String id, String organization, String missing) {
    return of(kind)
        .find(id)
        .filter(row -> row.organization().equals(organization))
        .orElseThrow(() -> Refusal.of(404, missing));
  }

  /** The row of that code in that organization, else a 404. */
  Row byCode(Kind kind, String code, String organization, String missing) {
    return of(kind).where(r -> r.organization().equals(organization) && r.is("code", code)).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.of(404, missing));
  }

  List<Row> owned(Kind kind, String organization) {
    return of(kind).where(row -> row.organization().equals(organization));
  }

  /** A code is checked within the organization (409), but its index spans them all (500). */
  void claimCode(Kind kind, String code, String organization, String taken) {
    for (Row row : of(kind).where(row -> row.is("code", code))) {
      throw row.organization().equals(organization) ? Refusal.of(409, taken) : Refusal.crash();
    }
  }

  /** A new row: id first, both times last. */
  Row insert(Kind kind, String organization, ObjectNode columns) {
    return insert(kind, organization, columns, now());
  }

  Row insert(Kind kind, String organization, ObjectNode columns, String now) {
    String id = newId();
    ObjectNode body = object().put("id", id);
    body.setAll(columns);
    body.put("created_at", now).put("updated_at", now);
    Row row = new Row(id, organization, body);
    of(kind).put(row);
    return row;
  }

  /** Writes changed columns; {@code updated_at} moves only when a column really changes. */
  Row update(Kind kind, Row row, ObjectNode changes) {
    ObjectNode body = row.body().deepCopy();
    body.setAll(changes);
    if (!body.equals(row.body())) {
      body.put("updated_at", now());
    }
    Row changed = new Row(row.id(), row.organization(), body);
    of(kind).put(changed);
    return changed;
  }

  /** Rows in an order that nobody may rely on: another one each time, unless the seed is 0. */
  List<Row> unordered(List<Row> rows) {
    if (orderSeed == 0 || rows.size() < 2) {
      return rows;
    }
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(orderSeed * 1_000_003L + shuffles++));
    return shuffled;
  }
}
