package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.Compilation.Compiled;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a manifest says is what the model holds: each number, and nothing besides. */
class CompiledValuesTest {

  static Stream<Arguments> models() {
    return Stream.of(
        model("flat", "flat: {amount: '49.00'}", new PriceModel.Flat(n("49.00"), none())),
        model(
            "flat of a metric",
            "flat: {amount: '49.00', metric: calls}",
            new PriceModel.Flat(n("49.00"), Optional.of("calls"))),
        model(
            "metered",
            "perUnit: {metric: calls, amount: '0.002'}",
            perUnit("calls", "0.002", PriceModel.UsageType.METERED, NO_UNITS, NO_UNITS)),
        model(
            "licensed, as many at least as at most",
            "perUnit: {usageType: Licensed, amount: '9', minUnits: 5, maxUnits: 5}",
            perUnit(
                "", "9", PriceModel.UsageType.LICENSED, OptionalLong.of(5), OptionalLong.of(5))),
        model(
            "filtered, and nothing for what no filter matches",
            "perUnit: {metric: calls, filters: [{key: region, values: [eu, us], amount: '0.3'}],"
                + " unmatched: NotBilled}",
            filtered("0", PriceModel.Unmatched.NOT_BILLED)),
        model(
            "filtered, with an amount for the rest",
            "perUnit: {metric: calls, amount: '0.1', filters: [{key: region, values: [eu, us],"
                + " amount: '0.3'}], unmatched: BaseAmount}",
            filtered("0.1", PriceModel.Unmatched.BASE_AMOUNT)),
        model(
            "package",
            "package: {metric: sms, size: 1000, amount: '8.00', freeUnits: 100}",
            new PriceModel.Package("sms", n("1000"), n("8.00"), n("100"))),
        model(
            "graduated",
            "graduated: {metric: gb, tiers: [{upTo: 10, unitAmount: '0.5'}, {flatAmount: '2'}]}",
            new PriceModel.Graduated("gb", tiers())),
        model(
            "volume",
            "volume: {metric: gb, tiers: [{upTo: 10, unitAmount: '0.5'}, {flatAmount: '2'}]}",
            new PriceModel.Volume("gb", tiers())),
        model(
            "overage",
            "overage: {feature: seats, amount: '5.00'}",
            new PriceModel.Overage("seats", n("5.00"))),
        model(
            "percentage, the least being the most",
            "percentage: {metric: pay, rate: '2.5', fixedAmount: '0.30', freeEvents: 3,"
                + " minAmount: '5.0', maxAmount: '5'}",
            new PriceModel.Percentage(
                "pay", n("2.5"), n("0.30"), 3, Optional.of(n("5.0")), Optional.of(n("5")))),
        model(
            "percentage and no more",
            "percentage: {metric: pay, rate: '100'}",
            new PriceModel.Percentage("pay", n("100"), n("0"), 0, none(), none())),
        model(
            "graduated percentage",
            "graduatedPercentage: {metric: pay, tiers: [{upTo: '10000.00', rate: '3'},"
                + " {rate: '2'}]}",
            new PriceModel.GraduatedPercentage(
                "pay",
                List.of(
                    new PriceModel.RateTier(Optional.of(n("10000.00")), n("3")),
                    new PriceModel.RateTier(none(), n("2"))))),
        model("dynamic", "dynamic: {metric: compute}", new PriceModel.Dynamic("compute")));
  }

  private static final OptionalLong NO_UNITS = OptionalLong.empty();

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void aModelHoldsWhatWasWritten(String name, String written, PriceModel model) {
    CatalogPlan plan = compile("+ " + CompilerCases.price("it", written), "- Price monthly");

    assertThat(price(plan, "it").model()).isEqualTo(model);
    assertThat(model.metricName())
        .as("what is counted")
        .isEqualTo(
            Optional.of("metric: ")
                .map(written::indexOf)
                .filter(at -> at >= 0)
                .map(at -> written.substring(at + 8).split("[,}]", 2)[0]));
  }

