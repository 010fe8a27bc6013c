package dev.planwright.emulator.bxb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Rows by id, in the order of their insertion. */
final class Table {
  private final Map<String, Row> rows;

  Table() {
    rows = new LinkedHashMap<>();
  }

  Table(Table other) {
    rows = new LinkedHashMap<>(other.rows);
  }

  void put(Row row) {
    rows.put(row.id(), row);
  }

  void remove(String id) {
    rows.remove(id);
  }

  void removeWhere(Predicate<Row> condition) {
    rows.values().removeIf(condition);
  }

  Optional<Row> find(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  List<Row> all() {
    return List.copyOf(rows.values());
  }

  List<Row> where(Predicate<Row> condition) {
    return rows.values().stream().filter(condition).toList();
  }

  boolean any(Predicate<Row> condition) {
    return rows.values().stream().anyMatch(condition);
  }

  int size() {
    return rows.size();
  }
}
