package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.sandbox.Database.Transaction;
import dev.planwright.sandbox.PlanStore.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sandbox's own controls below {@code /sandbox}: what no other server has. */
record ControlRoutes(SandboxOptions options, Faults faults) {
  private static final Set<String> ASSIGNED =
      Set.of(
          "id",
          "key",
          "version",
          "etag",
          "archived",
          "subscribers",
          "subscribersByVersion",
          "createdAt",
          "updatedAt");

  /** Creates a metric, feature or product, or changes what a metric measures. */
  Answer putReference(Call call, Transaction tx, References.Kind kind) {
    call.only();
    String name = call.segment(2);
    ObjectNode body = call.request().body().length == 0 ? Json.object() : call.json();
    Errors errors = new Errors();
    Fields fields = new Fields(body, "", errors);
    fields.line("id", 100);
    boolean metric = kind == References.Kind.METRIC;
    if (metric) {
      fields.word("aggregation", Set.of("Count", "Sum", "Max", "Latest", "Unique"));
      fields.word("unit", Set.of("Count", "Major", "Minor"));
    }
    fields.end();
    if (name.isEmpty() || name.length() > 255) {
      errors.invalid("name", null, "must have 1 to 255 characters");
    }
    errors.refuse();
    References references = new References(tx);
    references.put(
        kind,
        new References.Reference(
            0,
            body.has("id") ? body.get("id").asText() : options.ids().next(kind.word()),
            name,
            metric ? body.path("aggregation").asText("Count") : null,
            metric ? body.path("unit").asText("Count") : null));
    return references
        .find(kind, name)
        .map(found -> Answer.ok(found.json()))
        .orElseThrow(() -> new IllegalStateException(name + " was just stored"));
  }

  Answer deleteReference(Call call, Transaction tx, References.Kind kind) {
    call.only();
    if (!new References(tx).remove(kind, call.segment(2))) {
      throw Problem.of(
          Problem.Kind.NOT_FOUND, "there is no " + kind.word() + " " + call.segment(2));
    }
    return Answer.nothing();
  }

  /** Lets somebody buy, the present version or an earlier one. */
  Answer subscribe(Call call, Transaction tx) {
    call.only();
    StoredPlan plan = plan(call, tx);
    ObjectNode body = call.json();
    Errors errors = new Errors();
    Fields fields = new Fields(body, "", errors);
    fields.required("count");
    @Nullable Long count = fields.integer("count", 1, 1_000_000);
    @Nullable Long version = fields.integer("version", 1, plan.version());
    fields.line("id", 100);
    fields.end();
    errors.refuse();
    SubscriberStore.Group group =
        new SubscriberStore.Group(
            body.has("id") ? body.get("id").asText() : options.ids().next("sub"),
            plan.id(),
            version == null ? plan.version() : version.intValue(),
            count == null ? 1 : count.intValue());
    SubscriberStore subscribers = new SubscriberStore(tx);
    if (subscribers.byId(group.id()).isPresent()) {
      throw Call.bad("there are subscribers with the id " + group.id() + " already");
    }
    subscribers.add(group);
    return new Answer(201, Optional.of(groupJson(group)), Optional.empty());
  }

  Answer subscribers(Call call, Transaction tx) {
    call.only();
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("subscribers");
    new SubscriberStore(tx).of(plan(call, tx).id()).forEach(group -> items.add(groupJson(group)));
    return Answer.ok(json);
  }

  Answer unsubscribe(Call call, Transaction tx) {
    call.only();
    new SubscriberStore(tx).removeAll(plan(call, tx).id());
    return Answer.nothing();
  }