  @Test
  void aPlanHoldsWhatWasWritten() {
    CatalogPlan plan =
        compile(
            "Plan team spec.externalId: plan_1",
            "Plan team spec.invoiceDisplayName: Team plan",
            "Plan team spec.imageUrl: 'https://example.com/a.png'",
            "Plan team spec.product: main",
            "Plan team spec.defaultPrice: monthly",
            "Plan team spec.lifecycle: Archived",
            "Plan team spec.trial: {days: 14, onEnd: Cancel}",
            "Plan team spec.entitlements: [{feature: seats, limit: 10, reset: Month, soft: true},"
                + " {feature: sso, enabled: false}, {feature: help, value: gold},"
                + " {feature: projects, unlimited: true}]",
            "Plan team spec.creditGrants: [{credit: tokens, amount: '1000', every: Month}]",
            "Plan team spec.minimumCommitments: [{amount: '100.00', currency: USD, every: Year}]",
            "Plan team spec.usageThresholds: [{amount: '5', currency: EUR, recurring: true,"
                + " displayName: Soft cap}]",
            "Plan team spec.tax: {code: vat, rate: '20', behavior: Exclusive}");

    assertThat(plan.externalId()).contains("plan_1");
    assertThat(plan.displayName()).isEqualTo("Team");
    assertThat(plan.invoiceDisplayName()).isEqualTo("Team plan");
    assertThat(plan.imageUrl()).isEqualTo("https://example.com/a.png");
    assertThat(plan.product()).contains("main");
    assertThat(plan.defaultPrice()).contains("monthly");
    assertThat(plan.lifecycle()).isEqualTo(CatalogPlan.Lifecycle.ARCHIVED);
    assertThat(plan.trial())
        .contains(new CatalogPlan.Trial(14, Optional.of(CatalogPlan.TrialEnd.CANCEL)));
    assertThat(plan.entitlements())
        .containsExactlyInAnyOrder(
            new Entitlement(
                "seats",
                new Entitlement.Limit(n("10"), Optional.of(Interval.Unit.MONTH), true),
                none()),
            new Entitlement("sso", new Entitlement.Enabled(false), none()),
            new Entitlement("help", new Entitlement.Value("gold"), none()),
            new Entitlement("projects", new Entitlement.Unlimited(), none()));
    assertThat(plan.creditGrants())
        .containsExactly(
            new CatalogPlan.CreditGrant("tokens", n("1000"), Optional.of(Interval.Unit.MONTH)));
    assertThat(plan.minimumCommitments())
        .containsExactly(new CatalogPlan.MinimumCommitment(n("100.00"), "USD", Interval.Unit.YEAR));
    assertThat(plan.usageThresholds())
        .containsExactly(new CatalogPlan.UsageThreshold(n("5"), "EUR", true, "Soft cap"));
    assertThat(plan.tax())
        .contains(
            new CatalogPlan.Tax(
                "vat", Optional.of(n("20")), Optional.of(CatalogPlan.TaxBehavior.EXCLUSIVE)));
  }

  @Test
  void aPriceHoldsWhatWasWrittenBesideItsModel() {
    CatalogPrice price =
        price(
            compile(
                "Price monthly metadata.uid: uid-1",
                "Price monthly metadata.generation: 7",
                "Price monthly spec.externalId: price_1",
                "Price monthly spec.nickname: Team, monthly",
                "Price monthly spec.invoiceDisplayName: Team plan",
                "Price monthly spec.currency: JPY",
                "Price calls spec.currency: JPY",
                "Price card spec.currency: JPY",
                "Price gb spec.currency: JPY",
                "Price wire spec.currency: JPY",
                "Price sms spec.currency: JPY",
                "Price over spec.currency: JPY",
                "Price monthly spec.billing: InArrears",
                "Price monthly spec.sortOrder: 3",
                "Price monthly spec.trialDays: 7",
                "Price monthly spec.metadata: {tier: a}"),
            "monthly");

    assertThat(price.uid()).isEqualTo("uid-1");
    assertThat(price.generation()).isEqualTo(7);
    assertThat(price.externalId()).contains("price_1");
    assertThat(price.nickname()).isEqualTo("Team, monthly");
    assertThat(price.invoiceDisplayName()).isEqualTo("Team plan");
    assertThat(price.currency()).isEqualTo("JPY");
    assertThat(price.billing()).isEqualTo(CatalogPrice.Billing.IN_ARREARS);
    assertThat(price.sortOrder()).hasValue(3);
    assertThat(price.trialDays()).hasValue(7);
    assertThat(price.metadata()).isEqualTo(Map.of("tier", "a"));
  }

