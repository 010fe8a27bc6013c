package dev.planwright.api.v1alpha1;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules in CEL of the three kinds.
 *
 * <p>The API server refuses an expression that could cost too much, and takes a text without a
 * bound for endless: so optional fields are read by {@code has} and not by {@code orValue}, and a
 * number is not shown in a message.
 */
final class CelRules {
  /** The models of a Price, as CEL names their fields: {@code package} is a word of CEL. */
  static final List<String> MODELS =
      List.of(
          "flat",
          "perUnit",
          "__package__",
          "graduated",
          "volume",
          "overage",
          "percentage",
          "graduatedPercentage",
          "dynamic");

  static final List<String> PROVIDERS =
      List.of("bxb", "stigg", "schematic", "noderails", "paygentic", "http");

  /** The rules by kind. */
  static final Map<String, List<CelRule>> BY_KIND =
      Map.of(
          "Plan", Stream.concat(common(), plan()).toList(),
          "Price", Stream.of(common(), price(), tiers()).flatMap(s -> s).toList(),
          "BillingBackend", billingBackend().toList());

  private CelRules() {}

  private static Stream<CelRule> common() {
    return Stream.of(
        CelRule.of(
                Rule.METADATA_RESERVED,
                "spec.metadata",
                "spec.metadata",
                "self.all(k, !k.startsWith('" + Formats.RESERVED_METADATA_PREFIX + "'))")
            .showing("self.filter(k, k.startsWith('planwright.dev/'))[0]"),
        CelRule.of(
                Rule.METADATA_KEY,
                "spec.metadata",
                "spec.metadata",
                "self.all(k, k.matches('" + Formats.METADATA_KEY + "'))")
            .showing("self.filter(k, !k.matches('" + Formats.METADATA_KEY + "'))[0]"),
        CelRule.of(
                Rule.EXTERNAL_ID_IMMUTABLE,
                "spec",
                "spec.externalId",
                "!has(oldSelf.externalId) || oldSelf.externalId == ''"
                    + " || (has(self.externalId) && self.externalId == oldSelf.externalId)")
            .showing(shown("self", "externalId") + " + ' and was ' + oldSelf.externalId"),
        CelRule.of(
                Rule.EXTERNAL_ID_MATCHES_STATUS,
                "",
                "spec.externalId",
                "!has(self.spec.externalId) || self.spec.externalId == ''"
                    + " || (has(oldSelf.spec.externalId)"
                    + " && oldSelf.spec.externalId == self.spec.externalId)"
                    + " || !has(self.status) || !has(self.status.externalId)"
                    + " || self.status.externalId == self.spec.externalId")
            .showing("self.spec.externalId + ' and must be ' + self.status.externalId"));
  }

