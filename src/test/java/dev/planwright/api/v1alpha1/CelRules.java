package dev.planwright.api.v1alpha1;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules in CEL of the three kinds. */
final class CelRules {
  /** The models of a Price, as CEL names their fields: {@code package} is a word of CEL. */
  private static final List<String> MODELS =
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

  private static final List<String> PROVIDERS =
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
                "oldSelf.?externalId.orValue('') in ['', self.?externalId.orValue('')]")
            .showing("self.?externalId.orValue('') + ' and was ' + oldSelf.externalId"),
        CelRule.of(
                Rule.EXTERNAL_ID_MATCHES_STATUS,
                "",
                "spec.externalId",
                "self.spec.?externalId.orValue('') in ['', oldSelf.spec.?externalId.orValue('')]"
                    + " || self.?status.?externalId.orValue('') in ['', self.spec.externalId]")
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
                "self.?type.orValue('Plan') == oldSelf.?type.orValue('Plan')")
            .showing("self.?type.orValue('Plan') + ' and was ' + oldSelf.?type.orValue('Plan')"),
        CelRule.of(
            Rule.PARENT_IS_ANOTHER,
            "",
            "spec.parentPlanRef",
            "self.spec.?parentPlanRef.?name.orValue('') != self.metadata.name"),
        CelRule.of(
            Rule.ADD_ON_IS_ANOTHER,
            "",
            "spec.compatibleAddOns",
            "!self.spec.?compatibleAddOns.orValue([]).exists(a, a.name == self.metadata.name)"),
        CelRule.of(
            Rule.ADD_ON_HAS_NO_ADD_ONS,
            "spec",
            "spec.compatibleAddOns",
            "self.?type.orValue('Plan') != 'AddOn' || !has(self.compatibleAddOns)"
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
                "[has(self.enabled), has(self.limit), has(self.value), self.?unlimited.orValue(false)]"
                    + ".filter(x, x).size() == 1")
            .showing("'not so for feature ' + self.feature"),
        CelRule.of(
                Rule.ENTITLEMENT_LIMIT_WORDS,
                "spec.entitlements[]",
                "spec.entitlements[]",
                "has(self.limit) || (!has(self.reset) && !self.?soft.orValue(false))")
            .showing("'not so for feature ' + self.feature"),
        CelRule.of(
            Rule.ENTITLEMENT_MODE_ADD_ON,
            "spec",
            "spec.entitlements[].mode",
            "self.?type.orValue('Plan') == 'AddOn'"
                + " || !self.?entitlements.orValue([]).exists(e, has(e.mode))"),
        CelRule.of(
                Rule.ENTITLEMENT_INCREMENT_LIMIT,
                "spec.entitlements[]",
                "spec.entitlements[].mode",
                "self.?mode.orValue('') != 'Increment' || has(self.limit)")
            .showing("'not so for feature ' + self.feature"),
        CelRule.of(
            Rule.TRIAL_NEEDS_PAID,
            "spec",
            "spec.trial",
            "self.?pricing.orValue('Paid') != 'Free' || !has(self.trial)"),
        CelRule.of(
            Rule.FREE_HAS_NO_COMMITMENT,
            "spec",
            "spec.minimumCommitments",
            "self.?pricing.orValue('Paid') != 'Free'"
                + " || self.?minimumCommitments.orValue([]).size() == 0"),
        CelRule.of(
            Rule.TAX_SAYS_SOMETHING,
            "spec.tax",
            "spec.tax",
            "has(self.code) || has(self.rate) || has(self.behavior)"));
  }

  private static Stream<CelRule> price() {
    String licensed = "self.?perUnit.?usageType.orValue('Metered') == 'Licensed'";
    return Stream.of(
        CelRule.of(
                Rule.PLAN_REF_IMMUTABLE,
                "spec",
                "spec.planRef",
                "self.planRef.name == oldSelf.planRef.name")
            .showing("self.planRef.name + ' and was ' + oldSelf.planRef.name"),
        CelRule.of(Rule.ONE_MODEL, "spec", "spec", exactlyOne(MODELS))
            .showing("'given ' + string(" + count(MODELS) + ")"),
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
            "has(self.recurring) || has(self.flat) || (" + licensed + ")"),
        CelRule.of(
            Rule.METERED_NEEDS_METRIC,
            "spec.perUnit",
            "spec.perUnit.metric",
            "has(self.metric) || self.?usageType.orValue('Metered') == 'Licensed'"),
        CelRule.of(
            Rule.PER_UNIT_AMOUNT,
            "spec.perUnit",
            "spec.perUnit.amount",
            "has(self.amount) || (self.?filters.orValue([]).size() > 0"
                + " && self.?unmatched.orValue('') == 'NotBilled')"),
        CelRule.of(
                Rule.UNIT_RANGE,
                "spec.perUnit",
                "spec.perUnit",
                "!has(self.minUnits) || !has(self.maxUnits) || self.minUnits <= self.maxUnits")
            .showing("string(self.minUnits) + ' to ' + string(self.maxUnits)"),
        CelRule.of(
            Rule.UNITS_ARE_LICENSED,
            "spec.perUnit",
            "spec.perUnit",
            "(!has(self.minUnits) && !has(self.maxUnits))"
                + " || self.?usageType.orValue('Metered') == 'Licensed'"),
        CelRule.of(
            Rule.FILTERS_UNMATCHED,
            "spec.perUnit",
            "spec.perUnit.unmatched",
            "has(self.unmatched) == (self.?filters.orValue([]).size() > 0)"),
        CelRule.of(
            Rule.FILTERS_ARE_METERED,
            "spec.perUnit",
            "spec.perUnit.filters",
            "self.?filters.orValue([]).size() == 0"
                + " || self.?usageType.orValue('Metered') == 'Metered'"));
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
                                + " || self.exists_one(o, has(o.upTo) && o.upTo == t.upTo))")
                        .showing("self.filter(t, has(t.upTo)).map(t, string(t.upTo)).join(', ')"));
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
            .showing("'given ' + string(" + count(PROVIDERS) + ")"),
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
    String optional = ".?" + value.replace(".", ".?") + ".orValue('')";
    return CelRule.of(
            rule,
            "spec",
            "spec." + field,
            "has(self.%1$s) == has(oldSelf.%1$s) && (!has(self.%1$s) || self.%2$s == oldSelf.%2$s)"
                .formatted(field, value))
        .showing(
            "\"'\" + self" + optional + " + \"' and was '\" + oldSelf" + optional + " + \"'\"");
  }

  private static String exactlyOne(List<String> fields) {
    return count(fields) + " == 1";
  }

  private static String count(List<String> fields) {
    return fields.stream().map(f -> "has(self." + f + ")").toList().toString()
        + ".filter(x, x).size()";
  }
}
