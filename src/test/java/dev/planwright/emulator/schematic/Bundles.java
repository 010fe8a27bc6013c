package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Optional;

/** A plan, its prices, entitlements and grants in one call: a list of actions, no replacement. */
final class Bundles {
  private static final List<String> ACTIONS = List.of("create", "update", "delete");

  private final Store store;
  private final Versions versions;
  private final Plans plans;
  private final BillingProducts products;
  private final Entitlements entitlements;
  private final Credits credits;

  Bundles(
      Store store,
      Versions versions,
      Plans plans,
      BillingProducts products,
      Entitlements entitlements,
      Credits credits) {
    this.store = store;
    this.versions = versions;
    this.plans = plans;
    this.products = products;
    this.entitlements = entitlements;
    this.credits = credits;
  }

  void addTo(Router router) {
    router.add("POST", "/plan-bundles", this::create);
    router.add("PUT", "/plan-bundles/{plan_id}", this::update);
  }

  private EmulatorResponse create(Call call) {
    Fields body = call.body();
    body.needArray("entitlements");
    ObjectNode plan = plans.add(body.needObject("plan"), call.environment());
    keep();
    ObjectNode answer = Store.object();
    act(call, body, plan, Optional.empty(), answer);
    return call.created(answered(answer, plan, call));
  }

  private EmulatorResponse update(Call call) {
    Fields body = call.body();
    body.needArray("entitlements");
    ObjectNode plan = plans.editable(call.path("plan_id"));
    Optional<String> named = body.text("plan_version_id", 255);
    Optional<ObjectNode> renamed =
        plans.rename(plan, call.environment(), named, body.needObject("plan"));
    keep();
    ObjectNode answer = Store.object();
    act(call, body, plans.find(call.path("plan_id")), following(named, renamed), answer);
    return call.ok(answered(answer, plan, call));
  }

  /** A draft that one part of the bundle has opened holds the parts after it too. */
  private static Optional<String> following(Optional<String> named, Optional<ObjectNode> written) {
    return written
        .filter(it -> Store.is(it, "status", "draft"))
        .map(it -> Store.text(it, "id"))
        .or(() -> named);
  }

  private void act(
      Call call, Fields body, ObjectNode plan, Optional<String> first, ObjectNode answer) {
    Optional<String> named = first;
    Optional<Fields> product = body.object("billing_product");
    List<Fields> rows = body.objects("entitlements", 100);
    List<Fields> grants = body.objects("credit_grants", 100);
    body.end(store);
    if (product.isPresent()) {
      ObjectNode version = products.upsert(plan, call.environment(), named, product.get());
      answer.set("billing_product", products.view(plan, version));
      named = following(named, Optional.of(version));
      keep();
    }
    ArrayNode entitled = answer.putArray("entitlements");
    for (Fields row : rows) {
      entitle(call, plan, named, row).ifPresent(it -> entitled.add(entitlements.view(it)));
      keep();
    }
    ArrayNode granted = answer.putArray("credit_grants");
    for (Fields row : grants) {
      grant(call, plan, named, row).ifPresent(it -> granted.add(credits.grantView(it)));
      keep();
    }
  }

  private Optional<ObjectNode> entitle(
      Call call, ObjectNode plan, Optional<String> named, Fields row) {
    String environment = call.environment();
    return switch (row.needChoice("action", ACTIONS)) {
      case "create" ->
          Optional.of(entitlements.add(plan, environment, row.needObject("req"), named));
      case "update" -> {
        ObjectNode old = entitlements.find(row.need("entitlement_id", 255), environment);
        yield Optional.of(entitlements.update(old, environment, row.needObject("req")));
      }
      default -> {
        entitlements.remove(
            entitlements.find(row.need("entitlement_id", 255), environment), environment);
        yield Optional.empty();
      }
    };
  }

  private Optional<ObjectNode> grant(
      Call call, ObjectNode plan, Optional<String> named, Fields row) {
    String environment = call.environment();
    return switch (row.needChoice("action", ACTIONS)) {
      case "create" ->
          Optional.of(credits.add(plan, environment, row.needObject("create_req"), named));
      case "update" -> {
        ObjectNode old = credits.find(row.need("credit_grant_id", 255), environment);
        yield Optional.of(credits.update(old, environment, row.needObject("update_req")));
      }
      default -> {
        credits.remove(credits.find(row.need("credit_grant_id", 255), environment), environment);
        yield Optional.empty();
      }
    };
  }

  private void keep() {
    if (store.holds(Question.BundleFailure.KEEPS_WHAT_WAS_DONE)) {
      store.commit();
    }
  }

  private ObjectNode answered(ObjectNode answer, ObjectNode plan, Call call) {
    String id = Store.text(plan, "id");
    answer.set("plan", PlanView.brief(plans.find(id)));
    versions
        .draft(id, call.environment())
        .or(() -> versions.active(id, call.environment()))
        .ifPresent(it -> answer.set("plan_version", versions.view(it)));
    return answer;
  }
}
