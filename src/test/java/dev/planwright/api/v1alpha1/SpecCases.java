package dev.planwright.api.v1alpha1;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Specs that the API server must refuse, at least one for each rule that it holds. */
public final class SpecCases {
  private static final String PLAN = "displayName: Team";
  private static final String PRICE =
      "planRef: {name: team}, currency: USD, recurring: {interval: Month}";
  private static final String FLAT = PRICE + ", flat: {amount: \"1\"}";
  private static final String HTTP =
      "http: {url: 'https://a/', credentials: {secretRef: {name: s, key: k}}}";
  private static final String BACKEND = "ownerId: shop, provider: {" + HTTP + "}";

  private SpecCases() {}

  public static Stream<SpecCase> all() {
    return Stream.of(planInCel(), priceInCel(), backendInCel(), formats()).flatMap(s -> s);
  }

  private static Stream<SpecCase> planInCel() {
    return Stream.of(
        plan(Rule.METADATA_RESERVED, "metadata: {planwright.dev/a: b}", "it is planwright.dev/a"),
        plan(Rule.METADATA_KEY, "metadata: {'\u00e9': b}", "it is \u00e9"),
        plan(Rule.METADATA_KEY, "metadata: {'a b': b}", "it is a b"),
        plan(Rule.METADATA_KEY, "metadata: {'" + "a".repeat(64) + "': b}", "it is aaaa"),
        planEdit(Rule.KEY_IMMUTABLE, "key: a", "key: b", "it is b and was a"),
        planEdit(Rule.KEY_IMMUTABLE, "", "key: b", "it is b and was unset"),
        planEdit(Rule.KEY_IMMUTABLE, "key: a", "", "it is unset and was a"),
        planEdit(
            Rule.BACKEND_REF_IMMUTABLE,
            "backendRef: {name: a}",
            "backendRef: {name: b}",
            "it is b and was a"),
        planEdit(Rule.BACKEND_REF_IMMUTABLE, "", "backendRef: {name: default}", "was unset"),
        planEdit(Rule.BACKEND_REF_IMMUTABLE, "backendRef: {name: default}", "", "it is unset"),
        planEdit(Rule.TYPE_IMMUTABLE, "", "type: AddOn", "it is AddOn and was Plan"),
        planEdit(Rule.EXTERNAL_ID_IMMUTABLE, "externalId: a", "externalId: b", "was a"),
        planEdit(Rule.EXTERNAL_ID_IMMUTABLE, "externalId: a", "", "was a"),
        plan(Rule.PARENT_IS_ANOTHER, "parentPlanRef: {name: subject}", ""),
        plan(Rule.ADD_ON_IS_ANOTHER, "compatibleAddOns: [{name: subject}]", ""),
        plan(Rule.ADD_ON_HAS_NO_ADD_ONS, "type: AddOn, compatibleAddOns: [{name: a}]", ""),
        plan(Rule.DEFAULT_PRICE_REQUIRED, "requiredPrices: [a], defaultPrice: b", "it is b"),
        plan(Rule.ENTITLEMENT_ONE_KIND, "entitlements: [{feature: a}]", "for feature a"),
        plan(
            Rule.ENTITLEMENT_ONE_KIND,
            "entitlements: [{feature: a, enabled: true, limit: 1}]",
            "for feature a"),
        plan(
            Rule.ENTITLEMENT_ONE_KIND,
            "entitlements: [{feature: a, unlimited: false}]",
            "feature a"),
        plan(
            Rule.ENTITLEMENT_LIMIT_WORDS,
            "entitlements: [{feature: a, enabled: true, reset: Month}]",
            "for feature a"),
        plan(
            Rule.ENTITLEMENT_LIMIT_WORDS,
            "entitlements: [{feature: a, unlimited: true, soft: true}]",
            "for feature a"),
        plan(
            Rule.ENTITLEMENT_MODE_ADD_ON,
            "entitlements: [{feature: a, limit: 1, mode: Override}]",
            ""),
        plan(
            Rule.ENTITLEMENT_INCREMENT_LIMIT,
            "type: AddOn, entitlements: [{feature: a, value: b, mode: Increment}]",
            "for feature a"),
        plan(Rule.TRIAL_NEEDS_PAID, "pricing: Free, trial: {days: 1}", ""),
        plan(
            Rule.FREE_HAS_NO_COMMITMENT,
            "pricing: Free, minimumCommitments: [{amount: '1', currency: USD, every: Month}]",
            ""),
        plan(Rule.TAX_SAYS_SOMETHING, "tax: {}", ""));
  }

