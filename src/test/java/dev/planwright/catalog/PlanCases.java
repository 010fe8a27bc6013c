package dev.planwright.catalog;

import static dev.planwright.catalog.CompilerCases.team;

import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.catalog.CompilerCases.Case;
import java.util.List;

/** Mistakes in a Plan alone. */
final class PlanCases {
  private PlanCases() {}

  static List<Case> all() {
    String entitlement = "spec.entitlements[1]";
    return List.of(
        team(
            "a key has 255 characters at most",
            Rule.KEY_FORMAT,
            "spec.key",
            "'" + "k".repeat(300) + "'"),
        team("a key has no blanks", Rule.KEY_FORMAT, "spec.key", "'my team'"),
        team("a key is not empty", Rule.KEY_FORMAT, "spec.key", "''"),
        team(
            "a key stays what it was",
            Rule.KEY_IMMUTABLE,
            "spec.key",
            "spec.key",
            "team2",
            "Plan team status.key: team"),
        team(
            "a backend stays what it was",
            Rule.BACKEND_REF_IMMUTABLE,
            "spec.backendRef",
            "spec.backendRef",
            "{name: other}",
            "Plan team status.backend: default"),
        team(
            "no plan is its own parent",
            Rule.PARENT_IS_ANOTHER,
            "spec.parentPlanRef.name",
            "spec.parentPlanRef",
            "{name: team}"),
        team(
            "two plans are not each other's parents",
            Rule.PARENT_IS_ANOTHER,
            "spec.parentPlanRef.name",
            "spec.parentPlanRef",
            "{name: starter}",
            "Plan starter spec.parentPlanRef: {name: team}"),
        team(
            "a circle further up is one too",
            Rule.PARENT_IS_ANOTHER,
            "spec.parentPlanRef.name",
            "spec.parentPlanRef",
            "{name: starter}",
            "Plan starter spec.parentPlanRef: {name: extra}",
            "Plan extra spec.parentPlanRef: {name: starter}"),
        team(
            "a parent is sold on the same account",
            Rule.SAME_BACKEND,
            "spec.parentPlanRef.name",
            "spec.parentPlanRef",
            "{name: starter}",
            "Plan starter spec.backendRef: {name: other}"),
        team(
            "no plan is its own add-on",
            Rule.ADD_ON_IS_ANOTHER,
            "spec.compatibleAddOns[0].name",
            "spec.compatibleAddOns",
            "[{name: team}]"),
        team(
            "an add-on is of that type",
            Rule.ADD_ON_TYPE,
            "spec.compatibleAddOns[0].name",
            "spec.compatibleAddOns",
            "[{name: starter}]"),
        team(
            "an add-on is named once",
            Rule.ADD_ONS_UNIQUE,
            "spec.compatibleAddOns[1].name",
            "spec.compatibleAddOns",
            "[{name: extra}, {name: extra}]"),
        team(
            "an add-on has no add-ons",
            Rule.ADD_ON_HAS_NO_ADD_ONS,
            "spec.compatibleAddOns",
            "spec.compatibleAddOns",
            "[{name: extra}]",
            "Plan team spec.type: AddOn"),
        team(
            "a price is required once",
            Rule.REQUIRED_PRICES_UNIQUE,
            "spec.requiredPrices[1]",
            "spec.requiredPrices",
            "[monthly, monthly]"),
        team(
            "the default price is a required one",
            Rule.DEFAULT_PRICE_REQUIRED,
            "spec.defaultPrice",
            "spec.defaultPrice",
            "calls",
            "Plan team spec.requiredPrices: [monthly]"),
        team(
            "a feature is entitled once",
            Rule.ENTITLEMENT_UNIQUE,
            entitlement + ".feature",
            "spec.entitlements.1.feature",
            "seats"),
        team(
            "an entitlement is of one kind",
            Rule.ENTITLEMENT_ONE_KIND,
            entitlement,
            "spec.entitlements.1",
            "{feature: sso, enabled: true, value: x}"),
        team(
            "an entitlement is of a kind at all",
            Rule.ENTITLEMENT_ONE_KIND,
            entitlement,
            "spec.entitlements.1",
            "{feature: sso, unlimited: false}"),
        team(
            "only a limit is reset",
            Rule.ENTITLEMENT_LIMIT_WORDS,
            entitlement,
            "spec.entitlements.1",
            "{feature: sso, enabled: true, reset: Month}"),
        team(
            "only a limit is soft",
            Rule.ENTITLEMENT_LIMIT_WORDS,
            entitlement,
            "spec.entitlements.1",
            "{feature: sso, unlimited: true, soft: true}"),
        team(
            "a limit is not negative",
            Rule.QUANTITY_RANGE,
            "spec.entitlements[0].limit",
            "spec.entitlements.0.limit",
            "-1"),
        team(
            "a mode is for add-ons",
            Rule.ENTITLEMENT_MODE_ADD_ON,
            "spec.entitlements[0].mode",
            "spec.entitlements.0.mode",
            "Override"),
        team(
            "only a limit is incremented",
            Rule.ENTITLEMENT_INCREMENT_LIMIT,
            entitlement + ".mode",
            "spec.entitlements.1.mode",
            "Increment",
            "Plan team spec.type: AddOn"),
        team("a trial has days", Rule.TRIAL_DAYS, "spec.trial.days", "spec.trial", "{days: 0}"),
        team("a trial ends", Rule.TRIAL_DAYS, "spec.trial.days", "spec.trial", "{days: 731}"),
        team(
            "a trial says its days",
            Rule.REQUIRED,
            "spec.trial.days",
            "spec.trial",
            "{onEnd: Cancel}"),
        CompilerCases.wrong(
            "nobody tries what is free",
            Rule.TRIAL_NEEDS_PAID,
            "Plan shop/starter",
            "spec.trial",
            "Plan starter spec.pricing: Free",
            "Plan starter spec.trial: {days: 7}"),
        CompilerCases.wrong(
            "nobody commits to what is free",
            Rule.FREE_HAS_NO_COMMITMENT,
            "Plan shop/starter",
            "spec.minimumCommitments",
            "Plan starter spec.pricing: Free",
            "Plan starter spec.minimumCommitments: [{amount: '1', currency: USD, every: Month}]"),
        team(
            "a commitment is there once",
            Rule.COMMITMENT_UNIQUE,
            "spec.minimumCommitments[1]",
            "spec.minimumCommitments",
            "[{amount: '1', currency: USD, every: Month}, {amount: '2', currency: USD, every: Month}]"),
        team(
            "a commitment has a period",
            Rule.REQUIRED,
            "spec.minimumCommitments[0].every",
            "spec.minimumCommitments",
            "[{amount: '1', currency: USD}]"),
        team(
            "a threshold is above zero",
            Rule.THRESHOLD_POSITIVE,
            "spec.usageThresholds[0].amount",
            "spec.usageThresholds",
            "[{amount: '0.00', currency: USD}]"),
        team("a tax says something", Rule.TAX_SAYS_SOMETHING, "spec.tax", "spec.tax", "{}"));
  }
}