  @Test
  void whatIsPaidOnceIsNoPeriod() {
    CatalogPlan plan =
        compile(
            "+ " + CompilerCases.price("setup", "flat: {amount: '10'}"),
            "Price setup spec.recurring",
            "Price setup spec.oneTime: {}");

    assertThat(price(plan, "setup").schedule()).isEqualTo(new CatalogPrice.OneTime());
    assertThat(price(plan, "setup").role()).isEqualTo(CatalogPrice.Role.ONE_TIME);
    assertThat(price(plan, "monthly").role()).isEqualTo(CatalogPrice.Role.ALTERNATIVE);
    assertThat(price(plan, "calls").role()).isEqualTo(CatalogPrice.Role.COMPONENT);
  }

  @Test
  void anAddOnIsOne() {
    Compiled compiled =
        (Compiled)
            CompilerCases.shop()
                .with(
                    List.of(
                        "Plan extra spec.entitlements: [{feature: seats, limit: 5, mode:"
                            + " Increment}, {feature: help, value: gold, mode: Override}]"))
                .compile("extra");

    assertThat(compiled.plan().type()).isEqualTo(CatalogPlan.Type.ADD_ON);
    assertThat(compiled.plan().pricing()).isEqualTo(CatalogPlan.Pricing.CUSTOM);
    assertThat(compiled.plan().entitlements())
        .extracting(Entitlement::mode)
        .containsExactlyInAnyOrder(
            Optional.of(Entitlement.Mode.INCREMENT), Optional.of(Entitlement.Mode.OVERRIDE));
  }

  @Test
  void aFreePlanMayHaveOnePriceOfNothing() {
    Compilation compilation =
        CompilerCases.shop()
            .with(
                List.of(
                    "Plan starter spec.pricing: Free",
                    "+ " + CompilerCases.price("nothing", "flat: {amount: '0.00'}"),
                    "Price nothing spec.planRef: {name: starter}",
                    "Price nothing spec.trialDays: 0"))
            .compile("starter");

    assertThat(compilation).isInstanceOf(Compiled.class);
    assertThat(((Compiled) compilation).plan().prices()).hasSize(1);
  }

  private static CatalogPlan compile(String... changes) {
    Compilation compilation = CompilerCases.shop().with(Arrays.asList(changes)).compile("team");
    assertThat(compilation).isInstanceOf(Compiled.class);
    return ((Compiled) compilation).plan();
  }

  private static CatalogPrice price(CatalogPlan plan, String name) {
    return plan.prices().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static Arguments model(String name, String written, PriceModel model) {
    return Arguments.of(name, written, model);
  }

  private static PriceModel perUnit(
      String metric,
      String amount,
      PriceModel.UsageType type,
      OptionalLong least,
      OptionalLong most) {
    return new PriceModel.PerUnit(
        metric, n(amount), type, least, most, List.of(), PriceModel.Unmatched.NOT_BILLED);
  }

  private static PriceModel filtered(String amount, PriceModel.Unmatched unmatched) {
    return new PriceModel.PerUnit(
        "calls",
        n(amount),
        PriceModel.UsageType.METERED,
        NO_UNITS,
        NO_UNITS,
        List.of(new PriceModel.Filter("region", List.of("eu", "us"), n("0.3"))),
        unmatched);
  }

  private static List<PriceModel.Tier> tiers() {
    return List.of(
        new PriceModel.Tier(Optional.of(n("10")), n("0.5"), n("0")),
        new PriceModel.Tier(none(), n("0"), n("2")));
  }

  private static BigDecimal n(String number) {
    return new BigDecimal(number);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
