package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.sandbox.Database.Transaction;
import dev.planwright.sandbox.PlanStore.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The calls of the protocol on plans and on what plans name. */
record PlanRoutes(SandboxOptions options, Faults faults) {

  ObjectNode probe() {
    ObjectNode json = Json.object();
    json.put("protocol", "planwright/v1");
    json.putObject("account").put("id", options.accountId()).put("name", options.accountName());
    json.put("environment", options.environment());
    ObjectNode can = json.putObject("capabilities");
    can.put("archive", true);
    can.put("delete", true);
    ArrayNode existing = can.putArray("existingSubscribers");
    if (!faults.migrateOnly()) {
      existing.add("keep");
    }
    existing.add("migrate");
    can.put("subscriberCounts", !faults.hideSubscribers());
    PriceValidation.MODELS.forEach(can.putArray("models")::add);
    List.of(
            "product",
            "parentPlan",
            "compatibleAddOns",
            "trial",
            "creditGrants",
            "minimumCommitments",
            "usageThresholds",
            "tax",
            "metadata",
            "oneTime",
            "licensed",
            "filters",
            "countries",
            "trialDays",
            "billing",
            "softLimits",
            "addOns")
        .forEach(can.putArray("fields")::add);
    return json;
  }

  Answer list(Call call, Transaction tx) {
    call.only("owner", "id", "after", "limit");
    PlanStore plans = new PlanStore(tx);
    String owner = call.parameter("owner");
    String id = call.parameter("id");
    if (id != null) {
      List<StoredPlan> found =
          plans.byId(id).stream().filter(p -> owner == null || owner.equals(p.owner())).toList();
      return page("plans", found, 1, found.size(), StoredPlan::seq, plan -> answer(plan, tx));
    }
    List<StoredPlan> rows = plans.page(owner, call.after(), call.limit() + 1);
    return page(
        "plans", rows, call.limit(), plans.count(owner), StoredPlan::seq, plan -> answer(plan, tx));
  }

  Answer references(Call call, Transaction tx, References.Kind kind) {
    call.only("after", "limit");
    References references = new References(tx);
    return page(
        kind.plural(),
        references.page(kind, call.after(), call.limit() + 1),
        call.limit(),
        references.count(kind),
        References.Reference::seq,
        References.Reference::json);
  }

  /**
   * @param rows one more than fit on the page when there is another page
   */
  private <T> Answer page(
      String name,
      List<T> rows,
      int limit,
      int total,
      ToLongFunction<T> seq,
      Function<T, ObjectNode> json) {
    List<T> fit = rows.size() > limit ? rows.subList(0, limit) : rows;
    Optional<Faults.Truncation> cut = faults.takeTruncation();
    List<T> shown = cut.map(c -> fit.subList(0, Math.min(c.keep(), fit.size()))).orElse(fit);
    ObjectNode page = Json.object();
    ArrayNode items = page.putArray(name);
    shown.forEach(row -> items.add(json.apply(row)));
    page.put("total", cut.filter(c -> !c.honestTotal()).isPresent() ? shown.size() : total);
    if (rows.size() > limit && cut.isEmpty()) {
      page.put("next", Call.cursor(seq.applyAsLong(fit.getLast())));
    }
    return Answer.ok(page);
  }

  Answer get(Call call, Transaction tx) {
    call.only();
    return Answer.plan(200, answer(required(new PlanStore(tx).byKey(call.segment(1)), call), tx));
  }

  Answer put(Call call, Transaction tx) {
    call.only("existingSubscribers");
    boolean migrate = migrate(call);
    String key = call.segment(1);
    if (!PlanValidation.KEY.matcher(key).matches()) {
      throw Call.bad(
          "the key \""
              + key
              + "\" must be at most 255 letters, digits and . _ | -, beginning with"
              + " a letter or digit");
    }
    ObjectNode body = call.json();
    PlanStore plans = new PlanStore(tx);
    Optional<StoredPlan> stored = plans.lockByKey(key);
    precondition(call, key, stored);
    stored.ifPresent(plan -> mayWrite(plan, body.get("owner")));
    new PlanValidation(new References(tx), plans).check(key, body, stored);
    return stored.isPresent() ? replace(stored.get(), body, migrate, tx) : create(key, body, tx);
  }

  private Answer create(String key, ObjectNode body, Transaction tx) {
    Instant now = options.clock().instant();
    StoredPlan plan =
        new StoredPlan(
            0,
            options.ids().next("plan"),
            key,
            owner(body),
            1,
            PlanContent.of(body, Optional.empty(), options.ids()),
            now,
            now);
    new PlanStore(tx).insert(plan);
    return Answer.plan(201, answer(plan, tx));
  }

  private Answer replace(StoredPlan before, ObjectNode body, boolean migrate, Transaction tx) {
    PlanStore plans = new PlanStore(tx);
    SubscriberStore subscribers = new SubscriberStore(tx);
    Instant now = options.clock().instant();
    ObjectNode content = PlanContent.of(body, Optional.of(before.content()), options.ids());
    StoredPlan after = before.next(owner(body), content, now);
    boolean same =
        Canonical.same(before.content(), content)
            && java.util.Objects.equals(before.owner(), after.owner());
    if (same) {
      int moved = migrate ? subscribers.migrate(before.id(), before.version()) : 0;
      if (moved > 0) {
        plans.recordMove(before, moved, now);
      }
      return Answer.plan(200, answer(before, tx));
    }
    int count = subscribers.count(before.id());
    if (!migrate && count > 0 && faults.migrateOnly()) {
      throw Problem.subscribers(
          count,
          count
              + " have plan "
              + before.key()
              + ", and this server cannot keep them on it as it"
              + " was: existingSubscribers=migrate would change it for them too");
    }
    int moved = migrate ? subscribers.migrate(before.id(), after.version()) : 0;
    plans.replace(before, after, Change.REPLACED, moved);
    return Answer.plan(200, answer(after, tx));
  }

