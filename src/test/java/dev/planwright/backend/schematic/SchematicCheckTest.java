package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.Samples.dec;
import static dev.planwright.backend.schematic.Samples.enabled;
import static dev.planwright.backend.schematic.Samples.flat;
import static dev.planwright.backend.schematic.Samples.limit;
import static dev.planwright.backend.schematic.Samples.metered;
import static dev.planwright.backend.schematic.Samples.once;
import static dev.planwright.backend.schematic.Samples.perUnit;
import static dev.planwright.backend.schematic.Samples.seats;
import static dev.planwright.backend.schematic.Samples.team;
import static dev.planwright.backend.schematic.Samples.tier;
import static dev.planwright.backend.schematic.Samples.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import dev.planwright.emulator.schematic.SchematicEmulator;
import dev.planwright.sync.Outcome;
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

/** What Schematic cannot say is refused before any call, by field, with what works instead. */
class SchematicCheckTest {
  private static final Interval YEAR = Interval.of(Interval.Unit.YEAR, 1);
  private static final Interval QUARTER = Interval.of(Interval.Unit.MONTH, 3);

  private final Bench bench = new Bench();

  static Stream<Arguments> refused() {
    return Stream.of(
        of("spec.displayName", "TextTooLong", s -> s.displayName = "x".repeat(257)),
        of("spec.displayName", "TextTooLong", s -> s.displayName = ""),
        of("spec.description", "TextTooLong", s -> s.description = "x".repeat(1025)),
        of("spec.lifecycle", "archives", s -> s.lifecycle = CatalogPlan.Lifecycle.ARCHIVED),
        of("spec.pricing", "no prices", s -> s.pricing = CatalogPlan.Pricing.CUSTOM),
        of("spec.product", "no products", s -> s.product = Optional.of("main")),
        of("spec.parentPlanRef", "inherit", s -> s.parentPlan = Optional.of("starter")),
        of("spec.compatibleAddOns", "catalog", s -> s.addOns = List.of("seats")),
        of(
            "spec.creditGrants",
            "grants",
            s ->
                s.credits =
                    List.of(
                        new CatalogPlan.CreditGrant("tokens", BigDecimal.TEN, Optional.empty()))),
        of(
            "spec.minimumCommitments",
            "minimum spend",
            s ->
                s.commitments =
                    List.of(
                        new CatalogPlan.MinimumCommitment(
                            BigDecimal.TEN, "USD", Interval.Unit.MONTH))),
        of(
            "spec.usageThresholds",
            "threshold",
            s ->
                s.thresholds =
                    List.of(new CatalogPlan.UsageThreshold(BigDecimal.TEN, "USD", false, ""))),
        of(
            "spec.tax",
            "Stripe",
            s ->
                s.tax =
                    Optional.of(new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()))),
        of(
            "spec.trial.onEnd",
            "UnsupportedTrial",
            s ->
                s.trial =
                    Optional.of(
                        new CatalogPlan.Trial(14, Optional.of(CatalogPlan.TrialEnd.CANCEL)))),
        of(
            "spec.trial",
            "UnsupportedTrial",
            s -> {
              s.prices.clear();
              s.trial = trial();
            }),
        of(
            "spec.trial",
            "usage prices",
            s -> {
              s.with(metered("calls", "calls", "0.002"));
              s.trial = trial();
            }),
        of(
            "spec.trial",
            "add-ons",
            s -> {
              s.type = CatalogPlan.Type.ADD_ON;
              s.trial = trial();
            }),
        of("spec.entitlements[projects].limit", "whole", s -> s.granting(limit("projects", "1.5"))),
        of(
            "spec.entitlements[projects].reset",
            "day, week or month",
            s -> s.granting(limit("projects", "5", Optional.of(Interval.Unit.YEAR), false))),
        of(
            "spec.entitlements[projects].soft",
            "overage",
            s -> s.granting(limit("projects", "5", Optional.empty(), true))),
        of(
            "spec.entitlements[projects].limit",
            "add-ons",
            s -> {
              s.type = CatalogPlan.Type.ADD_ON;
              s.granting(limit("projects", "5"));
            }),
        of(
            "spec.entitlements[tier].value",
            "switches and numbers",
            s ->
                s.granting(
                    new Entitlement("tier", new Entitlement.Value("gold"), Optional.empty()))),
        of(
            "spec.entitlements[sso].mode",
            "add-on",
            s ->
                s.granting(
                    new Entitlement(
                        "sso",
                        new Entitlement.Enabled(true),
                        Optional.of(Entitlement.Mode.INCREMENT)))),
        of(
            "spec.entitlements[seats]",
            "one entitlement",
            s -> s.with(seats("seats", "seats", "5")).granting(limit("seats", "5"))),
        of(
            "spec.entitlements[seats]",
            "one entitlement",
            s -> s.with(seats("seats", "seats", "5")).granting(unlimited("seats"))),
        of(
            "spec.entitlements[calls]",
            "one entitlement",
            s -> s.with(metered("calls", "calls", "5")).granting(enabled("calls"))),
        of(
            "spec.entitlements[calls]",
            "one entitlement",
            s -> s.with(metered("calls", "calls", "5")).granting(limit("calls", "0"))),
        of(
            "spec.recurring",
            "UnsupportedInterval",
            s ->
                s.prices.set(
                    0, flat("team-weekly", "5", "USD", Interval.of(Interval.Unit.WEEK, 1)))),
        of(
            "spec.recurring",
            "UnsupportedInterval",
            s ->
                s.prices.set(
                    0, flat("two-months", "5", "USD", Interval.of(Interval.Unit.MONTH, 2)))),
        of("spec.oneTime", "MixedCharges", s -> s.with(once("setup", "99"))),
        of("spec.flat", "DuplicatePrice", s -> s.with(flat("again", "48"))),
        of("spec.flat.amount", "AmountPrecision", s -> s.prices.set(0, flat("a", "49.005"))),
        of(
            "spec.flat.amount",
            "AmountPrecision",
            s -> s.prices.set(0, flat("a", "49.5", "JPY", Samples.MONTH))),
        of(
            "spec.currency",
            "minor unit",
            s -> s.prices.set(0, flat("a", "49", "KWD", Samples.MONTH))),
        of(
            "spec.currency",
            "minor unit",
            s -> s.prices.set(0, flat("a", "49", "UGX", Samples.MONTH))),
        of(
            "spec.flat",
            "UnsupportedModel",
            s -> s.with(Samples.price("fee", new PriceModel.Flat(dec("5"), Optional.of("calls"))))),
        of(
            "spec.package",
            "UnsupportedModel",
            s ->
                s.with(
                    Samples.price(
                        "p",
                        new PriceModel.Package("calls", dec("1000"), dec("8"), BigDecimal.ZERO)))),
        of(
            "spec.percentage",
            "UnsupportedModel",
            s ->
                s.with(
                    Samples.price(
                        "p",
                        new PriceModel.Percentage(
                            "calls",
                            dec("2"),
                            BigDecimal.ZERO,
                            0,
                            Optional.empty(),
                            Optional.empty())))),
        of(
            "spec.dynamic",
            "UnsupportedModel",
            s -> s.with(Samples.price("p", new PriceModel.Dynamic("calls")))),
        of(
            "spec.perUnit.filters",
            "dimensions",
            s ->
                s.with(
                    Samples.price(
                        "p",
                        new PriceModel.PerUnit(
                            "calls",
                            dec("1"),
                            PriceModel.UsageType.METERED,
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            List.of(new PriceModel.Filter("region", List.of("eu"), dec("2"))),
                            PriceModel.Unmatched.BASE_AMOUNT)))),
        of(
            "spec.perUnit.minUnits",
            "least",
            s -> s.with(bought(OptionalLong.of(2), OptionalLong.empty()))),
        of(
            "spec.perUnit.maxUnits",
            "greatest",
            s -> s.with(bought(OptionalLong.empty(), OptionalLong.of(9)))),
        of("spec.perUnit.metric", "feature", s -> s.with(seats("p", "", "5"))),
        of(
            "spec.graduated.tiers.flatAmount",
            "first tier",
            s -> s.with(tiered(tier("10", "1", "5"), tier("", "1", "0")))),
        of(
            "spec.graduated.tiers.upTo",
            "whole",
            s -> s.with(tiered(tier("1.5", "1", "0"), tier("", "1", "0")))),
        of(
            "spec.graduated.tiers.flatAmount",
            "AmountPrecision",
            s -> s.with(tiered(tier("10", "1", "0"), tier("", "1", "0.005")))),
        of(
            "spec.perUnit",
            "DuplicatePrice",
            s -> s.with(metered("a", "calls", "1"), metered("b", "calls", "2"))),
        of(
            "spec.recurring",
            "would pay nothing",
            s -> s.with(flat("yearly", "490", "USD", YEAR), metered("calls", "calls", "1"))),
        of(
            "spec.recurring",
            "would pay nothing",
            s -> s.with(flat("euro", "45", "EUR", Samples.MONTH), metered("calls", "calls", "1"))),
        of(
            "spec.recurring",
            "another time",
            s ->
                s.with(
                    flat("yearly", "490", "USD", YEAR),
                    metered("calls", "calls", "1"),
                    Samples.price(
                        "calls-y",
                        perUnit("calls", "1", PriceModel.UsageType.METERED),
                        "USD",
                        YEAR))),
        of(
            "spec.perUnit",
            "priced in one way",
            s ->
                s.with(
                    flat("euro", "45", "EUR", Samples.MONTH),
                    metered("a-calls", "calls", "1"),
                    seats("b-calls", "calls", "1", "EUR"))),
        of(
            "spec.overage",
            "another time",
            s -> {
              s.prices.set(0, flat("q", "49", "USD", QUARTER));
              s.with(
                  Samples.price("over", new PriceModel.Overage("calls", dec("1")), "USD", QUARTER));
              s.granting(limit("calls", "5", Optional.of(Interval.Unit.MONTH), true));
            }),
        of(
            "spec.billing",
            "in advance",
            s ->
                s.prices.set(
                    0,
                    changed(
                        CatalogPrice.Billing.IN_ARREARS,
                        List.of(),
                        OptionalInt.empty(),
                        Optional.empty()))),
        of(
            "spec.countries",
            "currency",
            s ->
                s.prices.set(
                    0,
                    changed(
                        CatalogPrice.Billing.IN_ADVANCE,
                        List.of("DE"),
                        OptionalInt.empty(),
                        Optional.empty()))),
        of(
            "spec.trialDays",
            "UnsupportedTrial",
            s ->
                s.prices.set(
                    0,
                    changed(
                        CatalogPrice.Billing.IN_ADVANCE,
                        List.of(),
                        OptionalInt.of(7),
                        Optional.empty()))),
        of(
            "spec.externalId",
            "new price",
            s ->
                s.prices.set(
                    0,
                    changed(
                        CatalogPrice.Billing.IN_ADVANCE,
                        List.of(),
                        OptionalInt.empty(),
                        Optional.of("bprice_1")))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void whatCannotBeSaidIsRefusedBeforeAnyCall(
      String field, String problem, Consumer<Samples> edit) {
    Samples sample = team();
    edit.accept(sample);

    List<Violation> violations = check(sample.plan()).violations();

    assertThat(violations)
        .anySatisfy(
            it -> {
              assertThat(it.field()).isEqualTo(field);
              assertThat(it.problem()).contains(problem);
              assertThat(it.instead()).isNotEmpty();
            });
    assertThat(bench.run(sample.plan(), Bench.KEEP).outcome())
        .isInstanceOf(Outcome.Inexpressible.class);
    assertThat(bench.server.exchanges())
        .extracting(SchematicEmulator.Exchange::target)
        .as("calls, but for those that open the account")
        .allMatch(it -> it.startsWith("/whoami"));
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Samples sample = team().with(once("setup", "99"), flat("weird", "1.001"));
    sample.lifecycle = CatalogPlan.Lifecycle.ARCHIVED;
    sample.product = Optional.of("main");

    assertThat(check(sample.plan()).violations())
        .extracting(Violation::field)
        .contains("spec.lifecycle", "spec.product", "spec.oneTime", "spec.flat.amount");
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        ok(
            "several intervals",
            s -> s.with(flat("q", "140", "USD", QUARTER), flat("y", "490", "USD", YEAR))),
        ok(
            "several currencies",
            s ->
                s.with(
                    flat("e", "45", "EUR", Samples.MONTH),
                    flat("j", "7000", "JPY", Samples.MONTH))),
        ok(
            "sold once",
            s -> {
              s.prices.clear();
              s.with(once("lifetime", "490"));
            }),
        ok(
            "usage alone",
            s -> {
              s.prices.clear();
              s.with(metered("calls", "calls", "0.00001"));
            }),
        ok("bought seats", s -> s.with(seats("seats", "seats", "5.25"))),
        ok(
            "metered with a cap",
            s ->
                s.with(metered("calls", "calls", "1"))
                    .granting(limit("calls", "1000", Optional.of(Interval.Unit.MONTH), false))),
        ok(
            "metered without end",
            s -> s.with(metered("calls", "calls", "1")).granting(unlimited("calls"))),
        ok("tiers", s -> s.with(tiered(tier("10", "1", "0"), tier("", "0.5", "3")))),
        ok(
            "overage",
            s ->
                s.with(Samples.price("over", new PriceModel.Overage("calls", dec("0.01"))))
                    .granting(limit("calls", "100", Optional.of(Interval.Unit.MONTH), true))),
        ok(
            "overage of a number that is set",
            s ->
                s.with(Samples.price("over", new PriceModel.Overage("projects", dec("5"))))
                    .granting(limit("projects", "0", Optional.empty(), true))),
        ok("a trial", s -> s.trial = trial()),
        ok(
            "free",
            s -> {
              s.prices.clear();
              s.pricing = CatalogPlan.Pricing.FREE;
              s.granting(limit("projects", "1"));
            }),
        ok(
            "free with a price of nothing",
            s -> {
              s.prices.set(0, flat("zero", "0"));
              s.pricing = CatalogPlan.Pricing.FREE;
            }),
        ok(
            "priced by sales",
            s -> {
              s.prices.clear();
              s.pricing = CatalogPlan.Pricing.CUSTOM;
              s.granting(enabled("sso"));
            }),
        ok(
            "an add-on",
            s -> {
              s.type = CatalogPlan.Type.ADD_ON;
              s.granting(unlimited("projects"));
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void whatItCanSayComesToRestAndIsSold(String name, Consumer<Samples> edit) {
    Samples sample = team();
    edit.accept(sample);

    assertThat(check(sample.plan()).violations()).isEmpty();
    bench.sync(sample.plan());

    assertThat(bench.activeVersion()).isNotEmpty();
  }

  @Test
  void whatIsCosmeticIsAWarning() {
    Samples sample = team();
    sample.metadata = Map.of("tier", "team");
    sample.imageUrl = "https://example.com/team.png";

    Verdict verdict = check(sample.plan());

    assertThat(verdict.isExpressible()).isTrue();
    assertThat(verdict.warnings())
        .anyMatch(it -> it.contains("spec.metadata"))
        .anyMatch(it -> it.contains("spec.imageUrl"));
  }

  static Stream<Arguments> wrongFeatures() {
    return Stream.of(
        ok("a switch of a counted feature", s -> s.granting(enabled("calls"))),
        ok("a number of a switch", s -> s.granting(limit("sso", "5"))),
        ok("a limit of a license", s -> s.granting(limit("seats", "5"))),
        ok(
            "a set number that starts anew",
            s -> s.granting(limit("projects", "5", Optional.of(Interval.Unit.MONTH), false))),
        ok("a metered license", s -> s.with(metered("m", "seats", "5"))),
        ok("usage of a switch", s -> s.with(metered("m", "sso", "5"))),
        ok(
            "overage of a count that never starts anew",
            s ->
                s.with(Samples.price("over", new PriceModel.Overage("calls", dec("0.01"))))
                    .granting(limit("calls", "100", Optional.empty(), true))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongFeatures")
  void aFeatureOfAnotherTypeIsRefusedBeforeAnyWrite(String name, Consumer<Samples> edit) {
    Samples sample = team();
    edit.accept(sample);

    assertThat(bench.run(sample.plan(), Bench.KEEP).outcome())
        .isInstanceOf(Outcome.Inexpressible.class);
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void aPlanNeverBecomesAnAddOn() {
    bench.sync(team().plan());
    Samples sample = team();
    sample.type = CatalogPlan.Type.ADD_ON;

    assertThat(Bench.message(bench.run(sample.plan(), Bench.KEEP).outcome()))
        .contains("ImmutableField", bench.id());
  }

  @Test
  void aMetricThatCountsMinorUnitsOfMoneyIsRefused() {
    AccountConfig.Aliases aliases =
        new AccountConfig.Aliases(
            Map.of("money", new AccountConfig.Alias("calls", true)), Map.of(), Map.of());
    SchematicSettings settings = SchematicSettings.of(Bench.config(Bench.block(), aliases));

    assertThat(
            SchematicCheck.check(team().with(metered("m", "money", "1")).plan(), settings)
                .violations())
        .extracting(Violation::field)
        .contains("spec.perUnit.metric");
  }

  private Verdict check(CatalogPlan plan) {
    return bench.provider.check(plan, AccountFacts.unknown());
  }

  private static Optional<CatalogPlan.Trial> trial() {
    return Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
  }

  private static CatalogPrice bought(OptionalLong least, OptionalLong most) {
    return Samples.price(
        "seats",
        new PriceModel.PerUnit(
            "seats",
            dec("5"),
            PriceModel.UsageType.LICENSED,
            least,
            most,
            List.of(),
            PriceModel.Unmatched.BASE_AMOUNT));
  }

  private static CatalogPrice tiered(PriceModel.Tier... tiers) {
    return Samples.price("tiers", new PriceModel.Graduated("calls", List.of(tiers)));
  }

  private static CatalogPrice changed(
      CatalogPrice.Billing billing,
      List<String> countries,
      OptionalInt trialDays,
      Optional<String> externalId) {
    return Samples.price(
        "team-monthly",
        new PriceModel.Flat(dec("49"), Optional.empty()),
        "USD",
        new CatalogPrice.Recurring(Samples.MONTH),
        billing,
        countries,
        trialDays,
        externalId);
  }

  private static Arguments of(String field, String problem, Consumer<Samples> edit) {
    return arguments(field, problem, edit);
  }

  private static Arguments ok(String name, Consumer<Samples> edit) {
    return arguments(name, edit);
  }
}
