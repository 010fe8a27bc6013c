package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.Rule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One sentence, one mistake, one rule: the compiler's table, which docs/validation.md is made of.
 */
final class CompilerCases {
  /** In place of a value: the field is not there. */
  static final String REMOVED = "";

  private CompilerCases() {}

  /**
   * A mistake in manifests that are right otherwise.
   *
   * @param sentence what is so
   * @param rule the rule that is broken
   * @param object the object at fault
   * @param field its field
   * @param changes see {@link Manifests#with}
   */
  record Case(String sentence, Rule rule, String object, String field, List<String> changes) {
    @Override
    public String toString() {
      return sentence;
    }
  }

  static Manifests shop() {
    return Manifests.of(
        """
        kind: BillingBackend
        metadata: {name: default}
        spec:
          ownerId: shop-prod
          provider: {http: {url: "https://catalog.example", credentials: {secretRef: {name: key, key: apiKey}}}}
        """,
        """
        kind: Plan
        metadata: {name: team}
        spec:
          key: team
          displayName: Team
          entitlements:
          - {feature: seats, limit: 10, reset: Month, soft: true}
          - {feature: sso, enabled: true}
        """,
        """
        kind: Plan
        metadata: {name: starter}
        spec: {displayName: Starter, pricing: Custom}
        """,
        """
        kind: Plan
        metadata: {name: extra}
        spec: {displayName: Extra, type: AddOn, pricing: Custom}
        """,
        price("monthly", "flat: {amount: '49.00'}"),
        price("calls", "perUnit: {metric: api-calls, amount: '0.002'}"),
        price("card", "percentage: {metric: pay, rate: '2.5', minAmount: '0.10', maxAmount: '5'}"),
        price(
            "gb",
            "graduated: {metric: gb, tiers: [{upTo: 10, unitAmount: '0'}, {upTo: 20, unitAmount: '1'},"
                + " {unitAmount: '2'}]}"),
        price(
            "wire",
            "graduatedPercentage: {metric: pay, tiers: [{upTo: '100', rate: '3'}, {rate: '2'}]}"),
        price("sms", "package: {metric: sms, size: 1000, amount: '8.00'}"),
        price("over", "overage: {feature: seats, amount: '5.00'}"));
  }

  static String price(String name, String model) {
    return "kind: Price\nmetadata: {name: "
        + name
        + "}\nspec:\n  planRef: {name: team}\n  currency: USD\n  recurring: {interval: Month}\n  "
        + model
        + "\n";
  }

  static Stream<Case> all() {
    return Stream.of(FieldCases.all(), PlanCases.all(), PriceCases.all(), together())
        .flatMap(List::stream);
  }

  private static List<Case> together() {
    return List.of(
        wrong(
            "two monthly prices are no choice",
            Rule.ALTERNATIVES_DISTINCT,
            "Price shop/monthly",
            "spec.recurring",
            "+ " + price("twin", "flat: {amount: '59.00'}")),
        wrong(
            "twelve months are a year",
            Rule.ALTERNATIVES_DISTINCT,
            "Price shop/yearly",
            "spec.recurring",
            "+ " + price("yearly", "flat: {amount: '490'}"),
            "Price yearly spec.recurring: {interval: Year}",
            "Price monthly spec.recurring.count: 12"),
        wrong(
            "a country has one price",
            Rule.ALTERNATIVES_DISTINCT,
            "Price shop/german",
            "spec.recurring",
            "+ " + price("german", "flat: {amount: '59'}"),
            "Price german spec.countries: [DE, FR]",
            "Price monthly spec.countries: [FR]"),
        wrong(
            "usage is billed in a currency that somebody pays in",
            Rule.COMPONENT_HAS_ALTERNATIVE,
            "Price shop/calls",
            "spec.currency",
            "Price calls spec.currency: EUR"),
        wrong(
            "overage needs a limit",
            Rule.OVERAGE_NEEDS_SOFT_LIMIT,
            "Price shop/over",
            "spec.overage.feature",
            "Price over spec.overage.feature: storage"),
        wrong(
            "overage needs a soft limit",
            Rule.OVERAGE_NEEDS_SOFT_LIMIT,
            "Price shop/over",
            "spec.overage.feature",
            "Plan team spec.entitlements.0.soft: false"),
        wrong(
            "a free plan has one price at most",
            Rule.FREE_PRICE,
            "Plan shop/team",
            "spec.pricing",
            "Plan team spec.pricing: Free"),
        wrong(
            "a free plan's price is nothing",
            Rule.FREE_PRICE,
            "Price shop/monthly",
            "spec.flat",
            "Plan team spec.pricing: Free"),
        wrong(
            "a free plan's price is flat",
            Rule.FREE_PRICE,
            "Price shop/calls",
            "spec.perUnit",
            "Plan team spec.pricing: Free"),
        wrong(
            "a free plan's price has no trial",
            Rule.TRIAL_NEEDS_PAID,
            "Price shop/monthly",
            "spec.trialDays",
            "Plan team spec.pricing: Free",
            "Price monthly spec.trialDays: 7"),
        new Case(
            "two hundred prices are enough",
            Rule.PRICES_PER_PLAN,
            "Plan shop/team",
            "metadata.name",
            IntStream.range(0, 201)
                .mapToObj(i -> "+ " + price("p" + i, "dynamic: {metric: m" + i + "}"))
                .toList()));
  }

  static Case wrong(String sentence, Rule rule, String object, String field, String... changes) {
    return new Case(sentence, rule, object, field, List.of(changes));
  }

  static Case monthly(String sentence, Rule rule, String field, String value) {
    return priced("monthly", sentence, rule, field, field, value);
  }

  static Case monthly(
      String sentence, Rule rule, String field, String set, String value, String... more) {
    return priced("monthly", sentence, rule, field, set, value, more);
  }

  static Case priced(String price, String sentence, Rule rule, String field, String value) {
    return priced(price, sentence, rule, field, field, value);
  }

  static Case priced(
      String price,
      String sentence,
      Rule rule,
      String field,
      String set,
      String value,
      String... more) {
    return one("Price", price, sentence, rule, field, set, value, more);
  }

  static Case team(String sentence, Rule rule, String field, String value) {
    return team(sentence, rule, field, field, value);
  }

  static Case team(
      String sentence, Rule rule, String field, String set, String value, String... more) {
    return one("Plan", "team", sentence, rule, field, set, value, more);
  }

  static Case one(
      String kind,
      String name,
      String sentence,
      Rule rule,
      String field,
      String set,
      String value,
      String... more) {
    String change = kind + " " + name + " " + set + (value.equals(REMOVED) ? "" : ": " + value);
    return new Case(
        sentence,
        rule,
        kind + " shop/" + name,
        field,
        Stream.concat(Stream.of(change), Stream.of(more)).toList());
  }
}