  Answer archive(Call call, Transaction tx) {
    call.only("owner");
    StoredPlan plan = forWrite(call, tx);
    int count = new SubscriberStore(tx).count(plan.id());
    if (plan.archived()) {
      return Answer.plan(200, answer(plan, tx));
    }
    if (count > 0 && faults.refuseArchive()) {
      throw Problem.subscribers(
          count, count + " have plan " + plan.key() + ", and archiving would cut them off");
    }
    StoredPlan after =
        plan.next(plan.owner(), PlanContent.archived(plan.content()), options.clock().instant());
    new PlanStore(tx).replace(plan, after, Change.ARCHIVED, 0);
    return Answer.plan(200, answer(after, tx));
  }

  Answer delete(Call call, Transaction tx) {
    call.only("owner");
    StoredPlan plan = forWrite(call, tx);
    int count = new SubscriberStore(tx).count(plan.id());
    if (count > 0) {
      throw Problem.subscribers(
          count, count + " have plan " + plan.key() + ": it can be archived, not deleted");
    }
    new PlanStore(tx).delete(plan, options.clock().instant());
    return Answer.nothing();
  }

  Answer history(Call call, Transaction tx) {
    call.only();
    List<PlanStore.Entry> entries = new PlanStore(tx).history(call.segment(1));
    if (entries.isEmpty()) {
      throw notFound(call);
    }
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("history");
    for (PlanStore.Entry entry : entries) {
      ObjectNode item = items.addObject();
      item.put("planId", entry.planId());
      item.put("version", entry.version());
      item.put("change", entry.change());
      item.put("subscribersMoved", entry.moved());
      item.put("at", entry.at());
      item.put("owner", entry.owner());
      item.set("plan", entry.content());
    }
    return Answer.ok(json);
  }

  ObjectNode answer(StoredPlan plan, Transaction tx) {
    return PlanContent.answer(plan, new SubscriberStore(tx), faults.hideSubscribers());
  }

  static StoredPlan required(Optional<StoredPlan> plan, Call call) {
    return plan.orElseThrow(() -> notFound(call));
  }

  private static Problem notFound(Call call) {
    return Problem.of(
        Problem.Kind.NOT_FOUND, "there is no plan with the key \"" + call.segment(1) + "\"");
  }

  private StoredPlan forWrite(Call call, Transaction tx) {
    StoredPlan plan = required(new PlanStore(tx).lockByKey(call.segment(1)), call);
    String match = call.header("if-match");
    if (match == null) {
      throw preconditionRequired("If-Match with the etag that was read");
    }
    matches(match, plan);
    String owner = call.parameter("owner");
    if (owner != null && plan.owner() != null && !owner.equals(plan.owner())) {
      throw foreign(plan);
    }
    return plan;
  }

  private static void precondition(Call call, String key, Optional<StoredPlan> stored) {
    String match = call.header("if-match");
    String noneMatch = call.header("if-none-match");
    if (match == null && noneMatch == null) {
      throw preconditionRequired("If-None-Match: * to create, or If-Match to replace");
    }
    if (match != null && noneMatch != null) {
      throw Call.bad("If-Match and If-None-Match cannot both be sent");
    }
    if (match != null) {
      matches(
          match,
          stored.orElseThrow(
              () ->
                  Problem.of(
                      Problem.Kind.PRECONDITION_FAILED,
                      "there is no plan with the key " + key + " any more: read it again")));
      return;
    }
    if (!"*".equals(noneMatch)) {
      throw Call.bad("If-None-Match must be *");
    }
    stored.ifPresent(
        plan -> {
          throw Problem.of(
              Problem.Kind.PRECONDITION_FAILED,
              "the key "
                  + key
                  + " is taken by plan "
                  + plan.id()
                  + ", owned by "
                  + plan.ownerInWords()
                  + ": read it");
        });
  }

  private static void matches(String match, StoredPlan plan) {
    if (!match.equals(plan.etag())) {
      throw Problem.of(
          Problem.Kind.PRECONDITION_FAILED,
          "plan " + plan.key() + " is " + plan.etag() + ", not " + match + ": read it again");
    }
  }

  private static Problem preconditionRequired(String what) {
    return Problem.of(Problem.Kind.PRECONDITION_REQUIRED, "the call needs " + what);
  }

  private static void mayWrite(StoredPlan plan, @Nullable JsonNode owner) {
    // What is neither a text nor null is the validation's to refuse.
    if (owner != null
        && (owner.isNull() || owner.isTextual())
        && plan.owner() != null
        && !plan.owner().equals(owner.textValue())) {
      throw foreign(plan);
    }
  }

  private static Problem foreign(StoredPlan plan) {
    return Problem.of(
        Problem.Kind.OWNER,
        "plan "
            + plan.key()
            + " is owned by "
            + plan.ownerInWords()
            + ": only that owner may"
            + " change it");
  }

  private static boolean migrate(Call call) {
    String word = Optional.ofNullable(call.parameter("existingSubscribers")).orElse("keep");
    return switch (word) {
      case "keep" -> false;
      case "migrate" -> true;
      default ->
          throw Call.bad("existingSubscribers must be keep or migrate, not \"" + word + "\"");
    };
  }

  private static @Nullable String owner(ObjectNode body) {
    return body.path("owner").textValue();
  }
}
