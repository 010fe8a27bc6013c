package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.COMPANIES;
import static dev.planwright.emulator.schematic.Store.Kind.ENVIRONMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.GRANTS;
import static dev.planwright.emulator.schematic.Store.Kind.PRICES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A plan as a caller of one environment sees it. */
final class PlanView {
  /**
   * What a caller wants to see.
   *
   * @param named the version whose billing settings are shown, in place of the usual one
   */
  record Wanted(Optional<ObjectNode> named, boolean entitlements, boolean drafts) {
    static final Wanted ALL = new Wanted(Optional.empty(), true, true);
  }

  private static final List<String> TEXTS =
      List.of("id", "name", "description", "icon", "plan_type", "created_at", "updated_at");

  private final Store store;
  private final Versions versions;
  private final BillingProducts products;
  private final Entitlements entitlements;
  private final Credits credits;
  private final Catalogs catalogs;

  PlanView(
      Store store,
      Versions versions,
      BillingProducts products,
      Entitlements entitlements,
      Credits credits,
      Catalogs catalogs) {
    this.store = store;
    this.versions = versions;
    this.products = products;
    this.entitlements = entitlements;
    this.credits = credits;
    this.catalogs = catalogs;
  }

  /** The plan without billing, as other objects show it. */
  static ObjectNode brief(ObjectNode plan) {
    ObjectNode view = Store.object();
    TEXTS.forEach(column -> view.set(column, plan.get(column)));
    copy(plan, view, "company_id");
    return view;
  }

  ObjectNode detail(ObjectNode plan, String environment, Wanted wanted) {
    String id = Store.text(plan, "id");
    ObjectNode view = brief(plan);
    view.put("controlled_by", Store.text(plan, "_controlled_by")).put("is_default", false);
    copy(plan, view, "billing_linked_resource");
    addVersions(view, id, environment, wanted.drafts());
    Optional<ObjectNode> shown = wanted.named().or(() -> versions.shown(id, environment));
    addBilling(view, shown, id, environment);
    view.put("company_count", companies(id, environment));
    view.set("catalogs", catalogs.of(id));
    addContent(view, shown, wanted.entitlements());
    return view;
  }

  private int companies(String plan, String environment) {
    return store.ofPlan(COMPANIES, plan, Store.in(environment)).size();
  }

  private void addVersions(ObjectNode view, String plan, String environment, boolean drafts) {
    versions.active(plan, environment).ifPresent(it -> view.set("active_version", show(it)));
    if (drafts) {
      versions.draft(plan, environment).ifPresent(it -> view.set("draft_version", show(it)));
    }
    ArrayNode all = view.putArray("versions");
    List<String> environments =
        store.holds(Question.VersionsShown.CALLERS_ENVIRONMENT)
            ? List.of(environment)
            : store.all(ENVIRONMENTS).stream().map(it -> Store.text(it, "id")).toList();
    for (String each : environments) {
      versions.of(plan, each).stream()
          .filter(it -> drafts || !Store.is(it, "status", "draft"))
          .forEach(it -> all.add(show(it)));
    }
  }

  private ObjectNode show(ObjectNode version) {
    return versions.view(version);
  }

  private void addBilling(
      ObjectNode view, Optional<ObjectNode> shown, String plan, String environment) {
    ObjectNode settings = shown.map(BillingProducts::settings).orElseGet(BillingProducts::unset);
    for (String name : List.of("charge_type", "billing_strategy", "is_trialable", "trial_days")) {
      copy(settings, view, name);
    }
    view.put("is_free", Store.is(settings, "charge_type", "free"));
    String currency = Store.text(settings, "currency");
    addPrices(view, settings.path("prices").path(currency));
    ArrayNode all = view.putArray("currency_prices");
    settings
        .path("prices")
        .properties()
        .forEach(
            row -> {
              boolean isDefault = row.getKey().equals(currency);
              if (!isDefault || store.holds(Question.DefaultCurrencyRead.REPEATED)) {
                addPrices(all.addObject().put("currency", row.getKey()), row.getValue());
              }
            });
    shown
        .flatMap(products::product)
        .ifPresent(
            it -> view.set("billing_product", product(it, settings, companies(plan, environment))));
  }

  private void addPrices(ObjectNode view, JsonNode references) {
    for (Cadence cadence : Cadence.values()) {
      find(references.path(cadence.name()))
          .ifPresent(it -> view.set(cadence.word() + "_price", BillingProducts.priceView(it)));
    }
  }

  private Optional<ObjectNode> find(JsonNode reference) {
    return store.find(PRICES, Store.text(reference, "id"));
  }

  private ObjectNode product(ObjectNode product, ObjectNode settings, int subscriptions) {
    ObjectNode view = productView(product);
    ArrayNode prices = view.putArray("prices");
    for (JsonNode currency : settings.path("prices")) {
      for (JsonNode reference : currency) {
        find(reference).ifPresent(it -> prices.add(BillingProducts.priceView(it)));
      }
    }
    return view.put("subscription_count", subscriptions);
  }

  static ObjectNode productView(ObjectNode product) {
    ObjectNode view = Store.shown(product);
    view.set("product_id", view.remove("id"));
    view.remove("plan_id");
    return view;
  }

  private void addContent(ObjectNode view, Optional<ObjectNode> shown, boolean withEntitlements) {
    ArrayNode features = view.putArray("features");
    ArrayNode grants = view.putArray("included_credit_grants");
    ArrayNode used = view.putArray("credits");
    ArrayNode entitled = Store.object().putArray("entitlements");
    if (shown.isPresent()) {
      for (ObjectNode row : entitlements.on(shown.get())) {
        entitled.add(entitlements.view(row));
        features.add(entitlements.features().inPlan(Store.text(row, "feature_id")));
      }
      for (ObjectNode grant : versions.children(GRANTS, shown.get())) {
        grants.add(credits.grantView(grant));
        used.add(credits.view(Store.text(grant, "credit_id")));
      }
    }
    if (withEntitlements) {
      view.set("entitlements", entitled);
    }
  }

  private static void copy(ObjectNode from, ObjectNode to, String column) {
    if (from.hasNonNull(column)) {
      to.set(column, from.get(column));
    }
  }
}