  private static Stream<SpecCase> priceInCel() {
    return Stream.of(
        SpecCase.update(
            "Price", Rule.PLAN_REF_IMMUTABLE, FLAT, FLAT.replace("team", "pro"), "was team"),
        SpecCase.update(
            "Price", Rule.EXTERNAL_ID_IMMUTABLE, FLAT + ", externalId: a", FLAT, "was a"),
        SpecCase.create(
            "Price", Rule.METADATA_RESERVED, FLAT + ", metadata: {planwright.dev/a: b}", ""),
        SpecCase.create("Price", Rule.ONE_MODEL, PRICE, "given none"),
        SpecCase.create(
            "Price", Rule.ONE_MODEL, FLAT + ", dynamic: {metric: a}", "given more than one"),
        SpecCase.create(
            "Price",
            Rule.ONE_MODEL,
            PRICE
                + ", overage: {feature: a, amount: '1'}, package: {metric: a, size: 1, amount: '1'}",
            "given more than one"),
        SpecCase.create("Price", Rule.RECURRING_OR_ONE_TIME, FLAT + ", oneTime: {}", "given both"),
        SpecCase.create(
            "Price",
            Rule.RECURRING_OR_ONE_TIME,
            "planRef: {name: team}, currency: USD, flat: {amount: '1'}",
            "given none"),
        SpecCase.create(
            "Price",
            Rule.USAGE_NEEDS_RECURRING,
            "planRef: {name: team}, currency: USD, oneTime: {}, dynamic: {metric: a}",
            ""),
        SpecCase.create(
            "Price",
            Rule.USAGE_NEEDS_RECURRING,
            "planRef: {name: team}, currency: USD, oneTime: {}, perUnit: {metric: a, amount: '1'}",
            ""),
        perUnit(Rule.METERED_NEEDS_METRIC, "amount: '1'", ""),
        perUnit(Rule.PER_UNIT_AMOUNT, "metric: a", ""),
        perUnit(
            Rule.PER_UNIT_AMOUNT,
            "metric: a, filters: [{key: k, values: [v], amount: '1'}], unmatched: BaseAmount",
            ""),
        perUnit(Rule.UNIT_RANGE, "amount: '1', usageType: Licensed, minUnits: 9, maxUnits: 8", ""),
        perUnit(Rule.UNITS_ARE_LICENSED, "metric: a, amount: '1', maxUnits: 8", ""),
        perUnit(
            Rule.FILTERS_UNMATCHED,
            "metric: a, amount: '1', filters: [{key: k, values: [v], amount: '1'}]",
            ""),
        perUnit(Rule.FILTERS_UNMATCHED, "metric: a, amount: '1', unmatched: NotBilled", ""),
        perUnit(
            Rule.FILTERS_ARE_METERED,
            "amount: '1', usageType: Licensed, unmatched: NotBilled,"
                + " filters: [{key: k, values: [v], amount: '1'}]",
            ""),
        tiers(Rule.TIERS_LAST_OPEN, "graduated", "{upTo: 1, unitAmount: '1'}", ""),
        tiers(Rule.TIERS_LAST_OPEN, "volume", "{unitAmount: '1'}, {unitAmount: '2'}", ""),
        tiers(
            Rule.TIERS_LAST_OPEN, "graduatedPercentage", "{rate: '1'}, {upTo: '2', rate: '1'}", ""),
        tiers(
            Rule.TIERS_RISING,
            "graduated",
            "{upTo: 10, unitAmount: '1'}, {upTo: 9, unitAmount: '1'}, {unitAmount: '1'}",
            ""),
        tiers(
            Rule.TIERS_RISING,
            "volume",
            "{upTo: 9, unitAmount: '1'}, {upTo: 9, unitAmount: '1'}, {unitAmount: '1'}",
            ""),
        tiers(Rule.TIER_HAS_AMOUNT, "graduated", "{upTo: 1}, {unitAmount: '1'}", ""));
  }

  private static Stream<SpecCase> backendInCel() {
    return Stream.of(
        SpecCase.update(
            "BillingBackend",
            Rule.OWNER_ID_IMMUTABLE,
            BACKEND,
            BACKEND.replace("shop", "other"),
            "it is other and was shop"),
        SpecCase.create(
            "BillingBackend", Rule.ONE_PROVIDER, "ownerId: a, provider: {}", "given none"),
        SpecCase.create(
            "BillingBackend",
            Rule.ONE_PROVIDER,
            BACKEND.replace(HTTP, HTTP + ", " + HTTP.replace("http:", "stigg:")),
            "given more than one"),
        SpecCase.create(
            "BillingBackend",
            Rule.PAYGENTIC_ENVIRONMENT,
            "ownerId: a, provider: {paygentic: {merchantId: m,"
                + " credentials: {secretRef: {name: s, key: k}}}}",
            ""),
        SpecCase.create(
            "BillingBackend",
            Rule.DURATION_POSITIVE,
            BACKEND + ", limits: {timeout: 0s}",
            "it is 0s"),
        SpecCase.create(
            "BillingBackend", Rule.DURATION_POSITIVE, BACKEND + ", drift: {interval: 0m}", "0m"));
  }

