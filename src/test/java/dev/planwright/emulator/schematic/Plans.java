package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.COMPANIES;
import static dev.planwright.emulator.schematic.Store.Kind.ENVIRONMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.PRICES;
import static dev.planwright.emulator.schematic.Store.Kind.PRODUCTS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Optional;

/** Plans: they belong to the account, whatever environment the caller's key is of. */
final class Plans {
  private static final List<String> TYPES = List.of("plan", "add_on");
  private static final List<String> PROVIDERS = List.of("schematic", "stripe", "orb", "metronome");
  private static final List<String> ICONS =
      List.of(
          "amber",
          "blue",
          "blueGray",
          "blueGreen",
          "cyan",
          "emerald",
          "fuchsia",
          "gray",
          "green",
          "indigo",
          "lightBlue",
          "lime",
          "orange",
          "pink",
          "purple",
          "red",
          "redOrange",
          "rose",
          "sky",
          "slate",
          "teal",
          "trueGray",
          "violet",
          "warmGray",
          "yellow");

  private final Store store;
  private final Versions versions;
  private final BillingProducts products;
  private final PlanView view;

  Plans(Store store, Versions versions, BillingProducts products, PlanView view) {
    this.store = store;
    this.versions = versions;
    this.products = products;
    this.view = view;
  }

  void addTo(Router router) {
    router.add("POST", "/plans/billing-linked", this::upsertLinked);
    router.add("POST", "/plans", this::create);
    router.add("GET", "/plans/{plan_id}", this::read);
    router.add("PUT", "/plans/{plan_id}", this::rename);
    router.add("DELETE", "/plans/{plan_id}", this::delete);
    router.add("PUT", "/plans/{plan_id}/billing_products", this::setPrices);
  }

  ObjectNode find(String id) {
    return store.find(PLANS, id).orElseThrow(() -> Refusal.missing("plan"));
  }

  /** A plan that a write may change. */
  ObjectNode editable(String id) {
    ObjectNode plan = find(id);
    if (plan.path("_deleted").booleanValue()) {
      throw Refusal.missing("plan");
    }
    boolean controlled = plan.path("_linked").booleanValue();
    if ((controlled || !Store.is(plan, "_controlled_by", "schematic"))
        && store.holds(Question.ControlledPlan.WRITES_REFUSED)) {
      throw Refusal.invalid("the plan is controlled by another system");
    }
    return plan;
  }

  ObjectNode add(Fields body, String environment) {
    String name = body.need("name", 256);
    String type = body.needChoice("plan_type", TYPES);
    Optional<String> description = body.text("description", 1024);
    if (description.isEmpty() && store.holds(Question.NewPlanDescription.REQUIRED)) {
      throw Refusal.invalid("description is required");
    }
    Optional<String> icon = body.choice("icon", ICONS);
    body.end(store);
    claimName(name, "");
    ObjectNode columns =
        Store.object()
            .put("name", name)
            .put("description", description.orElse(""))
            .put("icon", icon.orElse("blue"))
            .put("plan_type", type)
            .put("_controlled_by", "schematic");
    ObjectNode plan = store.insert(PLANS, columns);
    for (ObjectNode each : store.all(ENVIRONMENTS)) {
      boolean own = Store.is(each, "id", environment);
      if (own || store.holds(Question.FirstDraft.EVERY_ENVIRONMENT)) {
        versions.addDraft(Store.text(plan, "id"), Store.text(each, "id"));
      }
    }
    return plan;
  }

  private void claimName(String name, String owner) {
    boolean taken =
        store.holds(Question.PlanNames.UNIQUE)
            && !store
                .where(PLANS, it -> Store.is(it, "name", name) && !Store.is(it, "id", owner))
                .isEmpty();
    if (taken) {
      throw Refusal.invalid("a plan with this name exists");
    }
  }

  private EmulatorResponse create(Call call) {
    ObjectNode plan = add(call.body(), call.environment());
    return call.created(detail(plan, call));
  }

  private ObjectNode detail(ObjectNode plan, Call call) {
    return view.detail(find(Store.text(plan, "id")), call.environment(), PlanView.Wanted.ALL);
  }

  private EmulatorResponse read(Call call) {
    ObjectNode plan = find(call.path("plan_id"));
    Optional<ObjectNode> named =
        call.query("plan_version_id")
            .map(it -> versions.named(it, Store.text(plan, "id"), call.environment()));
    return call.ok(view.detail(plan, call.environment(), new PlanView.Wanted(named, true, true)));
  }

  private EmulatorResponse rename(Call call) {
    ObjectNode plan = editable(call.path("plan_id"));
    rename(plan, call.environment(), Optional.empty(), call.body());
    return call.ok(detail(plan, call));
  }

