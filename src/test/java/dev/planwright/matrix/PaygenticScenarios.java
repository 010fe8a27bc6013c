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
import dev.planwright.catalog.Reason;
import java.math.BigDecimal;
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

  /**
   * @param id of the first plan that is made: no key leads to a plan without our mark, so that
   *     whoever takes one over names its id
   */
  static List<Scenario> all(String id) {
    CatalogPlan team = team();
    CatalogPlan dearer =
        plan(flat("team-monthly", "59.00"), setup("team-setup", "99.00"), calls("0.002"));
    CatalogPlan otherPrices =
        plan(flat("team-monthly", "49.00"), calls("0.003"), share("team-share", "2.5"));
    CatalogPlan otherNames =
        plan(flat("team-base", "49.00"), setup("team-setup", "99.00"), calls("0.002"));
    CatalogPlan used =
        plan(flat("team-monthly", "49.00"), calls("0.002"), share("team-share", "2.5"));
    CatalogPlan usedLess = plan(flat("team-monthly", "49.00"), calls("0.003"));
    CatalogPlan usedOtherwise =
        plan(flat("team-monthly", "49.00"), calls("0.003"), share("team-cut", "2.5"));
    CatalogPlan entitled = entitled(team, 1000);
    Policies migrate = with(Policies.ExistingSubscribers.MIGRATE);
    return Repertoire.shared()
        .with("create a plan with 3 prices", team)
        .with("change an amount", team, dearer)
        .with("change an amount, 1 subscriber", team, dearer)
        .with("add, change and remove prices", team, otherPrices)
        .with("add, change and remove prices, 1 subscriber", team, otherPrices)
        .with("rename a price", team, otherNames)
        .with("change the name", team, SamplePlans.renamed(team, "Team XL"))
        .with("adopt under IfEqual", team, SamplePlans.taking(team, id))
        .with("adopt under Always", team, SamplePlans.taking(dearer, id))
        .with("leave alone under Never", team, SamplePlans.taking(team, id))
        .with("make again what was deleted", team)
        .with("add and change usage prices", usedLess, used)
        .with("change and remove usage prices", used, usedLess)
        .with("change and rename usage prices, 1 subscriber", used, usedOtherwise)
        .with("create with entitlements", entitled)
        .with("change entitlements", entitled, entitled(team, 5000))
        .with("change entitlements, 1 subscriber", entitled, entitled(team, 5000))
        // A plan stays where it is.
        .with("delete", team)
        .with("delete while it is created", team)
        .with("delete as soon as it is there", team)
        .with("delete with entitlements", entitled)
        .with("delete with commitment and thresholds", team, Scenarios.withAmounts(team))
        .refusing(
            new Scenario.Blocked(Reason.NOT_EXPRESSIBLE, "cannot delete a plan"),
            "delete",
            "delete while it is created",
            "delete as soon as it is there",
            "delete with entitlements",
            "delete with commitment and thresholds")
        .with("archive", team, SamplePlans.archived(team))
        .refusing(new Scenario.Inexpressible("spec.lifecycle"), "archive")
        .with("archive on deletion", team)
        .with("archive while it is created", team)
        .with("archive as soon as it is there", team)
        .refusing(
            new Scenario.Blocked(Reason.NOT_EXPRESSIBLE, "cannot archive a plan"),
            "archive on deletion",
            "archive while it is created",
            "archive as soon as it is there")
        .with("create with commitment and thresholds", Scenarios.withAmounts(team))
        .with("create with commitment and thresholds, drift reverted", Scenarios.withAmounts(team))
        .with("change commitment and thresholds", team, Scenarios.withAmounts(team))
        .with("change commitment and thresholds, drift reverted", team, Scenarios.withAmounts(team))
        .refusing(
            new Scenario.Inexpressible("spec.minimumCommitments[USD]", "spec.usageThresholds[USD]"),
            "create with commitment and thresholds",
            "create with commitment and thresholds, drift reverted",
            "change commitment and thresholds",
            "change commitment and thresholds, drift reverted")
        .and(
            Scenario.create(
                "create a plan with usage only",
                plan(calls("0.002"), share("team-share", "2.5")),
                policies()),
            Scenario.edit("remove entitlements", entitled, team, migrate).withSubscriber(),
            Scenario.create("create a plan with tiers", SamplePlans.team(), policies())
                .ending(new Scenario.Inexpressible("spec.volume")),
            Scenario.create(
                    "create with a switch and a number",
                    SamplePlans.entitled(team, true, 10),
                    policies())
                .ending(
                    new Scenario.Inexpressible(
                        "spec.entitlements[sso]",
                        "spec.entitlements[seats]",
                        "spec.entitlements[seats].reset")))
        .scenarios();
  }
}
