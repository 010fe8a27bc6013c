package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.sandbox.Database.DatabaseException;
import dev.planwright.sandbox.Database.Row;
import dev.planwright.sandbox.Database.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of plans and of the history of their changes. */
record PlanStore(Transaction tx) {
  private static final String COLUMNS =
      "select seq, id, plan_key, owner, version, content, created_at, updated_at from plan ";

  /** What made a version. */
  enum Change {
    CREATED("Created"),
    REPLACED("Replaced"),
    MIGRATED("Migrated"),
    ARCHIVED("Archived"),
    EDITED_BY_HAND("EditedByHand"),
    DELETED("Deleted");

    private final String word;

    Change(String word) {
      this.word = word;
    }
  }

  /**
   * One row of history.
   *
   * @param moved how many subscribers were moved to this version
   */
  record Entry(
      int version,
      String change,
      int moved,
      String at,
      String planId,
      @Nullable String owner,
      ObjectNode content) {}

  Optional<StoredPlan> byKey(String key) {
    return tx.one(COLUMNS + "where plan_key = ?", PlanStore::plan, key);
  }

  /** Holds the row until the end of the transaction, so that nobody subscribes meanwhile. */
  Optional<StoredPlan> lockByKey(String key) {
    return tx.one(COLUMNS + "where plan_key = ? for update", PlanStore::plan, key);
  }

  Optional<StoredPlan> byId(String id) {
    return tx.one(COLUMNS + "where id = ?", PlanStore::plan, id);
  }

  List<StoredPlan> page(@Nullable String owner, long after, int limit) {
    return owner == null
        ? tx.list(COLUMNS + "where seq > ? order by seq limit ?", PlanStore::plan, after, limit)
        : tx.list(
            COLUMNS + "where owner = ? and seq > ? order by seq limit ?",
            PlanStore::plan,
            owner,
            after,
            limit);
  }

  int count(@Nullable String owner) {
    return (int)
        (owner == null
            ? tx.number("select count(*) from plan")
            : tx.number("select count(*) from plan where owner = ?", owner));
  }

  /**
   * @throws Problem when the key was taken meanwhile
   */
  void insert(StoredPlan plan) {
    try {
      tx.update(
          "insert into plan(id, plan_key, owner, version, prices, content, created_at, updated_at)"
              + " values (?, ?, ?, ?, ?, ?, ?, ?)",
          plan.id(),
          plan.key(),
          plan.owner(),
          plan.version(),
          plan.content().path("prices").size(),
          text(plan.content()),
          plan.createdAt().toString(),
          plan.updatedAt().toString());
    } catch (DatabaseException e) {
      if (e.duplicate()) {
        throw Problem.of(
            Problem.Kind.PRECONDITION_FAILED,
            "plan " + plan.key() + " was created by somebody else meanwhile: read it again");
      }
      throw e;
    }
    record(plan, Change.CREATED, 0);
  }

  /**
   * Stores the version after {@code before}.
   *
   * @throws Problem when another version was stored meanwhile
   */
  void replace(StoredPlan before, StoredPlan after, Change change, int moved) {
    int rows =
        tx.update(
            "update plan set owner = ?, version = ?, prices = ?, content = ?, updated_at = ?"
                + " where id = ? and version = ?",
            after.owner(),
            after.version(),
            after.content().path("prices").size(),
            text(after.content()),
            after.updatedAt().toString(),
            before.id(),
            before.version());
    requireOne(rows, before);
    record(after, change, moved);
  }

  void delete(StoredPlan plan, Instant now) {
    requireOne(
        tx.update("delete from plan where id = ? and version = ?", plan.id(), plan.version()),
        plan);
    record(plan.next(plan.owner(), plan.content(), now), Change.DELETED, 0);
  }

  /** What happened to all plans that ever had this key, oldest first. */
  List<Entry> history(String key) {
    return tx.list(
        "select version, change_kind, moved, at, plan_id, owner, content from history"
            + " where plan_key = ? order by seq",
        PlanStore::entry,
        key);
  }

  /** The plan as it was sold in that version. */
  Optional<ObjectNode> version(String planId, int version) {
    return tx.one(
        "select version, change_kind, moved, at, plan_id, owner, content from history"
            + " where plan_id = ? and version = ? order by seq desc limit 1",
        row -> entry(row).content(),
        planId,
        version);
  }

  /** Adds a row without a new version: subscribers were moved, nothing else. */
  void recordMove(StoredPlan plan, int moved, Instant now) {
    record(
        new StoredPlan(
            plan.seq(),
            plan.id(),
            plan.key(),
            plan.owner(),
            plan.version(),
            plan.content(),
            plan.createdAt(),
            now),
        Change.MIGRATED,
        moved);
  }

  private void record(StoredPlan plan, Change change, int moved) {
    tx.update(
        "insert into history(plan_id, plan_key, owner, version, change_kind, moved, at, content)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        plan.id(),
        plan.key(),
        plan.owner(),
        plan.version(),
        change.word,
        moved,
        plan.updatedAt().toString(),
        text(plan.content()));
  }

  private static void requireOne(int rows, StoredPlan plan) {
    if (rows != 1) {
      throw Problem.of(
          Problem.Kind.PRECONDITION_FAILED,
          "plan " + plan.key() + " was changed by somebody else meanwhile: read it again");
    }
  }

  private static String text(ObjectNode content) {
    return new String(Json.bytes(content), StandardCharsets.UTF_8);
  }

  private static Entry entry(Row row) throws SQLException {
    return new Entry(
        row.number(1),
        row.text(2),
        row.number(3),
        row.text(4),
        row.text(5),
        row.optionalText(6),
        Json.stored(row.text(7)));
  }

  private static StoredPlan plan(Row row) throws SQLException {
    return new StoredPlan(
        row.longNumber(1),
        row.text(2),
        row.text(3),
        row.optionalText(4),
        row.number(5),
        Json.stored(row.text(6)),
        Instant.parse(row.text(7)),
        Instant.parse(row.text(8)));
  }
}