  /** Changes a plan as a person in a back office would: no owner, no etag, no validation. */
  Answer edit(Call call, Transaction tx) {
    call.only();
    StoredPlan before = plan(call, tx);
    ObjectNode patch = call.json();
    for (String field : ASSIGNED) {
      if (patch.has(field)) {
        throw Call.bad(field + " is assigned by the server");
      }
    }
    ObjectNode content = before.content().deepCopy();
    @Nullable String owner = patch.has("owner") ? patch.get("owner").textValue() : before.owner();
    patch.remove("owner");
    if (patch.path("prices").isObject()) {
      mergePrices(content, patch.path("prices"));
      patch.remove("prices");
    }
    merge(content, patch);
    StoredPlan after =
        before.next(
            owner,
            PlanContent.of(content, Optional.of(before.content()), options.ids()),
            options.clock().instant());
    new PlanStore(tx).replace(before, after, Change.EDITED_BY_HAND, 0);
    return Answer.plan(200, new PlanRoutes(options, faults).answer(after, tx));
  }

  /** Prices by name: null removes one, an object changes one or adds it. */
  private static void mergePrices(ObjectNode content, JsonNode patch) {
    List<ObjectNode> prices = new ArrayList<>();
    Json.items(content, "prices").forEach(price -> prices.add((ObjectNode) price));
    patch
        .properties()
        .forEach(
            entry -> {
              Optional<ObjectNode> there =
                  prices.stream()
                      .filter(p -> p.path("name").asText().equals(entry.getKey()))
                      .findFirst();
              if (entry.getValue() instanceof ObjectNode change) {
                ObjectNode target =
                    there.orElseGet(
                        () -> {
                          ObjectNode added = Json.object().put("name", entry.getKey());
                          prices.add(added);
                          return added;
                        });
                merge(target, change);
              } else {
                there.ifPresent(prices::remove);
              }
            });
    ArrayNode merged = content.putArray("prices");
    prices.forEach(merged::add);
  }

  /** RFC 7396. */
  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              if (entry.getValue().isNull()) {
                target.remove(name);
              } else if (entry.getValue() instanceof ObjectNode change) {
                ObjectNode inner =
                    target.get(name) instanceof ObjectNode there ? there : target.putObject(name);
                merge(inner, change);
              } else {
                target.set(name, entry.getValue());
              }
            });
  }

  /** What the present version, an earlier one, or that of some subscribers costs. */
  Answer quote(Call call, Transaction tx) {
    call.only();
    StoredPlan plan = plan(call, tx);
    ObjectNode body = call.json();
    Errors errors = new Errors();
    Fields fields = new Fields(body, "", errors);
    @Nullable Long asked = fields.integer("version", 1, plan.version());
    fields.line("subscriber", 100);
    fields.line("price", 253);
    fields.take("usage");
    fields.take("features");
    fields.end();
    errors.refuse();
    int version = asked == null ? plan.version() : asked.intValue();
    if (body.has("subscriber")) {
      version =
          new SubscriberStore(tx)
              .byId(body.get("subscriber").asText())
              .filter(group -> group.planId().equals(plan.id()))
              .map(SubscriberStore.Group::version)
              .orElseThrow(() -> Call.bad("there are no such subscribers of this plan"));
    }
    ObjectNode content =
        new PlanStore(tx)
            .version(plan.id(), version)
            .orElseThrow(() -> Call.bad("the version is not in the history of this plan"));
    return Answer.ok(new Quotes(new References(tx)).quote(content, version, body));
  }

  Answer setFaults(Call call) {
    call.only();
    faults.set(call.json());
    return Answer.ok(faults.json());
  }

  private static StoredPlan plan(Call call, Transaction tx) {
    return new PlanStore(tx)
        .lockByKey(call.segment(2))
        .orElseThrow(
            () ->
                Problem.of(
                    Problem.Kind.NOT_FOUND,
                    "there is no plan with the key \"" + call.segment(2) + "\""));
  }

  private static ObjectNode groupJson(SubscriberStore.Group group) {
    return Json.object()
        .put("id", group.id())
        .put("version", group.version())
        .put("count", group.count());
  }
}
