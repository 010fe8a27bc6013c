package dev.planwright.backend.bxb;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.price;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BxbCheckTest {
  private static final String ORGANIZATION = "39bfd059-d6b7-478b-89b1-e4289df3e2b2";

  static BxbSettings settings(String unit, String mark) {
    return BxbSettings.of(Bench.config(unit, mark, ORGANIZATION, AccountConfig.Aliases.NONE));
  }

  static Verdict check(CatalogPlan plan, BxbSettings settings) {
    return BxbCheck.check(plan, settings, AccountFacts.unknown());
  }

  private static Samples edit(Consumer<Samples> edit) {
    Samples sample = team();
    edit.accept(sample);
    return sample;
  }

  private static Samples only(CatalogPrice price) {
    return new Samples().with(price);
  }

  private static Entitlement.Limit limit(boolean soft, Interval.Unit... reset) {
    return new Entitlement.Limit(dec("10"), Stream.of(reset).findFirst(), soft);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("a key with a slash", edit(s -> s.key = "a/b"), "spec.key", "use letters"),
        arguments(
            "a key of 300 characters", edit(s -> s.key = "k".repeat(300)), "spec.key", "shorter"),
        arguments(
            "a long name",
            edit(s -> s.displayName = "x".repeat(256)),
            "spec.displayName",
            "shorter"),
        arguments(
            "an add-on",
            edit(s -> s.type = CatalogPlan.Type.ADD_ON),
            "spec.type",
            "use type: Plan"),
        arguments(
            "custom pricing",
            edit(s -> s.pricing = CatalogPlan.Pricing.CUSTOM),
            "spec.pricing",
            "Paid"),
        arguments(
            "a free plan without interval",
            edit(
                s -> {
                  s.pricing = CatalogPlan.Pricing.FREE;
                  s.prices.clear();
                }),
            "spec.pricing",
            "add a flat Price of \"0\""),
        arguments(
            "archived",
            edit(s -> s.lifecycle = CatalogPlan.Lifecycle.ARCHIVED),
            "spec.lifecycle",
            "leave it Active"),
        arguments("a product", edit(s -> s.product = Optional.of("main")), "spec.product", "leave"),
        arguments(
            "a parent",
            edit(s -> s.parentPlan = Optional.of("starter")),
            "spec.parentPlanRef",
            "list everything"),
        arguments(
            "add-ons", edit(s -> s.addOns = List.of("seats")), "spec.compatibleAddOns", "leave"),
        arguments(
            "credits",
            edit(
                s ->
                    s.credits =
                        List.of(
                            new CatalogPlan.CreditGrant(
                                "t", dec("1"), Optional.of(Interval.Unit.MONTH)))),
            "spec.creditGrants",
            "wallet"),
        arguments(
            "what happens after a trial",
            edit(
                s ->
                    s.trial =
                        Optional.of(
                            new CatalogPlan.Trial(14, Optional.of(CatalogPlan.TrialEnd.CANCEL)))),
            "spec.trial.onEnd",
            "leave onEnd out"),
        arguments(
            "a limit that starts anew",
            edit(
                s ->
                    s.entitlements.add(
                        new Entitlement("f", limit(false, Interval.Unit.MONTH), Optional.empty()))),
            "spec.entitlements[f].reset",
            "leave reset out"),
        arguments(
            "a soft limit",
            edit(s -> s.entitlements.add(new Entitlement("f", limit(true), Optional.empty()))),
            "spec.entitlements[f].soft",
            "graduated"),
        arguments(
            "no limit",
            edit(
                s ->
                    s.entitlements.add(
                        new Entitlement("f", new Entitlement.Unlimited(), Optional.empty()))),
            "spec.entitlements[f].unlimited",
            "nobody reaches"),
        arguments(
            "an entitlement's mode",
            edit(
                s ->
                    s.entitlements.add(
                        new Entitlement(
                            "f", limit(false), Optional.of(Entitlement.Mode.INCREMENT)))),
            "spec.entitlements[f].mode",
            "leave mode out"),
        arguments(
            "two commitments",
            edit(s -> s.commitments = List.of(Samples.commitment("1"), Samples.commitment("2"))),
            "spec.minimumCommitments[1]",
            "use one"),
        arguments(
            "a commitment in another interval",
            edit(
                s ->
                    s.commitments =
                        List.of(
                            new CatalogPlan.MinimumCommitment(
                                dec("1"), "USD", Interval.Unit.YEAR))),
            "spec.minimumCommitments[0].every",
            "interval of the plan's prices"),
        arguments(
            "a commitment beyond the column",
            edit(s -> s.commitments = List.of(Samples.commitment("1000000"))),
            "spec.minimumCommitments[0].amount",
            "in that range"),
        arguments(
            "a threshold with too many decimals",
            edit(s -> s.thresholds = List.of(Samples.threshold("1.0000001"))),
            "spec.usageThresholds[0].amount",
            "in that range"),
        arguments(
            "a threshold in another currency",
            edit(
                s ->
                    s.thresholds =
                        List.of(new CatalogPlan.UsageThreshold(dec("1"), "EUR", false, ""))),
            "spec.usageThresholds[0].currency",
            "use USD"),
        arguments(
            "a tax outside the default organization",
            edit(
                s ->
                    s.tax =
                        Optional.of(
                            new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()))),
            "spec.tax",
            "on customers"),
        arguments(
            "inclusive tax",
            edit(
                s ->
                    s.tax =
                        Optional.of(
                            new CatalogPlan.Tax(
                                "vat",
                                Optional.empty(),
                                Optional.of(CatalogPlan.TaxBehavior.INCLUSIVE)))),
            "spec.tax.behavior",
            "net amounts"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatBxbCannotSayIsRefusedWithWhatWorksInstead(
      String what, Samples sample, String field, String instead) {
    Verdict verdict = check(sample.plan(), settings("Minor", "Description"));
    assertThat(verdict.violations())
        .as(what)
        .filteredOn(it -> it.field().equals(field))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.instead()).contains(instead))
        .allSatisfy(it -> assertThat(it.problem()).isNotBlank())
        .allSatisfy(it -> assertThat(it.object()).matches("(Plan|Price) shop/.+"));
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    Samples sample = team().with(price("o", new PriceModel.Overage("seats", dec("5"))));
    sample.product = Optional.of("main");
    sample.lifecycle = CatalogPlan.Lifecycle.ARCHIVED;
    assertThat(check(sample.plan(), settings("Minor", "Description")).violations())
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("spec.product", "spec.lifecycle", "spec.overage.feature");
  }

  @Test
  void aPlainPlanIsTakenAndTheBillingOfSubscriptionsIsSaid() {
    Verdict verdict = check(team().plan(), settings("", "Description"));
    assertThat(verdict.isExpressible()).isTrue();
    assertThat(verdict.warnings()).singleElement().asString().contains("pay_in_advance: true");
  }

  @Test
  void usageNeedsAnAmountUnitAndGuessesNone() {
    CatalogPlan plan = team().with(perUnit("calls", "calls", "1")).plan();
    assertThat(check(plan, settings("", "Description")).violations())
        .singleElement()
        .satisfies(it -> assertThat(it.instead()).contains("chargeAmountUnit"));
    assertThat(check(plan, settings("Major", "Description")).isExpressible()).isTrue();
  }

  @Test
  void majorUnitsAreHundredthsOnlyForCurrenciesWithTwoDecimals() {
    CatalogPlan plan =
        new Samples()
            .with(price("c", perUnit("x", "calls", "1").model(), "JPY", Samples.MONTHLY))
            .plan();
    assertThat(check(plan, settings("Major", "Description")).violations())
        .singleElement()
        .satisfies(it -> assertThat(it.field()).isEqualTo("spec.currency"));
    assertThat(check(plan, settings("Minor", "Description")).isExpressible()).isTrue();
  }

  @Test
  void filtersNeedTheMarkLine() {
    CatalogPlan plan =
        team()
            .with(
                Samples.filtered(
                    "u", "calls", new PriceModel.Filter("region", List.of("eu"), BigDecimal.ONE)))
            .plan();
    assertThat(check(plan, settings("Minor", "None")).violations())
        .singleElement()
        .satisfies(it -> assertThat(it.field()).isEqualTo("spec.perUnit.filters"))
        .satisfies(it -> assertThat(it.instead()).contains("ownershipMark: Description"));
    assertThat(check(plan, settings("Minor", "Description")).isExpressible()).isTrue();
  }

  @Test
  void aTrialNeedsTheWordThatItIsInformation() {
    Samples sample = team();
    sample.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
    assertThat(check(sample.plan(), settings("Minor", "Description")).warnings())
        .anyMatch(it -> it.contains("does not apply it"));
    AccountConfig config =
        Bench.config("Minor", "Description", ORGANIZATION, AccountConfig.Aliases.NONE);
    ((ObjectNode) config.block()).put("trialIsInformational", false);
    assertThat(check(sample.plan(), BxbSettings.of(config)).violations())
        .singleElement()
        .satisfies(it -> assertThat(it.field()).isEqualTo("spec.trial"))
        .satisfies(it -> assertThat(it.instead()).contains("trialIsInformational"));
  }

  @Test
  void aTaxWorksInTheDefaultOrganization() {
    Samples sample = team();
    sample.tax = Optional.of(new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()));
    AccountFacts facts =
        new AccountFacts(
            "x",
            "Default",
            AccountFacts.AccountEnvironment.UNVERIFIED,
            Map.of("defaultOrganization", "true"));
    assertThat(BxbCheck.check(sample.plan(), settings("Minor", "Description"), facts).violations())
        .isEmpty();
  }

  @Test
  void cosmeticsAreAWarning() {
    Samples sample = team();
    sample.metadata = Map.of("tier", "team");
    sample.imageUrl = "https://example.com/x.png";
    sample.invoiceDisplayName = "Team plan";
    Verdict verdict = check(sample.plan(), settings("Minor", "Description"));
    assertThat(verdict.isExpressible()).isTrue();
    assertThat(verdict.warnings())
        .anyMatch(it -> it.contains("spec.metadata"))
        .anyMatch(it -> it.contains("spec.imageUrl"))
        .anyMatch(it -> it.contains("spec.invoiceDisplayName"));
  }

  @Test
  void withoutMarksADescriptionMayNotReadLikeOne() {
    Samples sample = team();
    sample.description = "planwright: other/team shop/team";
    assertThat(check(sample.plan(), settings("Minor", "None")).violations())
        .singleElement()
        .satisfies(it -> assertThat(it.field()).isEqualTo("spec.description"));
    assertThat(check(sample.plan(), settings("Minor", "Description")).isExpressible()).isTrue();
  }

  @Test
  void aFreePlanWithAPriceOfNothingIsTaken() {
    Samples sample = only(flat("free", "0"));
    sample.pricing = CatalogPlan.Pricing.FREE;
    assertThat(check(sample.plan(), settings("", "Description")).isExpressible()).isTrue();
  }
}
