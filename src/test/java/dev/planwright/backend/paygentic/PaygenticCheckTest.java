package dev.planwright.backend.paygentic;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.setup;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import dev.planwright.testing.Samples;
import java.math.BigDecimal;
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

/** What Paygentic cannot say is told by field, with its reason and a way out, before any call. */
class PaygenticCheckTest {
  private static PaygenticSettings settings(String product) {
    return PaygenticSettings.of(
        new AccountConfig(
            "shop/default",
            "shop-prod",
            AccountFacts.AccountEnvironment.SANDBOX,
            JsonNodeFactory.instance
                .objectNode()
                .put("merchantId", "org_1")
                .put("productId", product),
            AccountConfig.Aliases.NONE));
  }

  private static Verdict check(Samples sample) {
    return PaygenticCheck.check(sample.plan(), settings("prod_1"));
  }

  static Stream<Arguments> inexpressible() {
    List<PriceModel.Tier> tiers =
        List.of(new PriceModel.Tier(Optional.empty(), BigDecimal.ONE, BigDecimal.ZERO));
    return Stream.of(
        no("spec.graduated", "no tiers", priced(new PriceModel.Graduated("gb", tiers))),
        no("spec.volume", "no tiers", priced(new PriceModel.Volume("gb", tiers))),
        no(
            "spec.package",
            "no packages",
            priced(new PriceModel.Package("gb", dec("10"), dec("1"), dec("0")))),
        no(
            "spec.graduatedPercentage",
            "no tiers",
            priced(
                new PriceModel.GraduatedPercentage(
                    "gb", List.of(new PriceModel.RateTier(Optional.empty(), BigDecimal.ONE))))),
        no("spec.dynamic.metric", "no new price", priced(new PriceModel.Dynamic("gb"))),
        no("spec.overage.feature", "limit", priced(new PriceModel.Overage("gb", dec("1")))),
        no(
            "spec.flat.metric",
            "no metric",
            priced(new PriceModel.Flat(dec("1"), Optional.of("gb")))),
        no("spec.perUnit.usageType", "same for every", priced(unit(true, false, false, false))),
        no("spec.perUnit.minUnits", "no minimum", priced(unit(false, true, false, false))),
        no("spec.perUnit.maxUnits", "no maximum", priced(unit(false, false, true, false))),
        no("spec.perUnit.filters", "do not tell", priced(unit(false, false, false, true))),
        no("spec.percentage.fixedAmount", "nothing else", priced(share("1", 0, "", ""))),
        no("spec.percentage.freeEvents", "nothing else", priced(share("0", 3, "", ""))),
        no("spec.percentage.minAmount", "nothing else", priced(share("0", 0, "1", ""))),
        no("spec.percentage.maxAmount", "nothing else", priced(share("0", 0, "", "1"))),
        no(
            "spec.perUnit.metric",
            "charges this metric already",
            it -> it.with(perUnit("a", "gb", "1"), perUnit("b", "gb", "2"))),
        no(
            "spec.flat",
            "together with",
            it -> it.with(recurring("team-yearly", Interval.Unit.YEAR, 1))),
        no(
            "spec.recurring",
            "every month",
            it -> it.prices.set(0, recurring("d", Interval.Unit.DAY, 1))),
        no(
            "spec.recurring",
            "every month",
            it -> it.prices.set(0, recurring("w", Interval.Unit.WEEK, 1))),
        no(
            "spec.recurring",
            "every month",
            it -> it.prices.set(0, recurring("m", Interval.Unit.MONTH, 2))),
        no(
            "spec.recurring",
            "every month",
            it -> it.prices.set(0, recurring("y", Interval.Unit.YEAR, 2))),
        no(
            "spec.currency",
            "one currency",
            it ->
                it.with(
                    Samples.price("x", perUnit("x", "gb", "1").model(), "EUR", Samples.MONTHLY))),
        no(
            "spec.recurring",
            "no flat price",
            it -> {
              it.prices.clear();
              it.with(
                  perUnit("a", "gb", "1"),
                  Samples.price(
                      "b",
                      perUnit("b", "calls", "1").model(),
                      "USD",
                      Interval.of(Interval.Unit.YEAR, 1)));
            }),
        no(
            "spec.prices",
            "setup fee",
            it -> {
              it.prices.clear();
              it.with(setup("setup", "10"));
            }),
        no("spec.billing", "after the period", it -> it.with(billed("calls", true))),
        no("spec.billing", "at the beginning", it -> it.with(late(setup("setup", "10")))),
        no("spec.flat.amount", "negative", it -> it.prices.set(0, flat("team-monthly", "-1"))),
        no(
            "spec.perUnit.amount",
            "hard limit",
            it -> {
              it.with(perUnit("calls", "calls", "-1"));
              it.entitlements.add(Samples.monthly("calls", "5", false));
            }),
        no("spec.countries", "every country", it -> it.with(odd("x", List.of("DE"), -1, ""))),
        no("spec.trialDays", "no trials", it -> it.with(odd("x", List.of(), 7, ""))),
        no("spec.externalId", "versions", it -> it.with(odd("x", List.of(), -1, "price_1"))),
        no(
            "spec.trial",
            "no trials",
            it -> it.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()))),
        no("spec.type", "no add-ons", it -> it.type = CatalogPlan.Type.ADD_ON),
        no("spec.pricing", "by sales", it -> it.pricing = CatalogPlan.Pricing.CUSTOM),
        no(
            "spec.pricing",
            "an interval and a currency",
            it -> {
              it.pricing = CatalogPlan.Pricing.FREE;
              it.prices.clear();
            }),
        no("spec.lifecycle", "cannot archive", it -> it.lifecycle = CatalogPlan.Lifecycle.ARCHIVED),
        no("spec.parentPlanRef", "inherit", it -> it.parentPlan = Optional.of("starter")),
        no("spec.compatibleAddOns", "no add-ons", it -> it.addOns = List.of("seats")),
        no(
            "spec.creditGrants[tokens]",
            "pricing units",
            it ->
                it.credits =
                    List.of(new CatalogPlan.CreditGrant("tokens", dec("1"), Optional.empty()))),
        no(
            "spec.minimumCommitments[USD]",
            "no minimum",
            it -> it.commitments = List.of(Samples.commitment("1"))),
        no(
            "spec.usageThresholds[USD]",
            "no usage thresholds",
            it -> it.thresholds = List.of(Samples.threshold("1"))),
        no(
            "spec.tax.rate",
            "percentage",
            it ->
                it.tax =
                    Optional.of(
                        new CatalogPlan.Tax("", Optional.of(dec("101")), Optional.empty()))),
        no(
            "spec.description",
            "owner's mark",
            it -> it.description = "planwright: shop-prod/team shop/team"),
        no(
            "spec.entitlements[sso]",
            "rides on a price",
            it -> it.entitlements.add(Samples.enabled("sso", true))),
        no(
            "spec.entitlements[gb].reset",
            "every period",
            granted(Samples.limit("gb", "5").grant())),
        no("spec.entitlements[gb].unlimited", "numbers", granted(new Entitlement.Unlimited())),
        no("spec.entitlements[gb].value", "quotes", granted(new Entitlement.Value("a\"b"))),
        no(
            "spec.entitlements[gb].mode",
            "no add-ons",
            it -> {
              it.with(perUnit("gb", "gb", "1"));
              it.entitlements.add(
                  new Entitlement(
                      "gb", new Entitlement.Enabled(true), Optional.of(Entitlement.Mode.OVERRIDE)));
            }));
  }

  private static Arguments no(String field, String why, Consumer<Samples> edit) {
    return Arguments.of(field, why, edit);
  }

  private static Consumer<Samples> priced(PriceModel model) {
    return it -> it.with(billed("x", false, model));
  }

  private static Consumer<Samples> granted(Entitlement.Grant grant) {
    return it -> {
      it.with(perUnit("gb", "gb", "1"));
      it.entitlements.add(new Entitlement("gb", grant, Optional.empty()));
    };
  }

  private static CatalogPrice billed(String name, boolean advance) {
    return billed(name, advance, perUnit(name, "calls", "1").model());
  }

  private static CatalogPrice billed(String name, boolean advance, PriceModel model) {
    return Samples.price(
        name,
        model,
        "USD",
        new CatalogPrice.Recurring(Samples.MONTHLY),
        advance ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static CatalogPrice late(CatalogPrice price) {
    return Samples.price(
        price.name(),
        price.model(),
        "USD",
        price.schedule(),
        CatalogPrice.Billing.IN_ARREARS,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static CatalogPrice odd(String name, List<String> countries, int trial, String id) {
    return Samples.price(
        name,
        perUnit(name, "calls", "1").model(),
        "USD",
        new CatalogPrice.Recurring(Samples.MONTHLY),
        CatalogPrice.Billing.IN_ARREARS,
        countries,
        trial < 0 ? OptionalInt.empty() : OptionalInt.of(trial),
        Optional.of(id).filter(it -> !it.isEmpty()));
  }

  private static CatalogPrice recurring(String name, Interval.Unit unit, int count) {
    return Samples.price(
        name, new PriceModel.Flat(dec("490"), Optional.empty()), "USD", Interval.of(unit, count));
  }

  private static PriceModel unit(boolean licensed, boolean min, boolean max, boolean filtered) {
    return new PriceModel.PerUnit(
        "gb",
        dec("1"),
        licensed ? PriceModel.UsageType.LICENSED : PriceModel.UsageType.METERED,
        min ? OptionalLong.of(1) : OptionalLong.empty(),
        max ? OptionalLong.of(9) : OptionalLong.empty(),
        filtered ? List.of(new PriceModel.Filter("region", List.of("eu"), dec("2"))) : List.of(),
        PriceModel.Unmatched.BASE_AMOUNT);
  }

  private static PriceModel share(String fixed, long free, String least, String most) {
    return new PriceModel.Percentage(
        "gb",
        dec("2.5"),
        dec(fixed),
        free,
        Optional.of(least).filter(it -> !it.isEmpty()).map(Samples::dec),
        Optional.of(most).filter(it -> !it.isEmpty()).map(Samples::dec));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("inexpressible")
  void whatPaygenticCannotSayIsNamedWithAWayOut(String field, String why, Consumer<Samples> edit) {
    Samples sample = team();
    edit.accept(sample);

    List<Violation> violations = check(sample).violations();

    assertThat(violations)
        .as(violations.toString())
        .anySatisfy(
            it -> {
              assertThat(it.field()).isEqualTo(field);
              assertThat(it.problem()).contains(why);
              assertThat(it.instead()).isNotEmpty();
            })
        .allSatisfy(it -> assertThat(it.field()).isEqualTo(field));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    Samples sample = team().with(priced("tiers"), priced("more"));
    sample.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
    sample.type = CatalogPlan.Type.ADD_ON;

    assertThat(check(sample).violations()).hasSize(4);
  }

  private static CatalogPrice priced(String name) {
    return billed(name, false, new PriceModel.Dynamic(name));
  }

  @Test
  void aPlanNeedsAProduct() {
    assertThat(PaygenticCheck.check(team().plan(), settings("")).violations())
        .singleElement()
        .satisfies(it -> assertThat(it.field()).isEqualTo("spec.product"));
    Samples named = team();
    named.product = Optional.of("prod_2");
    assertThat(PaygenticCheck.check(named.plan(), settings("")).violations()).isEmpty();
  }

  @Test
  void whatIsNotSentAndCostsNobodyAnythingIsAWarning() {
    Samples sample = team();
    sample.metadata = Map.of("tier", "team");
    sample.imageUrl = "https://example.com/team.png";

    Verdict verdict = check(sample);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.warnings()).hasSize(2).allMatch(it -> it.contains("it is not sent"));
  }

  /** A right that nobody has needs nothing to ride on. */
  @Test
  void whatIsSwitchedOffNeedsNoPrice() {
    Samples sample = team();
    sample.entitlements.add(Samples.enabled("sso", false));
    assertThat(check(sample).violations()).isEmpty();
  }
}
