package dev.planwright.catalog;

import static dev.planwright.catalog.CompilerCases.REMOVED;
import static dev.planwright.catalog.CompilerCases.monthly;
import static dev.planwright.catalog.CompilerCases.priced;

import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.catalog.CompilerCases.Case;
import java.util.List;

/** Mistakes in a Price alone. */
final class PriceCases {
  private PriceCases() {}

  static List<Case> all() {
    String tiers = "spec.graduated.tiers";
    return List.of(
        monthly("a price has a plan", Rule.REQUIRED, "spec.planRef", REMOVED),
        monthly("a price has a model", Rule.ONE_MODEL, "spec", "spec.flat", REMOVED),
        monthly(
            "a price has one model only", Rule.ONE_MODEL, "spec", "spec.dynamic", "{metric: x}"),
        monthly(
            "a price recurs or it doesn't",
            Rule.RECURRING_OR_ONE_TIME,
            "spec",
            "spec.recurring",
            REMOVED),
        monthly(
            "a price doesn't do both", Rule.RECURRING_OR_ONE_TIME, "spec", "spec.oneTime", "{}"),
        priced(
            "calls",
            "usage is never paid once",
            Rule.USAGE_NEEDS_RECURRING,
            "spec.recurring",
            "spec.recurring",
            REMOVED,
            "Price calls spec.oneTime: {}"),
        monthly("a period is at least one unit", Rule.RECURRING_COUNT, "spec.recurring.count", "0"),
        monthly(
            "a period is at most a thousand", Rule.RECURRING_COUNT, "spec.recurring.count", "1001"),
        monthly("a period has a unit", Rule.REQUIRED, "spec.recurring.interval", REMOVED),
        priced(
            "calls",
            "usage is counted by a metric",
            Rule.METERED_NEEDS_METRIC,
            "spec.perUnit.metric",
            REMOVED),
        priced("calls", "a unit has a price", Rule.PER_UNIT_AMOUNT, "spec.perUnit.amount", REMOVED),
        priced(
            "calls",
            "what no filter matches has a price",
            Rule.PER_UNIT_AMOUNT,
            "spec.perUnit.amount",
            "spec.perUnit",
            "{metric: m, filters: [{key: r, values: [eu], amount: '1'}], unmatched: BaseAmount}"),
        priced(
            "calls",
            "the least is not more than the most",
            Rule.UNIT_RANGE,
            "spec.perUnit.minUnits",
            "spec.perUnit",
            "{usageType: Licensed, amount: '1', minUnits: 5, maxUnits: 4}"),
        priced(
            "calls", "usage has no least", Rule.UNITS_ARE_LICENSED, "spec.perUnit.minUnits", "5"),
        priced("calls", "usage has no most", Rule.UNITS_ARE_LICENSED, "spec.perUnit.maxUnits", "5"),
        priced(
            "calls",
            "filters say what else costs",
            Rule.FILTERS_UNMATCHED,
            "spec.perUnit.unmatched",
            "spec.perUnit.filters",
            "[{key: r, values: [eu], amount: '1'}]"),
        priced(
            "calls",
            "without filters all is matched",
            Rule.FILTERS_UNMATCHED,
            "spec.perUnit.unmatched",
            "NotBilled"),
        priced(
            "calls",
            "seats have no filters",
            Rule.FILTERS_ARE_METERED,
            "spec.perUnit.filters",
            "spec.perUnit",
            "{usageType: Licensed, filters: [{key: r, values: [eu], amount: '1'}], unmatched: NotBilled}"),
        priced(
            "calls",
            "a value has one amount",
            Rule.FILTERS_DISTINCT,
            "spec.perUnit.filters[1].values[0]",
            "spec.perUnit",
            "{metric: m, filters: [{key: r, values: [eu], amount: '1'}, {key: r, values: [eu], amount: '2'}], unmatched: NotBilled}"),
        priced(
            "calls",
            "a filter has values",
            Rule.REQUIRED,
            "spec.perUnit.filters[0].values",
            "spec.perUnit",
            "{metric: m, filters: [{key: r, amount: '1'}], unmatched: NotBilled}"),
        priced("gb", "there is a tier", Rule.TIERS_PRESENT, tiers, "[]"),
        priced(
            "gb",
            "tiers rise",
            Rule.TIERS_RISING,
            tiers + "[1].upTo",
            "spec.graduated.tiers.1.upTo",
            "5"),
        priced(
            "gb",
            "tiers rise strictly",
            Rule.TIERS_RISING,
            tiers + "[1].upTo",
            "spec.graduated.tiers.1.upTo",
            "10"),
        priced(
            "gb",
            "only the last tier is open",
            Rule.TIERS_LAST_OPEN,
            tiers + "[1].upTo",
            "spec.graduated.tiers.1",
            "{unitAmount: '1'}"),
        priced(
            "gb",
            "the last tier is open",
            Rule.TIERS_LAST_OPEN,
            tiers + "[2].upTo",
            "spec.graduated.tiers.2.upTo",
            "99"),
        priced(
            "gb",
            "an empty amount is not zero",
            Rule.AMOUNT_FORMAT,
            tiers + "[1].unitAmount",
            "spec.graduated.tiers.1.unitAmount",
            "''"),
        priced(
            "card",
            "an empty least is not none",
            Rule.AMOUNT_FORMAT,
            "spec.percentage.minAmount",
            "''"),
        priced(
            "gb",
            "a tier holds something",
            Rule.QUANTITY_RANGE,
            tiers + "[0].upTo",
            "spec.graduated.tiers.0.upTo",
            "0"),
        priced(
            "gb",
            "a tier costs something that is said",
            Rule.TIER_HAS_AMOUNT,
            tiers + "[2]",
            "spec.graduated.tiers.2",
            "{}"),
        priced(
            "wire",
            "slices rise",
            Rule.TIERS_RISING,
            "spec.graduatedPercentage.tiers[0].upTo",
            "spec.graduatedPercentage.tiers.0.upTo",
            "'0'"),
        priced(
            "wire",
            "the last slice is open",
            Rule.TIERS_LAST_OPEN,
            "spec.graduatedPercentage.tiers[1].upTo",
            "spec.graduatedPercentage.tiers.1.upTo",
            "'200'"),
        priced(
            "card",
            "the least is not above the most",
            Rule.PERCENTAGE_RANGE,
            "spec.percentage.minAmount",
            "'6'"),
        monthly(
            "a country is two capitals",
            Rule.COUNTRY_FORMAT,
            "spec.countries[0]",
            "spec.countries",
            "[de]"),
        monthly(
            "a country exists", Rule.COUNTRY_KNOWN, "spec.countries[0]", "spec.countries", "[UK]"),
        monthly(
            "a country is named once",
            Rule.COUNTRIES_UNIQUE,
            "spec.countries[1]",
            "spec.countries",
            "[DE, DE]"),
        monthly("a price's trial is not negative", Rule.TRIAL_DAYS, "spec.trialDays", "-1"),
        monthly(
            "what is paid once has no trial",
            Rule.ONE_TIME_HAS_NO_TRIAL,
            "spec.trialDays",
            "spec.trialDays",
            "7",
            "Price monthly spec.recurring",
            "Price monthly spec.oneTime: {}",
            "- Price calls",
            "- Price gb"));
  }
}
