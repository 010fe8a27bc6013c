package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.sandbox.Database.Row;
import dev.planwright.sandbox.Database.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of what plans name and never create: metrics, features, products. */
record References(Transaction tx) {
  private static final String COLUMNS =
      "select seq, id, name, aggregation, unit from reference where kind = ? ";

  /** What can be named. */
  enum Kind {
    METRIC,
    FEATURE,
    PRODUCT;

    /** For messages. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The name of a list of these. */
    String plural() {
      return word() + "s";
    }
  }

  /**
   * Something that can be named.
   *
   * @param aggregation of a metric
   * @param unit of a metric: Count, Major or Minor
   */
  record Reference(
      long seq, String id, String name, @Nullable String aggregation, @Nullable String unit) {
    ObjectNode json() {
      ObjectNode json = Json.object();
      json.put("id", id);
      json.put("name", name);
      if (aggregation != null) {
        json.put("aggregation", aggregation);
        json.put("unit", unit);
      }
      return json;
    }
  }

  /** By its name or by its id. */
  Optional<Reference> find(Kind kind, String nameOrId) {
    return tx.one(
        COLUMNS + "and (name = ? or id = ?) order by case when name = ? then 0 else 1 end",
        References::reference,
        kind.word(),
        nameOrId,
        nameOrId,
        nameOrId);
  }

  List<Reference> page(Kind kind, long after, int limit) {
    return tx.list(
        COLUMNS + "and seq > ? order by seq limit ?",
        References::reference,
        kind.word(),
        after,
        limit);
  }

  int count(Kind kind) {
    return (int) tx.number("select count(*) from reference where kind = ?", kind.word());
  }

  /** Creates it, or changes what it measures. */
  void put(Kind kind, Reference reference) {
    int rows =
        tx.update(
            "update reference set aggregation = ?, unit = ? where kind = ? and name = ?",
            reference.aggregation(),
            reference.unit(),
            kind.word(),
            reference.name());
    if (rows == 0) {
      tx.update(
          "insert into reference(kind, id, name, aggregation, unit) values (?, ?, ?, ?, ?)",
          kind.word(),
          reference.id(),
          reference.name(),
          reference.aggregation(),
          reference.unit());
    }
  }

  boolean remove(Kind kind, String name) {
    return tx.update("delete from reference where kind = ? and name = ?", kind.word(), name) > 0;
  }

  private static Reference reference(Row row) throws SQLException {
    return new Reference(
        row.longNumber(1), row.text(2), row.text(3), row.optionalText(4), row.optionalText(5));
  }
}
