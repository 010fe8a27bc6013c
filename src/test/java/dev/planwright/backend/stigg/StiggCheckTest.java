package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.price;
import static dev.planwright.testing.Samples.team;
import static dev.planwright.testing.Samples.tier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import dev.planwright.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Stigg cannot say is said before any call: field, value, why, and what would work. */
class StiggCheckTest {
  private static final StiggSettings SETTINGS =
      StiggSettings.of(StiggBench.config(AccountConfig.Aliases.NONE));

  static Stream<Arguments> refused() {
    return Stream.of(
        no("interval: 3 months", "spec.recurring", s -> s.with(every(Interval.Unit.MONTH, 3))),
        no("interval: a week", "spec.recurring", s -> s.with(every(Interval.Unit.WEEK, 1))),
        no("interval: 2 years", "spec.recurring", s -> s.with(every(Interval.Unit.YEAR, 2))),
        no("a currency outside the list", "spec.currency", s -> s.with(in("fee", "KWD", "1"))),
        no("two currencies for one period", "spec.flat", s -> s.with(in("euro", "EUR", "45"))),
        no("six decimals", "spec.perUnit.amount", s -> s.with(perUnit("c", "calls", "0.000001"))),
        no(
            "a flat fee finer than a cent",
            "spec.flat.amount",
            s -> s.prices.set(0, flat("a", "1.001"))),
        no(
            "a flat fee finer than a yen",
            "spec.flat.amount",
            s -> s.prices.set(0, in("a", "JPY", "1.5"))),
        no("a negative amount", "spec.perUnit.amount", s -> s.with(perUnit("c", "calls", "-1"))),
        no("a key that is no id", "spec.key", s -> s.key = "-team"),
        no("a key with a slash", "spec.key", s -> s.key = "shop/team"),
        no("a key too long", "spec.key", s -> s.key = "k".repeat(256)),
        no("a name too long", "spec.displayName", s -> s.displayName = "n".repeat(256)),
        no("a description too long", "spec.description", s -> s.description = "d".repeat(256)),
        no("our own metadata", "spec.metadata", s -> s.metadata = Map.of("planwright_owner", "x")),
        no("a trial of a free plan", "spec.trial", s -> free(s)),
        no(
            "a threshold",
            "spec.usageThresholds[0]",
            s -> s.thresholds = List.of(Samples.threshold("1"))),
        no(
            "a tax",
            "spec.tax",
            s ->
                s.tax =
                    Optional.of(new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()))),
        no("a price of a custom plan", "spec.flat", s -> s.pricing = CatalogPlan.Pricing.CUSTOM),
        no(
            "a weekly minimum",
            "spec.minimumCommitments[0].every",
            s ->
                s.commitments =
                    List.of(
                        new CatalogPlan.MinimumCommitment(dec("1"), "USD", Interval.Unit.WEEK))),
        no(
            "two minima of one period",
            "spec.minimumCommitments[1]",
            s -> s.commitments = List.of(Samples.commitment("1"), Samples.commitment("2"))),
        no(
            "credits given once",
            "spec.creditGrants[tokens].every",
            s ->
                s.credits =
                    List.of(new CatalogPlan.CreditGrant("tokens", dec("1"), Optional.empty()))),
        no("two prices of one kind", "spec.perUnit", s -> twice(s)),
        no(
            "a fixed fee of a metric",
            "spec.flat.metric",
            s -> s.with(component(new PriceModel.Flat(dec("1"), Optional.of("calls"))))),
        no("a percentage", "spec.percentage", s -> s.with(component(Samples.rate("pay", "2")))),
        no("a dynamic price", "spec.dynamic", s -> s.with(component(new PriceModel.Dynamic("x")))),
        no(
            "free units of a package",
            "spec.package.freeUnits",
            s -> s.with(component(new PriceModel.Package("sms", dec("10"), dec("1"), dec("5"))))),
        no(
            "a flat amount on the first tier",
            "spec.graduated.tiers[0].flatAmount",
            s ->
                s.with(
                    component(
                        new PriceModel.Graduated(
                            "gb", List.of(tier("10", "1", "3"), tier("", "1", "0")))))),
        no(
            "filters",
            "spec.perUnit.filters",
            s ->
                s.with(
                    Samples.filtered(
                        "f", "gb", new PriceModel.Filter("region", List.of("eu"), dec("1"))))),
        no("a minimum of metered units", "spec.perUnit.minUnits", s -> s.with(metered(2))),
        no("usage beside a yearly price", "spec.recurring", s -> yearly(s)),
        no(
            "a trial per price",
            "spec.trialDays",
            s -> s.prices.set(0, odd(OptionalInt.of(3), Optional.empty()))),
        no(
            "an id of a price",
            "spec.externalId",
            s -> s.prices.set(0, odd(OptionalInt.empty(), Optional.of("row")))),
        no("a flat fee in arrears", "spec.billing", s -> s.prices.set(0, arrears())),
        no("an add-on of an add-on", "spec.compatibleAddOns", s -> addOn(s)),
        no("an add-on's parent", "spec.parentPlanRef", s -> addOn(s)),
        no("an add-on's trial", "spec.trial", s -> addOn(s)),
        no("an add-on's overage", "spec.overage", s -> addOn(s)),
        no("an add-on's limit without a mode", "spec.entitlements[seats].mode", s -> addOn(s)),
        no(
            "more than 50 pricing models",
            "spec",
            s -> {
              for (int i = 0; i < 51; i++) {
                s.with(perUnit("p" + i, "metric-" + i, "1"));
              }
            }),
        no(
            "a component billed in another currency in a country",
            "spec.currency",
            s -> {
              s.with(perUnit("calls", "calls", "1"));
              s.with(inCountry("german", "EUR", "45", "DE"));
            }),
        no(
            "a component that a country's own price hides",
            "spec.countries",
            s -> {
              s.with(perUnit("calls", "calls", "1"));
              s.with(country(perUnit("calls-us", "calls", "2"), "US"));
            }));
  }

  private static Arguments no(String what, String field, Consumer<Samples> edit) {
    return Arguments.of(what, field, edit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isNotExpressible(String what, String field, Consumer<Samples> edit) {
    Samples sample = team();
    assertThat(StiggCheck.check(sample.plan(), SETTINGS).violations()).isEmpty();
    edit.accept(sample);

    List<Violation> violations = StiggCheck.check(sample.plan(), SETTINGS).violations();

    assertThat(violations).extracting(Violation::field).contains(field);
    assertThat(violations)
        .allSatisfy(
            it -> {
              assertThat(it.problem()).isNotBlank();
              assertThat(it.instead()).isNotBlank();
            });
  }

  @Test
  void whatHasNoPlaceIsAWarning() {
    Samples sample = team();
    sample.imageUrl = "https://example.com/a.png";
    sample.invoiceDisplayName = "Team plan";
    Verdict verdict = StiggCheck.check(sample.plan(), SETTINGS);
    assertThat(verdict.isExpressible()).isTrue();
    assertThat(verdict.warnings()).hasSize(2).allMatch(it -> it.contains("not sent"));
  }

  @Test
  void aProductIsNeeded() {
    StiggSettings without =
        new StiggSettings("shop/default", "shop-prod", "", false, AccountConfig.Aliases.NONE);
    assertThat(StiggCheck.check(team().plan(), without).violations())
        .extracting(Violation::field)
        .containsExactly("spec.product");
  }

  @Test
  void countriesInTheirOwnCurrencyAreExpressible() {
    Samples sample = team();
    sample.with(
        perUnit("calls", "calls", "1"),
        inCountry("german", "EUR", "45", "DE"),
        country(
            price("calls-de", perUnit("x", "calls", "1").model(), "EUR", Samples.MONTHLY), "DE"));
    assertThat(StiggCheck.check(sample.plan(), SETTINGS).violations()).isEmpty();
  }

  @Test
  void theListOfCurrenciesIsTheVendorsOwn() {
    assertThat(Words.currencies()).isEqualTo(116);
    assertThat(Words.hasCurrency("USD")).isTrue();
    assertThat(Words.hasCurrency("HUF")).isFalse();
  }

  // ---- samples ------------------------------------------------------------------------------

  private static CatalogPrice every(Interval.Unit unit, int count) {
    return price(
        "other", new PriceModel.Flat(dec("1"), Optional.empty()), "USD", Interval.of(unit, count));
  }

  private static CatalogPrice in(String name, String currency, String amount) {
    return price(
        name, new PriceModel.Flat(dec(amount), Optional.empty()), currency, Samples.MONTHLY);
  }

  private static CatalogPrice inCountry(
      String name, String currency, String amount, String country) {
    return country(in(name, currency, amount), country);
  }

  private static CatalogPrice country(CatalogPrice price, String country) {
    return price(
        price.name(),
        price.model(),
        price.currency(),
        price.schedule(),
        price.billing(),
        List.of(country),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static CatalogPrice component(PriceModel model) {
    return price(
        "component",
        model,
        "USD",
        new CatalogPrice.Recurring(Samples.MONTHLY),
        CatalogPrice.Billing.IN_ARREARS,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static CatalogPrice metered(long least) {
    return component(
        new PriceModel.PerUnit(
            "calls",
            dec("1"),
            PriceModel.UsageType.METERED,
            OptionalLong.of(least),
            OptionalLong.empty(),
            List.of(),
            PriceModel.Unmatched.BASE_AMOUNT));
  }

  private static CatalogPrice odd(OptionalInt trial, Optional<String> id) {
    return price(
        "odd",
        new PriceModel.Flat(dec("1"), Optional.empty()),
        "USD",
        new CatalogPrice.Recurring(Samples.MONTHLY),
        CatalogPrice.Billing.IN_ADVANCE,
        List.of(),
        trial,
        id);
  }

  private static CatalogPrice arrears() {
    return price(
        "late",
        new PriceModel.Flat(dec("1"), Optional.empty()),
        "USD",
        new CatalogPrice.Recurring(Samples.MONTHLY),
        CatalogPrice.Billing.IN_ARREARS,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static void free(Samples sample) {
    sample.pricing = CatalogPlan.Pricing.FREE;
    sample.prices.set(0, flat("free", "0"));
    sample.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
  }

  private static void twice(Samples sample) {
    sample.with(perUnit("one", "calls", "1"), perUnit("two", "calls", "2"));
  }

  private static void yearly(Samples sample) {
    sample.with(every(Interval.Unit.YEAR, 1), perUnit("calls", "calls", "1"));
  }

  private static void addOn(Samples sample) {
    sample.type = CatalogPlan.Type.ADD_ON;
    sample.addOns = List.of("other");
    sample.parentPlan = Optional.of("base");
    sample.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
    sample.entitlements.add(
        new Entitlement(
            "seats", new Entitlement.Limit(dec("1"), Optional.empty(), true), Optional.empty()));
    sample.with(price("over", new PriceModel.Overage("seats", dec("1"))));
  }
}