  private static Stream<CelRule> plan() {
    return Stream.of(
        fixed(Rule.KEY_IMMUTABLE, "key", "key"),
        fixed(Rule.BACKEND_REF_IMMUTABLE, "backendRef", "backendRef.name"),
        CelRule.of(
                Rule.TYPE_IMMUTABLE,
                "spec",
                "spec.type",
                "(has(self.type) ? self.type : 'Plan') == (has(oldSelf.type) ? oldSelf.type : 'Plan')")
            .showing(
                "(has(self.type) ? self.type : 'Plan') + ' and was '"
                    + " + (has(oldSelf.type) ? oldSelf.type : 'Plan')"),
        CelRule.of(
            Rule.PARENT_IS_ANOTHER,
            "",
            "spec.parentPlanRef",
            "!has(self.spec.parentPlanRef) || self.spec.parentPlanRef.name != self.metadata.name"),
        CelRule.of(
            Rule.ADD_ON_IS_ANOTHER,
            "",
            "spec.compatibleAddOns",
            "!has(self.spec.compatibleAddOns)"
                + " || !self.spec.compatibleAddOns.exists(a, a.name == self.metadata.name)"),
        CelRule.of(
            Rule.ADD_ON_HAS_NO_ADD_ONS,
            "spec",
            "spec.compatibleAddOns",
            "!has(self.type) || self.type != 'AddOn' || !has(self.compatibleAddOns)"
                + " || self.compatibleAddOns.size() == 0"),
        CelRule.of(
                Rule.DEFAULT_PRICE_REQUIRED,
                "spec",
                "spec.defaultPrice",
                "!has(self.defaultPrice) || !has(self.requiredPrices)"
                    + " || self.requiredPrices.size() == 0"
                    + " || self.defaultPrice in self.requiredPrices")
            .showing("self.defaultPrice"),
        CelRule.of(
                Rule.ENTITLEMENT_ONE_KIND,
                "spec.entitlements[]",
                "spec.entitlements[]",
                "[has(self.enabled), has(self.limit), has(self.value),"
                    + " has(self.unlimited) && self.unlimited]"
                    + ".filter(x, x).size() == 1")
            .showing("'not so for feature ' + self.feature"),
        CelRule.of(
                Rule.ENTITLEMENT_LIMIT_WORDS,
                "spec.entitlements[]",
                "spec.entitlements[]",
                "has(self.limit) || (!has(self.reset) && !(has(self.soft) && self.soft))")
            .showing("'not so for feature ' + self.feature"),
        CelRule.of(
            Rule.ENTITLEMENT_MODE_ADD_ON,
            "spec",
            "spec.entitlements[].mode",
            "(has(self.type) && self.type == 'AddOn') || !has(self.entitlements)"
                + " || !self.entitlements.exists(e, has(e.mode))"),
        CelRule.of(
                Rule.ENTITLEMENT_INCREMENT_LIMIT,
                "spec.entitlements[]",
                "spec.entitlements[].mode",
                "!has(self.mode) || self.mode != 'Increment' || has(self.limit)")
            .showing("'not so for feature ' + self.feature"),
        CelRule.of(
            Rule.TRIAL_NEEDS_PAID,
            "spec",
            "spec.trial",
            "!has(self.pricing) || self.pricing != 'Free' || !has(self.trial)"),
        CelRule.of(
            Rule.FREE_HAS_NO_COMMITMENT,
            "spec",
            "spec.minimumCommitments",
            "!has(self.pricing) || self.pricing != 'Free'"
                + " || !has(self.minimumCommitments) || self.minimumCommitments.size() == 0"),
        CelRule.of(
            Rule.TAX_SAYS_SOMETHING,
            "spec.tax",
            "spec.tax",
            "has(self.code) || has(self.rate) || has(self.behavior)"));
  }

  private static Stream<CelRule> price() {
    String licensed = "has(self.usageType) && self.usageType == 'Licensed'";
    String filtered = "has(self.filters) && self.filters.size() > 0";
    return Stream.of(
        CelRule.of(
                Rule.PLAN_REF_IMMUTABLE,
                "spec",
                "spec.planRef",
                "self.planRef.name == oldSelf.planRef.name")
            .showing("self.planRef.name + ' and was ' + oldSelf.planRef.name"),
        CelRule.of(Rule.ONE_MODEL, "spec", "spec", exactlyOne(MODELS))
            .showing(count(MODELS) + " == 0 ? 'given none' : 'given more than one'"),
        CelRule.of(
                Rule.RECURRING_OR_ONE_TIME,
                "spec",
                "spec",
                "has(self.recurring) != has(self.oneTime)")
            .showing("has(self.recurring) ? 'given both' : 'given none'"),
        CelRule.of(
            Rule.USAGE_NEEDS_RECURRING,
            "spec",
            "spec.recurring",
            "has(self.recurring) || has(self.flat) || (has(self.perUnit)"
                + " && has(self.perUnit.usageType) && self.perUnit.usageType == 'Licensed')"),
        CelRule.of(
            Rule.METERED_NEEDS_METRIC,
            "spec.perUnit",
            "spec.perUnit.metric",
            "has(self.metric) || (" + licensed + ")"),
        CelRule.of(
            Rule.PER_UNIT_AMOUNT,
            "spec.perUnit",
            "spec.perUnit.amount",
            "has(self.amount) || ("
                + filtered
                + " && has(self.unmatched) && self.unmatched == 'NotBilled')"),
        CelRule.of(
            Rule.UNIT_RANGE,
            "spec.perUnit",
            "spec.perUnit",
            "!has(self.minUnits) || !has(self.maxUnits) || self.minUnits <= self.maxUnits"),
        CelRule.of(
            Rule.UNITS_ARE_LICENSED,
            "spec.perUnit",
            "spec.perUnit",
            "(!has(self.minUnits) && !has(self.maxUnits)) || (" + licensed + ")"),
        CelRule.of(
            Rule.FILTERS_UNMATCHED,
            "spec.perUnit",
            "spec.perUnit.unmatched",
            "has(self.unmatched) == (" + filtered + ")"),
        CelRule.of(
            Rule.FILTERS_ARE_METERED,
            "spec.perUnit",
            "spec.perUnit.filters",
            "!(" + filtered + ") || !(" + licensed + ")"));
  }