  private static Stream<SpecCase> formats() {
    Stream<SpecCase> amounts =
        Stream.of("1e3", "-1", "NaN", "", " 1", "01", "1.", "9".repeat(40))
            .map(
                amount ->
                    SpecCase.create(
                        "Price",
                        Rule.AMOUNT_FORMAT,
                        PRICE + ", flat: {amount: '" + amount + "'}",
                        "spec.flat.amount"));
    List<String> many = Collections.nCopies(51, "{upTo: 1, unitAmount: '1'}");
    Stream<SpecCase> others =
        Stream.of(
            perUnit(Rule.AMOUNT_FORMAT, "metric: a, amount: 1", "spec.perUnit.amount"),
            SpecCase.create(
                "Price",
                Rule.RATE_FORMAT,
                PRICE + ", percentage: {metric: a, rate: '100.1'}",
                "spec.percentage.rate"),
            SpecCase.create("Price", Rule.CURRENCY_FORMAT, FLAT.replace("USD", "usd"), "currency"),
            SpecCase.create(
                "Price", Rule.WORD_FORMAT, PRICE + ", dynamic: {metric: 'a b'}", "metric"),
            SpecCase.create(
                "Price", Rule.COUNTRY_FORMAT, FLAT + ", countries: [Deu]", "countries[0]"),
            SpecCase.create(
                "Price",
                Rule.COUNTRIES_UNIQUE,
                FLAT + ", countries: [DE, DE]",
                "spec.countries[1]"),
            SpecCase.create(
                "Price",
                Rule.RECURRING_COUNT,
                FLAT.replace("interval: Month", "interval: Month, count: 0"),
                "spec.recurring.count"),
            SpecCase.create("Price", Rule.ENUM, FLAT.replace("Month", "P1M"), "\"Month\""),
            SpecCase.create(
                "Price", Rule.REQUIRED, FLAT.replace("currency: USD, ", ""), "currency"),
            tiers(Rule.TIERS_PRESENT, "graduated", "", "spec.graduated.tiers"),
            tiers(Rule.LIST_LENGTH, "graduated", String.join(", ", many), "at most 50"),
            plan(Rule.KEY_FORMAT, "key: " + "k".repeat(300), "spec.key"),
            plan(Rule.KEY_FORMAT, "key: 'a/b'", "spec.key"),
            plan(Rule.TEXT_LENGTH, "description: " + "d".repeat(2001), "description"),
            plan(Rule.NAME_FORMAT, "parentPlanRef: {name: A_b}", "spec.parentPlanRef.name"),
            plan(Rule.REQUIRED_PRICES_UNIQUE, "requiredPrices: [a, a]", "spec.requiredPrices[1]"),
            plan(
                Rule.ADD_ONS_UNIQUE, "compatibleAddOns: [{name: a}, {name: a}]", "Duplicate value"),
            plan(
                Rule.ENTITLEMENT_UNIQUE,
                "entitlements: [{feature: a, limit: 1}, {feature: a, limit: 2}]",
                "spec.entitlements[1]"),
            plan(
                Rule.COMMITMENT_UNIQUE,
                "minimumCommitments: [{amount: '1', currency: USD, every: Month},"
                    + " {amount: '2', currency: USD, every: Month}]",
                "spec.minimumCommitments[1]"),
            plan(Rule.TRIAL_DAYS, "trial: {days: 0}", "spec.trial.days"),
            plan(
                Rule.QUANTITY_RANGE,
                "entitlements: [{feature: a, limit: 9007199254740992}]",
                "spec.entitlements[0].limit"),
            plan(Rule.ENUM, "deletionPolicy: retain", "\"Retain\""),
            plan(
                Rule.LIST_LENGTH,
                "metadata: {"
                    + String.join(
                        ", ", IntStream.range(0, 51).mapToObj(i -> "k" + i + ": v").toList())
                    + "}",
                "at most 50"),
            SpecCase.create(
                "BillingBackend",
                Rule.OWNER_ID_FORMAT,
                BACKEND.replace("shop", "a b"),
                "spec.ownerId"),
            SpecCase.create(
                "BillingBackend",
                Rule.URL_FORMAT,
                BACKEND.replace("https://a/", "ftp://a/"),
                "spec.provider.http.url"),
            SpecCase.create(
                "BillingBackend",
                Rule.DURATION_FORMAT,
                BACKEND + ", limits: {timeout: 10 minutes}",
                "spec.limits.timeout"));
    return Stream.concat(amounts, others);
  }

  private static SpecCase plan(Rule rule, String spec, String answer) {
    return SpecCase.create("Plan", rule, PLAN + ", " + spec, answer);
  }

  private static SpecCase planEdit(Rule rule, String before, String after, String answer) {
    return SpecCase.update("Plan", rule, PLAN + comma(before), PLAN + comma(after), answer);
  }

  private static String comma(String spec) {
    return spec.isEmpty() ? "" : ", " + spec;
  }

  private static SpecCase perUnit(Rule rule, String model, String answer) {
    return SpecCase.create("Price", rule, PRICE + ", perUnit: {" + model + "}", answer);
  }

  private static SpecCase tiers(Rule rule, String model, String tiers, String answer) {
    return SpecCase.create(
        "Price", rule, PRICE + ", " + model + ": {metric: a, tiers: [" + tiers + "]}", answer);
  }
}
