package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.catalog.Compilation.Compiled;
import dev.planwright.catalog.Compilation.Invalid;
import dev.planwright.catalog.Compilation.Waiting;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogCompilerTest {
  static Stream<CompilerCases.Case> cases() {
    return CompilerCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aMistakeIsFoundWhereItStands(CompilerCases.Case mistake) {
    Compilation compiled = CompilerCases.shop().with(mistake.changes()).compile(planOf(mistake));

    assertThat(compiled).isInstanceOf(Invalid.class);
    List<Compilation.Finding> findings = ((Invalid) compiled).findings();
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo(mistake.rule());
              assertThat(finding.violation().object()).isEqualTo(mistake.object());
              assertThat(finding.violation().field()).isEqualTo(mistake.field());
            });
    assertThat(findings)
        .allSatisfy(
            finding -> {
              assertThat(finding.violation().problem()).isNotBlank();
              assertThat(finding.violation().instead()).isNotBlank();
              assertThat(finding.violation().message())
                  .hasSizeLessThan(1000)
                  .doesNotContain("\n", "null", "Optional");
            });
  }

  @Test
  void whatIsRightCompilesWithoutAWord() {
    assertThat(compiled().warnings()).isEmpty();
    assertThat(compiled().plan().prices()).hasSize(7);
  }

  @Test
  void whatIsNotSaidIsTheCarefulThing() {
    Compiled compiled = compiled("Plan team spec.key");
    CatalogPlan plan = compiled.plan();

    assertThat(plan.identity()).isEqualTo(new Identity("shop-prod", "shop.team"));
    assertThat(plan.type()).isEqualTo(CatalogPlan.Type.PLAN);
    assertThat(plan.pricing()).isEqualTo(CatalogPlan.Pricing.PAID);
    assertThat(plan.lifecycle()).isEqualTo(CatalogPlan.Lifecycle.ACTIVE);
    assertThat(plan.product()).isEmpty();
    assertThat(compiled.policies())
        .isEqualTo(
            new Policies(
                Policies.ExistingSubscribers.KEEP,
                Policies.Management.MANAGE,
                Policies.Adoption.NEVER,
                Policies.Deletion.RETAIN,
                Policies.DriftPolicy.REPORT));
  }

  @Test
  void thePlanSaysMoreThanTheBackend() {
    String defaults =
        "BillingBackend default spec.defaults: {deletionPolicy: Archive, managementPolicy: Observe,"
            + " adoptionPolicy: IfEqual, product: main}";

    assertThat(compiled(defaults, "BillingBackend default spec.drift: {policy: Revert}").policies())
        .isEqualTo(
            new Policies(
                Policies.ExistingSubscribers.KEEP,
                Policies.Management.OBSERVE,
                Policies.Adoption.IF_EQUAL,
                Policies.Deletion.ARCHIVE,
                Policies.DriftPolicy.REVERT));
    assertThat(
            compiled(
                    defaults,
                    "Plan team spec.deletionPolicy: Delete",
                    "Plan team spec.managementPolicy: Manage",
                    "Plan team spec.adoptionPolicy: Never",
                    "Plan team spec.existingSubscribers: Migrate")
                .policies())
        .isEqualTo(
            new Policies(
                Policies.ExistingSubscribers.MIGRATE,
                Policies.Management.MANAGE,
                Policies.Adoption.NEVER,
                Policies.Deletion.DELETE,
                Policies.DriftPolicy.REPORT));
  }

  @Test
  void theBackendsProductIsLeftToWhoCreates() {
    assertThat(compiled("BillingBackend default spec.defaults: {product: main}").plan().product())
        .isEmpty();
  }

  @Test
  void whatIsFixedIsBilledInAdvanceAndWhatIsCountedAfterwards() {
    Compiled compiled =
        compiled(
            "+ " + CompilerCases.price("seats", "perUnit: {usageType: Licensed, amount: '9'}"));

    for (CatalogPrice price : compiled.plan().prices()) {
      boolean fixed = List.of("monthly", "seats").contains(price.name());
      assertThat(price.billing())
          .as(price.name())
          .isEqualTo(fixed ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS);
    }
    assertThat(price(compiled("Price monthly spec.billing: InArrears"), "monthly").billing())
        .isEqualTo(CatalogPrice.Billing.IN_ARREARS);
  }

  @Test
  void everyFieldArrivesInTheModel() {
    Compiled compiled =
        compiled(
            "Price card spec.percentage: {metric: pay, rate: '2.50', fixedAmount: '0.30',"
                + " freeEvents: 3, minAmount: '0.10', maxAmount: '5.00'}",
            "Price calls spec.perUnit: {metric: m, amount: '0.1', filters: [{key: r, values: [eu,"
                + " us], amount: '0.2'}], unmatched: BaseAmount}",
            "Price monthly spec.countries: [FR, DE]",
            "Price monthly spec.trialDays: 7",
            "Price monthly spec.recurring.count: 3",
            "Plan team spec.parentPlanRef: {name: starter}",
            "Plan team spec.compatibleAddOns: [{name: extra}]",
            "Plan extra spec.key: extra-seats",
            "Plan team spec.creditGrants: [{credit: c, amount: '5'}]");

    assertThat(price(compiled, "card").model())
        .isEqualTo(
            new PriceModel.Percentage(
                "pay",
                new BigDecimal("2.50"),
                new BigDecimal("0.30"),
                3,
                Optional.of(new BigDecimal("0.10")),
                Optional.of(new BigDecimal("5.00"))));
    PriceModel.PerUnit calls = (PriceModel.PerUnit) price(compiled, "calls").model();
    assertThat(calls.unmatched()).isEqualTo(PriceModel.Unmatched.BASE_AMOUNT);
    assertThat(calls.filters())
        .containsExactly(new PriceModel.Filter("r", List.of("eu", "us"), new BigDecimal("0.2")));
    CatalogPrice monthly = price(compiled, "monthly");
    assertThat(monthly.countries()).containsExactly("DE", "FR");
    assertThat(monthly.trialDays()).hasValue(7);
    assertThat(monthly.interval()).contains(Interval.of(Interval.Unit.MONTH, 3));
    assertThat(compiled.plan().parentPlan()).contains("shop.starter");
    assertThat(compiled.plan().compatibleAddOns()).containsExactly("extra-seats");
    assertThat(compiled.plan().creditGrants())
        .containsExactly(new CatalogPlan.CreditGrant("c", new BigDecimal("5"), Optional.empty()));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndOfItsOwnObject() {
    Invalid invalid =
        (Invalid)
            shop(
                    "Plan team spec.key: 'a b'",
                    "Plan team spec.displayName: ''",
                    "Plan team spec.trial: {days: 0}",
                    "Price monthly spec.flat.amount: '1e3'",
                    "Price monthly spec.currency: usd",
                    "Price gb spec.graduated.tiers: []",
                    "Price over spec.overage.feature: none")
                .compile("team");

    assertThat(invalid.violations("Plan shop/team"))
        .extracting(Violation::field)
        .containsExactly("spec.key", "spec.displayName", "spec.trial.days");
    assertThat(invalid.violations("Price shop/monthly"))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("spec.flat.amount", "spec.currency");
    assertThat(invalid.violations("Price shop/gb")).hasSize(1);
    assertThat(invalid.violations("Price shop/over")).hasSize(1);
    assertThat(invalid.reason()).isEqualTo(Reason.INVALID_SPEC);
  }

  @Test
  void bothOfTwoEqualChoicesAreTold() {
    Invalid invalid =
        (Invalid) shop("+ " + CompilerCases.price("twin", "flat: {amount: '59'}")).compile("team");

    assertThat(invalid.violations("Price shop/monthly")).hasSize(1);
    assertThat(invalid.violations("Price shop/twin")).hasSize(1);
    assertThat(invalid.violations("Price shop/twin").getFirst().problem()).contains("monthly");
  }

  @Test
  void choicesThatASubscriberTellsApartAreFine() {
    String other = "+ " + CompilerCases.price("other", "flat: {amount: '59'}");

    assertThat(shop(other, "Price other spec.currency: EUR").compile("team"))
        .isInstanceOf(Compiled.class);
    assertThat(shop(other, "Price other spec.recurring: {interval: Year}").compile("team"))
        .isInstanceOf(Compiled.class);
    assertThat(shop(other, "Price other spec.countries: [IN]").compile("team"))
        .as("a price for a country beside the one for the rest of the world")
        .isInstanceOf(Compiled.class);
    assertThat(
            shop(other, "Price other spec.recurring", "Price other spec.oneTime: {}")
                .compile("team"))
        .as("a setup fee")
        .isInstanceOf(Compiled.class);
  }

  @Test
  void theMessageSaysObjectFieldValueProblemAndWayOut() {
    Invalid invalid = (Invalid) shop("Price monthly spec.flat.amount: '1e3'").compile("team");

    assertThat(invalid.violations().getFirst().message())
        .isEqualTo("Price shop/monthly spec.flat.amount \"1e3\": has an exponent; write \"1000\"");
  }

  @Test
  void theDefaultKeyMayBeTooLongToo() {
    String name = "n".repeat(253);
    Manifests manifests =
        shop(
            "+ kind: Plan\nmetadata: {name: "
                + name
                + "}\nspec: {displayName: X, pricing: Custom}");

    Invalid invalid = (Invalid) manifests.compile(name);
    assertThat(invalid.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.rule()).isEqualTo(Rule.KEY_FORMAT));
    assertThat(invalid.violations().getFirst().instead()).contains("set spec.key");
  }

  @Test
  void aChangedFieldAloneIsImmutableField() {
    Invalid invalid = (Invalid) shop("Plan team status.key: old").compile("team");

    assertThat(invalid.reason()).isEqualTo(Reason.IMMUTABLE_FIELD);
    assertThat(invalid.violations().getFirst().message()).contains("old");
  }

  @Test
  void requiredPricesAreWaitedFor() {
    Waiting waiting =
        (Waiting) shop("Plan team spec.requiredPrices: [monthly, yearly, calls]").compile("team");

    assertThat(waiting.reason()).isEqualTo(Reason.WAITING_FOR_PRICES);
    assertThat(waiting.missing()).containsExactly("yearly");
    assertThat(waiting.message()).contains("yearly");
  }

  @Test
  void whatOnlyAMissingPriceCanMendIsNoMistakeYet() {
    String[] euros = {
      "Price calls spec.currency: EUR", "Plan team spec.requiredPrices: [monthly, calls, eur]"
    };

    assertThat(shop(euros).compile("team")).isInstanceOf(Waiting.class);
  }

  @Test
  void theDefaultPriceIsWaitedForToo() {
    Waiting waiting = (Waiting) shop("Plan team spec.defaultPrice: yearly").compile("team");

    assertThat(waiting.missing()).containsExactly("yearly");
  }

  @Test
  void aPlanIsCompleteOnlyWhenItSaysWhatItNeeds() {
    assertThat(compiled().complete()).isFalse();
    assertThat(compiled("Plan team spec.requiredPrices: [monthly]").complete()).isTrue();
  }

  @Test
  void aPaidPlanWithoutAnyPriceWaits() {
    Waiting waiting = (Waiting) shop("Plan starter spec.pricing: Paid").compile("starter");

    assertThat(waiting.reason()).isEqualTo(Reason.WAITING_FOR_PRICES);
    assertThat(waiting.missing()).isEmpty();
    assertThat(waiting.message()).contains("planRef");
  }

  @Test
  void whatIsFreeCustomOrArchivedNeedsNoPrice() {
    assertThat(shop("Plan starter spec.pricing: Free").compile("starter"))
        .isInstanceOf(Compiled.class);
    assertThat(shop("Plan starter spec.pricing: Custom").compile("starter"))
        .isInstanceOf(Compiled.class);
    assertThat(
            shop("Plan starter spec.pricing: Paid", "Plan starter spec.lifecycle: Archived")
                .compile("starter"))
        .isInstanceOf(Compiled.class);
  }

  @Test
  void aPlanThatIsNamedAndNotThereIsWaitedFor() {
    Waiting waiting =
        (Waiting)
            shop(
                    "Plan team spec.parentPlanRef: {name: later}",
                    "Plan team spec.compatibleAddOns: [{name: extra}, {name: never}]")
                .compile("team");

    assertThat(waiting.reason()).isEqualTo(Reason.PLAN_NOT_FOUND);
    assertThat(waiting.missing()).containsExactly("later", "never");
  }

  @Test
  void aMistakeIsToldBeforeAnythingIsWaitedFor() {
    assertThat(
            shop(
                    "Plan team spec.parentPlanRef: {name: later}",
                    "Plan team spec.requiredPrices: [nope]",
                    "Price monthly spec.flat.amount: '-1'")
                .compile("team"))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void aPriceIsCheckedWithoutItsPlan() {
    Price price =
        shop("Price monthly spec.currency: usd").prices("team").stream()
            .filter(p -> p.getMetadata().getName().equals("monthly"))
            .findFirst()
            .orElseThrow();

    assertThat(CatalogCompiler.check(price))
        .extracting(Compilation.Finding::rule)
        .containsExactly(Rule.CURRENCY_FORMAT);
  }

  @Test
  void coinsThatDoNotExistAreAWarning() {
    assertThat(compiled("Price monthly spec.flat.amount: '49.005'").warnings())
        .singleElement()
        .asString()
        .contains("Price shop/monthly", "USD");
    assertThat(compiled("Price monthly spec.flat.amount: '49.000'").warnings()).isEmpty();
  }

  @Test
  void peopleMayUseTheirOwnLetters() {
    Compiled compiled =
        compiled(
            "Plan team spec.displayName: Überteam 團隊",
            "Plan team spec.description: \"zwei\\nZeilen\"",
            "Plan team spec.metadata: {stufe: größer, empty: ''}");

    assertThat(compiled.plan().metadata()).isEqualTo(Map.of("stufe", "größer", "empty", ""));
    assertThat(compiled.plan().description()).isEqualTo("zwei\nZeilen");
  }

  @Test
  void anObjectWithNothingInItIsOnlyInvalid() {
    Plan plan = new Plan();
    plan.setMetadata(null);
    Price price = new Price();
    price.setMetadata(null);

    assertThat(
            new CatalogCompiler((namespace, name) -> Optional.empty())
                .compile(plan, List.of(price), BillingBackendSpec.EMPTY))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void onlyAliasesThatAPlanUsesArePartOfItsMeaning() {
    String aliases =
        "BillingBackend default spec.aliases: {metrics: {api-calls: {id: bm_1}, pay: {id: bm_2,"
            + " unit: Minor}, unused: {id: bm_3}}, features: {seats: {id: f_1}, other: {id: f_2}},"
            + " products: {main: {id: p_1}}}";
    Manifests manifests = shop(aliases, "Plan team spec.product: main");
    CatalogPlan plan = ((Compiled) manifests.compile("team")).plan();

    assertThat(CompilerAliases.inUse(plan, manifests.backend().getSpec()))
        .isEqualTo(
            Map.of(
                "alias.metrics.api-calls", "bm_1",
                "alias.metrics.pay", "bm_2 in minor units",
                "alias.features.seats", "f_1",
                "alias.products.main", "p_1"));
    assertThat(CompilerAliases.inUse(plan, BillingBackendSpec.EMPTY)).isEmpty();
  }

  private static String planOf(CompilerCases.Case mistake) {
    return mistake.object().equals("Plan shop/starter") ? "starter" : "team";
  }

  private static Manifests shop(String... changes) {
    return CompilerCases.shop().with(List.of(changes));
  }

  private static Compiled compiled(String... changes) {
    Compilation compilation = shop(changes).compile("team");
    assertThat(compilation).isInstanceOf(Compiled.class);
    return (Compiled) compilation;
  }

  private static CatalogPrice price(Compiled compiled, String name) {
    return compiled.plan().prices().stream()
        .filter(price -> price.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
