package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.ADDONS;
import static dev.planwright.emulator.stigg.StiggState.Table.ANSWERS;
import static dev.planwright.emulator.stigg.StiggState.Table.CURRENCIES;
import static dev.planwright.emulator.stigg.StiggState.Table.FEATURES;
import static dev.planwright.emulator.stigg.StiggState.Table.PLANS;
import static dev.planwright.emulator.stigg.StiggState.Table.PRODUCTS;
import static dev.planwright.emulator.stigg.StiggState.Table.SUBSCRIPTIONS;
import static dev.planwright.emulator.stigg.StiggState.Table.TASKS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the server answers, and what is in it. */
public final class StiggControls {
  /** What a key may do. */
  public enum Scope {
    /** Everything. */
    FULL,
    /** A server key that may only read. */
    READ_ONLY,
    /** A publishable key, which may only read. */
    CLIENT
  }

  /** What lists answer. */
  public enum Listing {
    /** What there is. */
    WHOLE,
    /** Nothing, and no next page. */
    EMPTY,
    /** One row too few, and no next page. */
    SHORT,
    /** The first page again and again, always with a next one. */
    REPEATING
  }

  /** How much there is: for finding what was left behind. */
  public record Counts(
      int products,
      int features,
      int currencies,
      int plans,
      int planVersions,
      int planDrafts,
      int addons,
      int charges,
      int overages,
      int entitlements,
      int subscriptions,
      int publishTasks) {}

  private static final List<String> ASSIGNED =
      List.of("seq", "createdAt", "updatedAt", "number", "versions", "archived");

  private final Object lock;
  private final StiggState state;
  private final Keys keys;

  StiggControls(Object lock, StiggState state, Keys keys) {
    this.lock = lock;
    this.state = state;
    this.keys = keys;
  }

  /** Answers one of the documentation's open questions. */
  public StiggControls set(StiggSwitch question, boolean answer) {
    synchronized (lock) {
      state.set(question, answer);
      return this;
    }
  }

  /** How a question is answered now. */
  public boolean is(StiggSwitch question) {
    synchronized (lock) {
      return state.is(question);
    }
  }

  // ---- keys and troubles --------------------------------------------------------------------

  /** A new key. */
  public String addKey(Scope scope) {
    synchronized (lock) {
      return keys.add(scope);
    }
  }

  /** A new key in the place of an old one, which stays good for the grace. */
  public String rotateKey(String old, Duration grace) {
    synchronized (lock) {
      return keys.rotate(old, grace);
    }
  }

  /** From now on the key is refused. */
  public void revokeKey(String key) {
    synchronized (lock) {
      keys.revoke(key);
    }
  }

  /** From now on every write answers 403 with this code, until {@link #allowWrites}. */
  public void forbidWrites(String code) {
    synchronized (lock) {
      state.behaviour().put("forbidden", code);
    }
  }

  /** Writes work again. */
  public void allowWrites() {
    synchronized (lock) {
      state.behaviour().remove("forbidden");
    }
  }

  /** The next calls answer 429, with that {@code retry-after} where there is one. */
  public void limitRate(int calls, Optional<String> retryAfter) {
    synchronized (lock) {
      state.behaviour().put("limited", calls).remove("retryAfter");
      retryAfter.ifPresent(it -> state.behaviour().put("retryAfter", it));
    }
  }

  /** The next calls answer 500. */
  public void fail(int calls) {
    synchronized (lock) {
      state.behaviour().put("failing", calls);
    }
  }

  /** What every paged list answers from now on. */
  public void listing(Listing listing) {
    synchronized (lock) {
      state.behaviour().put("listing", listing.name());
    }
  }

  /** Kept answers are forgotten before their day is over. */
  public void forgetIdempotencyKeys() {
    synchronized (lock) {
      state.table(ANSWERS).removeAll();
    }
  }

  // ---- publishing ---------------------------------------------------------------------------

  /** From now on, a publish has completed when it is answered. */
  public void publishAtOnce() {
    publishAfterReads(0);
  }

  /** From now on, this many reads of anything still see the draft. A fresh server: one. */
  public void publishAfterReads(int reads) {
    synchronized (lock) {
      state.behaviour().put("reads", reads);
    }
  }