  private static Stream<CelRule> tiers() {
    Stream<CelRule> open =
        Stream.of("graduated", "volume", "graduatedPercentage")
            .map(
                model ->
                    CelRule.of(
                        Rule.TIERS_LAST_OPEN,
                        "spec." + model + ".tiers",
                        "spec." + model + ".tiers",
                        "self.size() > 0 && !has(self[self.size() - 1].upTo)"
                            + " && self.exists_one(t, !has(t.upTo))"));
    // The bounds of graduatedPercentage are decimal strings: the compiler compares those.
    Stream<CelRule> rising =
        Stream.of("graduated", "volume")
            .map(
                model ->
                    CelRule.of(
                        Rule.TIERS_RISING,
                        "spec." + model + ".tiers",
                        "spec." + model + ".tiers",
                        "self.filter(t, has(t.upTo)).map(t, t.upTo).isSorted()"
                            + " && self.all(t, !has(t.upTo)"
                            + " || self.exists_one(o, has(o.upTo) && o.upTo == t.upTo))"));
    Stream<CelRule> amount =
        Stream.of("graduated", "volume")
            .map(
                model ->
                    CelRule.of(
                        Rule.TIER_HAS_AMOUNT,
                        "spec." + model + ".tiers[]",
                        "spec." + model + ".tiers[]",
                        "has(self.unitAmount) || has(self.flatAmount)"));
    return Stream.of(open, rising, amount).flatMap(s -> s);
  }

  private static Stream<CelRule> billingBackend() {
    return Stream.of(
        CelRule.of(
                Rule.OWNER_ID_IMMUTABLE, "spec", "spec.ownerId", "self.ownerId == oldSelf.ownerId")
            .showing("self.ownerId + ' and was ' + oldSelf.ownerId"),
        CelRule.of(Rule.ONE_PROVIDER, "spec.provider", "spec.provider", exactlyOne(PROVIDERS))
            .showing(count(PROVIDERS) + " == 0 ? 'given none' : 'given more than one'"),
        CelRule.of(
            Rule.PAYGENTIC_ENVIRONMENT,
            "spec",
            "spec.environment",
            "!has(self.provider.paygentic) || has(self.provider.paygentic.url)"
                + " || has(self.environment)"),
        positive("spec.limits.timeout"),
        positive("spec.drift.interval"));
  }

  private static CelRule positive(String field) {
    return CelRule.of(Rule.DURATION_POSITIVE, field, field, "self.matches('[1-9]')")
        .showing("self");
  }

  /** An optional field of a spec that can be neither set nor changed nor removed. */
  private static CelRule fixed(Rule rule, String field, String value) {
    return CelRule.of(
            rule,
            "spec",
            "spec." + field,
            "has(self.%1$s) == has(oldSelf.%1$s) && (!has(self.%1$s) || self.%2$s == oldSelf.%2$s)"
                .formatted(field, value))
        .showing(
            "(has(self.%1$s) ? self.%2$s : 'unset') + ' and was ' + (has(oldSelf.%1$s) ? oldSelf.%2$s : 'unset')"
                .formatted(field, value));
  }

  /** The value of an optional field, for a message. */
  private static String shown(String object, String field) {
    return "(has(%1$s.%2$s) ? %1$s.%2$s : 'unset')".formatted(object, field);
  }

  private static String exactlyOne(List<String> fields) {
    return count(fields) + " == 1";
  }

  private static String count(List<String> fields) {
    return fields.stream().map(f -> "has(self." + f + ")").toList().toString()
        + ".filter(x, x).size()";
  }
}
