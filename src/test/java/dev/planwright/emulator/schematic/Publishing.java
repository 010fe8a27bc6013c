package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.COMPANIES;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Optional;

/**
 * A draft becomes what is sold; the version before it is archived, with or without its companies.
 */
final class Publishing {
  private final Store store;
  private final Versions versions;
  private final BillingProducts products;

  Publishing(Store store, Versions versions, BillingProducts products) {
    this.store = store;
    this.versions = versions;
    this.products = products;
  }

  void addTo(Router router) {
    router.add("PUT", "/plans/version/{plan_version_id}/publish", this::publish);
    router.add("DELETE", "/plans/version/{plan_version_id}", this::delete);
  }

  private ObjectNode find(Call call) {
    return store
        .find(VERSIONS, call.path("plan_version_id"))
        .filter(Store.in(call.environment()))
        .orElseThrow(() -> Refusal.missing("plan version"));
  }

  private EmulatorResponse publish(Call call) {
    Fields body = call.body();
    String strategy = body.needChoice("migration_strategy", List.of("immediate", "leave"));
    body.needArray("excluded_company_ids");
    List<String> excluded = body.texts("excluded_company_ids", 1000);
    boolean nobodyMoves = body.bool("require_no_migration").orElse(false);
    body.choice("proration_behavior", List.of("always_invoice", "create_prorations", "none"));
    body.end(store);
    ObjectNode draft = find(call);
    if (!Store.is(draft, "status", "draft")) {
      throw Refusal.invalid("only a draft plan version can be published");
    }
    List<ObjectNode> others = others(draft, excluded);
    boolean moves = strategy.equals("immediate");
    boolean counted = moves || store.holds(Question.NoMigrationUnderLeave.COUNTS_EVERYBODY);
    if (nobodyMoves && counted && !others.isEmpty()) {
      throw Refusal.invalid(others.size() + " companies would be migrated");
    }
    ObjectNode published = publish(draft);
    if (moves) {
      others.forEach(company -> move(company, published));
    }
    return call.ok(versions.view(published));
  }

  /** Publishes without moving anybody. */
  ObjectNode publish(ObjectNode draft) {
    String plan = Store.text(draft, "plan_id");
    Optional<ObjectNode> before = versions.active(plan, Store.text(draft, "environment_id"));
    before.ifPresent(it -> store.update(VERSIONS, it, Store.object().put("status", "archived")));
    ObjectNode published = store.update(VERSIONS, draft, Store.object().put("status", "published"));
    ObjectNode texts = Store.object();
    List.of("name", "description", "icon").forEach(it -> texts.set(it, published.get(it)));
    store.find(PLANS, plan).ifPresent(row -> store.update(PLANS, row, texts));
    before.ifPresent(it -> products.retirePrices(it, published));
    return published;
  }

  private List<ObjectNode> others(ObjectNode draft, List<String> excluded) {
    return store.ofPlan(COMPANIES, Store.text(draft, "plan_id"), row -> true).stream()
        .filter(Store.in(Store.text(draft, "environment_id")))
        .filter(company -> !excluded.contains(Store.text(company, "id")))
        .toList();
  }

  /** The company pays the new version's price of its own currency and interval from now on. */
  private void move(ObjectNode company, ObjectNode version) {
    ObjectNode changes = Store.object().put("plan_version_id", Store.text(version, "id"));
    products
        .price(version, Store.text(company, "_currency"), Store.text(company, "_cadence"))
        .ifPresent(price -> changes.put("_price", Store.text(price, "id")));
    store.update(COMPANIES, company, changes);
  }

  private EmulatorResponse delete(Call call) {
    ObjectNode version = find(call);
    if (!versions.companiesOn(version).isEmpty()) {
      throw Refusal.invalid("companies are on this plan version");
    }
    if (Store.is(version, "status", "published")) {
      if (call.flag("promote_archived_version")) {
        promote(version);
      } else if (store.holds(Question.PublishedVersionDelete.REFUSED)) {
        throw Refusal.invalid("a published plan version cannot be deleted");
      }
    }
    versions.remove(version);
    return call.deleted();
  }

  private void promote(ObjectNode version) {
    ObjectNode archived =
        versions
            .of(Store.text(version, "plan_id"), Store.text(version, "environment_id"))
            .reversed()
            .stream()
            .filter(it -> Store.is(it, "status", "archived"))
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("there is no archived plan version to promote"));
    products.revivePrices(archived);
    store.update(VERSIONS, archived, Store.object().put("status", "published"));
  }
}