  /** From now on, publishes wait for {@link #completePublishes} or {@link #failPublishes}. */
  public void publishWhenTold() {
    publishAfterReads(Tasks.WHEN_TOLD);
  }

  /** What is being published is published now. */
  public void completePublishes() {
    synchronized (lock) {
      state.rows(TASKS).forEach(task -> Tasks.complete(state, task));
    }
  }

  /** What is being published stays a draft; nothing tells anybody why. */
  public void failPublishes() {
    synchronized (lock) {
      state.table(TASKS).removeAll();
    }
  }

  // ---- looking ------------------------------------------------------------------------------

  /** How much there is now; charges and entitlements over all versions, old ones included. */
  public Counts counts() {
    synchronized (lock) {
      List<Pack> plans = packs(PLANS);
      List<ObjectNode> versions = new ArrayList<>();
      plans.forEach(plan -> plan.versions().forEach(it -> versions.add((ObjectNode) it)));
      return new Counts(
          state.rows(PRODUCTS).size(),
          state.rows(FEATURES).size(),
          state.rows(CURRENCIES).size(),
          plans.size(),
          versions.size(),
          (int) plans.stream().filter(plan -> plan.draft().isPresent()).count(),
          state.rows(ADDONS).size(),
          sum(versions, "charges"),
          sum(versions, "overages"),
          sum(versions, "entitlements"),
          state.rows(SUBSCRIPTIONS).size(),
          state.rows(TASKS).size());
    }
  }

  private static int sum(List<ObjectNode> versions, String field) {
    return versions.stream().mapToInt(version -> version.path(field).size()).sum();
  }

  private List<Pack> packs(StiggState.Table kind) {
    return state.rows(kind).stream().map(row -> new Pack(kind, row)).toList();
  }

  /** The whole state but for the keys, in the emulator's own words. */
  public ObjectNode state() {
    synchronized (lock) {
      ObjectNode all = state.snapshot();
      all.remove("keys");
      return all;
    }
  }

  /** A plan with all its versions, in the emulator's own words. */
  public Optional<ObjectNode> plan(String id) {
    synchronized (lock) {
      return state.find(PLANS, id).map(ObjectNode::deepCopy);
    }
  }

  /** The ids of all plans, archived ones included. */
  public List<String> planIds() {
    synchronized (lock) {
      return packs(PLANS).stream().map(Pack::id).toList();
    }
  }

  /**
   * What is on sale or being drafted, one line for each version, charge, overage charge and
   * entitlement, sorted, without server-made ids, numbers and times: servers with equal lines hold
   * the same catalogue. Superseded versions are left out.
   */
  public List<String> objects() {
    synchronized (lock) {
      List<String> lines = new ArrayList<>();
      for (StiggState.Table kind : List.of(PLANS, ADDONS)) {
        for (Pack pack : packs(kind)) {
          String noun = kind == PLANS ? "plan" : "add-on";
          pack.published().ifPresent(it -> describe(lines, noun, pack, it));
          pack.draft().ifPresent(it -> describe(lines, noun, pack, it));
        }
      }
      return lines.stream().sorted().toList();
    }
  }

  private static void describe(List<String> lines, String noun, Pack pack, ObjectNode version) {
    ObjectNode own = version.deepCopy();
    String of = " of " + noun + " " + pack.id() + " " + own.path("status").textValue() + " ";
    for (String rows : List.of("charges", "overages", "minimumSpend")) {
      for (JsonNode row : own.path(rows)) {
        ObjectNode content = content((ObjectNode) row);
        content.remove("id");
        lines.add(rows + of + content);
      }
      own.remove(rows);
    }
    own.path("entitlements")
        .forEach(row -> lines.add("entitlement" + of + content((ObjectNode) row)));
    own.remove("entitlements");
    own.put("archived now", pack.isArchived());
    own.set("productId", pack.row().path("productId"));
    lines.add(noun + " " + content(own));
  }

  private static ObjectNode content(ObjectNode row) {
    ObjectNode content = row.deepCopy();
    content.remove(ASSIGNED);
    return content;
  }
}
