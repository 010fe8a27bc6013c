package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.COMPANIES;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Optional;

/** Plans by the list, their count and their problems. */
final class PlanLists {
  private final Store store;
  private final Versions versions;
  private final Plans plans;
  private final PlanView view;
  private final Entitlements entitlements;
  private final Paging paging;
  private final Troubles troubles;

  PlanLists(
      Store store,
      Versions versions,
      Plans plans,
      PlanView view,
      Entitlements entitlements,
      Paging paging,
      Troubles troubles) {
    this.store = store;
    this.versions = versions;
    this.plans = plans;
    this.view = view;
    this.entitlements = entitlements;
    this.paging = paging;
    this.troubles = troubles;
  }

  /** Before the routes of single plans: {@code count} is no plan's id. */
  void addTo(Router router) {
    router.add("GET", "/plans", this::list);
    router.add("GET", "/plans/count", call -> paging.count(call, matching(call).size()));
    router.add("GET", "/plans/issues", this::issues);
    router.add("GET", "/companies/count", this::countCompanies);
  }

  private EmulatorResponse list(Call call) {
    boolean drafts =
        call.flag("include_draft_versions")
            || store.holds(Question.ListWithoutDrafts.OMITS_NOTHING);
    var wanted = new PlanView.Wanted(Optional.empty(), call.flag("with_entitlements"), drafts);
    return paging.page(call, matching(call), plan -> view.detail(plan, call.environment(), wanted));
  }

  private List<ObjectNode> matching(Call call) {
    List<String> ids = call.several("ids");
    if (ids.size() > 100) {
      throw Refusal.invalid("ids must have at most 100 elements");
    }
    return store.where(
        PLANS,
        plan ->
            !plan.path("_deleted").booleanValue()
                && (ids.isEmpty() || ids.contains(Store.text(plan, "id")))
                && paging.matches(call, Store.text(plan, "name"))
                && call.query("plan_type").filter(it -> !Store.is(plan, "plan_type", it)).isEmpty()
                && isOfWantedCompany(call, plan)
                && isPublishedEnough(call, plan)
                && hasWantedContent(call, plan));
  }

  private static boolean isOfWantedCompany(Call call, ObjectNode plan) {
    boolean custom = plan.hasNonNull("company_id");
    return !(custom && call.flag("exclude_company_scoped"))
        && (custom || !call.flag("company_scoped_only"))
        && call.query("scoped_to_company_id")
            .filter(it -> custom && !Store.is(plan, "company_id", it))
            .isEmpty();
  }

  private boolean isPublishedEnough(Call call, ObjectNode plan) {
    return call.flag("include_draft_versions")
        || !store.holds(Question.ListWithoutDrafts.OMITS_UNPUBLISHED_PLANS)
        || versions.active(Store.text(plan, "id"), call.environment()).isPresent();
  }

  private boolean hasWantedContent(Call call, ObjectNode plan) {
    Optional<ObjectNode> shown = versions.shown(Store.text(plan, "id"), call.environment());
    boolean hasProduct =
        shown
            .map(BillingProducts::settings)
            .filter(it -> !Store.text(it, "product").isEmpty())
            .isPresent();
    return call.query("has_product_id").filter(it -> hasProduct != it.equals("true")).isEmpty()
        && call.query("without_entitlement_for")
            .filter(
                feature ->
                    shown.map(entitlements::on).orElse(List.of()).stream()
                        .anyMatch(row -> Store.is(row, "feature_id", feature)))
            .isEmpty();
  }

  /** Codes are opaque: the vendor names none. */
  private EmulatorResponse issues(Call call) {
    String id = call.query("plan_id").orElseThrow(() -> Refusal.invalid("plan_id is required"));
    plans.find(id);
    Optional<ObjectNode> version =
        call.query("plan_version_id")
            .map(it -> versions.named(it, id, call.environment()))
            .or(() -> versions.shown(id, call.environment()));
    ArrayNode issues = JsonNodeFactory.instance.arrayNode();
    ObjectNode settings = version.map(BillingProducts::settings).orElseGet(BillingProducts::unset);
    String charge = Store.text(settings, "charge_type");
    boolean paid = charge.equals("recurring") || charge.equals("one_time");
    if (paid && settings.path("prices").isEmpty()) {
      issue(issues, "missing_price", "The plan has a charge type but no price");
    }
    if (paid && troubles.withoutStripe.contains(call.environment())) {
      issue(issues, "missing_integration", "No Stripe account is connected");
    }
    return call.ok(issues);
  }

  private static void issue(ArrayNode issues, String code, String description) {
    issues.addObject().put("code", code).put("description", description);
  }

  private EmulatorResponse countCompanies(Call call) {
    if (troubles.companiesHidden) {
      throw Refusal.of(403, "this API key may not read companies");
    }
    List<String> plansWanted = call.several("plan_ids");
    List<String> versionsWanted = call.several("plan_version_ids");
    List<ObjectNode> found =
        store.where(
            COMPANIES,
            it ->
                Store.is(it, "environment_id", call.environment())
                    && call.query("plan_id").filter(p -> !Store.is(it, "plan_id", p)).isEmpty()
                    && call.query("plan_version_id")
                        .filter(v -> !Store.is(it, "plan_version_id", v))
                        .isEmpty()
                    && (plansWanted.isEmpty() || plansWanted.contains(Store.text(it, "plan_id")))
                    && (versionsWanted.isEmpty()
                        || versionsWanted.contains(Store.text(it, "plan_version_id")))
                    && !(call.flag("without_plan") && it.has("plan_id"))
                    && !(call.flag("plan_version_unpublished") && isOnPublished(it)));
    return paging.count(call, found.size());
  }

  private boolean isOnPublished(ObjectNode company) {
    return store
        .find(VERSIONS, Store.text(company, "plan_version_id"))
        .filter(it -> Store.is(it, "status", "published"))
        .isPresent();
  }
}
