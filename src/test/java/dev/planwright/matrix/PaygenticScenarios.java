package dev.planwright.matrix;

import static dev.planwright.matrix.SamplePlans.calls;
import static dev.planwright.matrix.SamplePlans.flat;
import static dev.planwright.matrix.SamplePlans.plan;
import static dev.planwright.matrix.SamplePlans.policies;
import static dev.planwright.matrix.SamplePlans.with;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people do with plans, as far as prices without tiers go. */
final class PaygenticScenarios {
  private PaygenticScenarios() {}

  /** A flat price, a setup fee and a price for usage. */
  static CatalogPlan team() {
    return plan(flat("team-monthly", "49.00"), setup("team-setup", "99.00"), calls("0.002"));
  }

  static CatalogPrice setup(String name, String amount) {
    CatalogPlan once =
        PlanDraft.price(name, it -> it.schedule = new CatalogPrice.OneTime())
            .apply(plan(flat(name, amount)));
    return once.prices().getFirst();
  }

  static CatalogPrice share(String name, String rate) {
    return SamplePlans.price(
        name,
        new PriceModel.Percentage(
            "payments",
            new BigDecimal(rate),
            BigDecimal.ZERO,
            0,
            Optional.empty(),
            Optional.empty()));
  }

  /** So many calls a month. */
  static CatalogPlan entitled(CatalogPlan plan, int calls) {
    return PlanDraft.edit(
            it ->
                it.entitlements =
                    calls == 0
                        ? List.of()
                        : List.of(
                            new Entitlement(
                                "api-calls",
                                new Entitlement.Limit(
                                    BigDecimal.valueOf(calls),
                                    Optional.of(Interval.Unit.MONTH),
                                    true),
                                Optional.empty())))
        .apply(plan);
  }

  static List<Scenario> possible() {
    CatalogPlan dearer =
        plan(flat("team-monthly", "59.00"), setup("team-setup", "99.00"), calls("0.002"));
    CatalogPlan otherPrices =
        plan(flat("team-monthly", "49.00"), calls("0.003"), share("team-share", "2.5"));
    CatalogPlan otherNames =
        plan(flat("team-base", "49.00"), setup("team-setup", "99.00"), calls("0.002"));
    CatalogPlan usage = plan(calls("0.002"), share("team-share", "2.5"));
    Policies migrate = with(Policies.ExistingSubscribers.MIGRATE);
    List<Scenario> all = new ArrayList<>();
    all.add(Scenario.create("create a plan with 3 prices", team(), policies()));
    all.add(Scenario.create("create a plan with usage only", usage, policies()));
    all.add(Scenario.edit("change an amount", team(), dearer, policies()));
    all.add(Scenario.edit("change an amount", team(), dearer, migrate).withSubscriber());
    all.add(Scenario.edit("add, change and remove prices", team(), otherPrices, policies()));
    all.add(
        Scenario.edit("add, change and remove prices", team(), otherPrices, migrate)
            .withSubscriber());
    all.add(Scenario.edit("rename a price", team(), otherNames, policies()));
    all.add(
        Scenario.edit(
            "change the name", team(), SamplePlans.renamed(team(), "Team XL"), policies()));
    all.add(Scenario.recreate("make again what was deleted", team()));
    all.add(Scenario.create("create with entitlements", entitled(team(), 1000), policies()));
    all.add(
        Scenario.edit(
            "change entitlements",
            entitled(team(), 1000),
            entitled(team(), 5000),
            with(Policies.ExistingSubscribers.KEEP)));
    all.add(
        Scenario.edit("remove entitlements", entitled(team(), 1000), team(), migrate)
            .withSubscriber());
    return all;
  }

  /** No key leads to a plan without our mark: who takes it over names its id. */
  static List<Scenario> adoptions(String id) {
    CatalogPlan dearer =
        plan(flat("team-monthly", "59.00"), setup("team-setup", "99.00"), calls("0.002"));
    return List.of(
        Scenario.adopt(
            "adopt under IfEqual", team(), named(team(), id), with(Policies.Adoption.IF_EQUAL)),
        Scenario.adopt(
            "adopt under Always", team(), named(dearer, id), with(Policies.Adoption.ALWAYS)));
  }

  /** The same, with the id of what it takes over. */
  static CatalogPlan named(CatalogPlan p, String id) {
    return new CatalogPlan(
        p.identity(),
        p.namespace(),
        p.name(),
        Optional.of(id),
        p.displayName(),
        p.invoiceDisplayName(),
        p.description(),
        p.imageUrl(),
        p.type(),
        p.pricing(),
        p.lifecycle(),
        p.product(),
        p.parentPlan(),
        p.compatibleAddOns(),
        p.defaultPrice(),
        p.trial(),
        p.entitlements(),
        p.creditGrants(),
        p.minimumCommitments(),
        p.usageThresholds(),
        p.tax(),
        p.metadata(),
        p.prices());
  }

  /** Deletion in every way: a plan stays where it is. */
  static List<Scenario> refused() {
    return List.of(
        Scenario.remove("delete", team(), with(Policies.Deletion.DELETE)).refused(),
        Scenario.remove("archive on deletion", team(), with(Policies.Deletion.ARCHIVE)).refused());
  }

  /** The same of a plan that Paygentic can have. */
  static Scenario withoutTiers(Scenario scenario) {
    Scenario.Goal goal =
        switch (scenario.goal()) {
          case Scenario.Reach reach -> new Scenario.Reach(SamplePlans.archived(team()));
          case Scenario.Remove(CatalogPlan plan, Policies.Deletion policy) ->
              new Scenario.Remove(team(), policy);
        };
    return new Scenario(
        scenario.name(),
        Optional.of(team()),
        scenario.between(),
        scenario.forgotten(),
        goal,
        scenario.then(),
        scenario.policies(),
        scenario.end());
  }
}
