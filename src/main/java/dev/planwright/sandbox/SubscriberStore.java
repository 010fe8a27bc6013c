package dev.planwright.sandbox;

import dev.planwright.sandbox.Database.Row;
import dev.planwright.sandbox.Database.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of pretended subscribers. */
record SubscriberStore(Transaction tx) {
  /**
   * Some subscribers who bought together.
   *
   * @param version the version that they are on
   */
  record Group(String id, String planId, int version, int count) {}

  void add(Group group) {
    tx.update(
        "insert into subscriber(id, plan_id, version, quantity) values (?, ?, ?, ?)",
        group.id(),
        group.planId(),
        group.version(),
        group.count());
  }

  List<Group> of(String planId) {
    return tx.list(
        "select id, plan_id, version, quantity from subscriber where plan_id = ? order by seq",
        SubscriberStore::group,
        planId);
  }

  Optional<Group> byId(String id) {
    return tx.one(
        "select id, plan_id, version, quantity from subscriber where id = ?",
        SubscriberStore::group,
        id);
  }

  int count(String planId) {
    return (int)
        tx.number("select coalesce(sum(quantity), 0) from subscriber where plan_id = ?", planId);
  }

  /** How many by version, in rising order. */
  Map<Integer, Integer> byVersion(String planId) {
    Map<Integer, Integer> counts = new TreeMap<>();
    of(planId).forEach(group -> counts.merge(group.version(), group.count(), Integer::sum));
    return counts;
  }

  /** Moves all who are on another version; answers how many. */
  int migrate(String planId, int version) {
    int others =
        (int)
            tx.number(
                "select coalesce(sum(quantity), 0) from subscriber"
                    + " where plan_id = ? and version <> ?",
                planId,
                version);
    tx.update("update subscriber set version = ? where plan_id = ?", version, planId);
    return others;
  }

  void removeAll(String planId) {
    tx.update("delete from subscriber where plan_id = ?", planId);
  }

  private static Group group(Row row) throws SQLException {
    return new Group(row.text(1), row.text(2), row.number(3), row.number(4));
  }
}