  /** Gives the version that holds the texts now; empty when the plan has none here. */
  Optional<ObjectNode> rename(
      ObjectNode plan, String environment, Optional<String> named, Fields body) {
    String id = Store.text(plan, "id");
    ObjectNode texts = Store.object().put("name", body.need("name", 256));
    Optional<String> description = body.text("description", 1024);
    if (description.isPresent() || store.holds(Question.AbsentDescription.CLEARED)) {
      texts.put("description", description.orElse(""));
    }
    body.choice("icon", ICONS).ifPresent(icon -> texts.put("icon", icon));
    body.end(store);
    claimName(Store.text(texts, "name"), id);
    Optional<ObjectNode> edited = versions.edited(id, environment, named);
    if (edited.isEmpty()) {
      store.update(PLANS, plan, texts);
      return edited;
    }
    if (isEqual(edited.get(), texts) && store.holds(Question.EqualWrite.DOES_NOTHING)) {
      return edited;
    }
    ObjectNode version =
        versions.writable(id, environment, named, Question.RenameOfPublished.IN_PLACE);
    ObjectNode changed = store.update(VERSIONS, version, texts);
    boolean waits =
        Store.is(version, "status", "draft") && versions.active(id, environment).isPresent();
    if (!waits) {
      store.update(PLANS, plan, texts);
    }
    return Optional.of(changed);
  }

  private static boolean isEqual(ObjectNode row, ObjectNode columns) {
    return columns.properties().stream().allMatch(it -> it.getValue().equals(row.get(it.getKey())));
  }

  private EmulatorResponse setPrices(Call call) {
    ObjectNode plan = editable(call.path("plan_id"));
    ObjectNode version = products.upsert(plan, call.environment(), Optional.empty(), call.body());
    return call.ok(products.view(plan, version));
  }

  private EmulatorResponse delete(Call call) {
    ObjectNode plan = editable(call.path("plan_id"));
    List<ObjectNode> companies = store.ofPlan(COMPANIES, Store.text(plan, "id"), it -> true);
    boolean here = companies.stream().anyMatch(Store.in(call.environment()));
    if ((here && store.holds(Question.PlanDelete.REFUSED_FOR_CALLERS_ENVIRONMENT))
        || (!companies.isEmpty() && store.holds(Question.PlanDelete.REFUSED_FOR_ANY_ENVIRONMENT))) {
      throw Refusal.invalid("companies are on this plan");
    }
    remove(plan);
    return call.deleted();
  }

  /** The plan goes from every environment; whoever was on it has no plan. */
  void remove(ObjectNode plan) {
    String id = Store.text(plan, "id");
    for (ObjectNode company : store.ofPlan(COMPANIES, id, it -> true)) {
      ObjectNode without = company.deepCopy();
      without.remove(List.of("plan_id", "plan_version_id", "_price"));
      store.put(COMPANIES, without);
    }
    if (store.holds(Question.DeletedPlan.READABLE_BY_ID)) {
      store.update(PLANS, plan, Store.object().put("_deleted", true));
      return;
    }
    store.ofPlan(VERSIONS, id, it -> true).forEach(versions::remove);
    for (Store.Kind kind : List.of(PRODUCTS, PRICES)) {
      store.ofPlan(kind, id, it -> true).forEach(it -> store.remove(kind, Store.text(it, "id")));
    }
    store.remove(PLANS, id);
  }

  private EmulatorResponse upsertLinked(Call call) {
    Fields body = call.body();
    String provider = body.needChoice("billing_provider", PROVIDERS);
    String external = body.need("external_resource_id", 255);
    body.text("external_resource_version", 64);
    String name = body.need("name", 256);
    body.needChoice("plan_type", TYPES);
    if (provider.equals("schematic") && store.holds(Question.LinkToSchematic.REFUSED)) {
      throw Refusal.invalid("billing_provider schematic cannot be linked");
    }
    Optional<ObjectNode> linked =
        store
            .where(
                PLANS,
                it ->
                    Store.is(it.path("billing_linked_resource"), "billing_provider", provider)
                        && Store.is(
                            it.path("billing_linked_resource"), "external_resource_id", external))
            .stream()
            .findFirst();
    if (linked.isPresent()) {
      ObjectNode texts = Store.object().put("name", name);
      body.text("description", 1024).ifPresent(it -> texts.put("description", it));
      return call.created(detail(store.update(PLANS, linked.get(), texts), call));
    }
    ObjectNode plan = add(body, call.environment());
    ObjectNode link = Store.object();
    link.putObject("billing_linked_resource")
        .put("billing_provider", provider)
        .put("external_resource_id", external)
        .put("originator", provider);
    if (store.holds(Question.LinkedPlan.IS_CONTROLLED)) {
      link.put("_controlled_by", provider).put("_linked", true);
    }
    return call.created(detail(store.update(PLANS, plan, link), call));
  }
}
