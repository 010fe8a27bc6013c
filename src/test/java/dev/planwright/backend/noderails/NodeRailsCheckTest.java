package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.MONTH;
import static dev.planwright.backend.noderails.Shop.flat;
import static dev.planwright.backend.noderails.Shop.team;
import static dev.planwright.backend.noderails.Shop.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
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

/** What NodeRails cannot say is refused before any call, with what would work. */
class NodeRailsCheckTest {
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final List<PriceModel.Tier> TIERS =
      List.of(new PriceModel.Tier(Optional.empty(), ONE, BigDecimal.ZERO));

  private static Arguments refused(String field, String instead, Consumer<Shop> edit) {
    return Arguments.of(field, instead, edit);
  }

  private static Arguments price(String field, String instead, CatalogPrice price) {
    return refused(field, instead, it -> it.prices.add(price));
  }

  private static PriceModel perUnit(PriceModel.UsageType type) {
    return new PriceModel.PerUnit(
        "calls",
        ONE,
        type,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(),
        PriceModel.Unmatched.BASE_AMOUNT);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused("spec.displayName", "shorter", it -> it.displayName = "x".repeat(256)),
        refused("spec.description", "shorter", it -> it.description = "x".repeat(2001)),
        refused("spec.imageUrl", "https://", it -> it.imageUrl = "team.png"),
        refused("spec.externalId", "dashboard", it -> it.externalId = Optional.of("plan_1")),
        refused("spec.type", "type: Plan", it -> it.type = CatalogPlan.Type.ADD_ON),
        refused("spec.pricing", "Paid", it -> it.pricing = CatalogPlan.Pricing.CUSTOM),
        refused(
            "spec.pricing",
            "flat Price of \"0\"",
            it -> {
              it.pricing = CatalogPlan.Pricing.FREE;
              it.prices.clear();
            }),
        refused("spec.product", "leave product out", it -> it.product = Optional.of("main")),
        refused("spec.parentPlanRef", "everything", it -> it.parent = Optional.of("starter")),
        refused("spec.compatibleAddOns", "leave", it -> it.addOns = List.of("seats")),
        refused(
            "spec.entitlements[sso]",
            "your own code",
            it ->
                it.entitlements =
                    List.of(
                        new Entitlement("sso", new Entitlement.Enabled(true), Optional.empty()))),
        refused(
            "spec.creditGrants",
            "leave",
            it ->
                it.credits = List.of(new CatalogPlan.CreditGrant("tokens", ONE, Optional.empty()))),
        refused(
            "spec.minimumCommitments",
            "flat amount",
            it ->
                it.commitments =
                    List.of(new CatalogPlan.MinimumCommitment(ONE, "USD", Interval.Unit.MONTH))),
        refused(
            "spec.usageThresholds",
            "leave",
            it -> it.thresholds = List.of(new CatalogPlan.UsageThreshold(ONE, "USD", false, ""))),
        refused(
            "spec.trial.onEnd",
            "ConvertToPaid",
            it ->
                it.trial =
                    Optional.of(
                        new CatalogPlan.Trial(14, Optional.of(CatalogPlan.TrialEnd.CANCEL)))),
        refused(
            "spec.trial",
            "leave trial out",
            it -> {
              it.with(Shop.once("book", "19.90", "USD"));
              it.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
            }),
        refused(
            "spec.tax",
            "name a tax rate",
            it ->
                it.tax = Optional.of(new CatalogPlan.Tax("", Optional.empty(), Optional.empty()))),
        refused(
            "spec.tax.rate",
            "in that range",
            it ->
                it.tax =
                    Optional.of(
                        new CatalogPlan.Tax(
                            "", Optional.of(new BigDecimal("19.125")), Optional.empty()))),
        price("spec.oneTime", "Plan of its own", Shop.once("setup", "10", "USD")),
        price("spec.flat.amount", "two decimals", flat("x", "1.001", "EUR", MONTH)),
        price("spec.flat.amount", "two decimals", flat("x", "-1", "EUR", MONTH)),
        price("spec.flat.amount", "two decimals", flat("x", "1" + "0".repeat(16), "EUR", MONTH)),
        price(
            "spec.flat.metric",
            "leave metric out",
            usage(new PriceModel.Flat(ONE, Optional.of("calls")))),
        price("spec.perUnit", "flat price", usage(perUnit(PriceModel.UsageType.METERED))),
        price("spec.perUnit", "number of seats", usage(perUnit(PriceModel.UsageType.LICENSED))),
        price(
            "spec.package",
            "paid once",
            usage(new PriceModel.Package("calls", ONE, ONE, BigDecimal.ZERO))),
        price("spec.graduated", "bxb", usage(new PriceModel.Graduated("calls", TIERS))),
        price("spec.volume", "each tier", usage(new PriceModel.Volume("calls", TIERS))),
        price("spec.overage", "bxb", usage(new PriceModel.Overage("seats", ONE))),
        price(
            "spec.percentage",
            "bxb",
            usage(
                new PriceModel.Percentage(
                    "pay", ONE, BigDecimal.ZERO, 0, Optional.empty(), Optional.empty()))),
        price(
            "spec.graduatedPercentage",
            "bxb",
            usage(
                new PriceModel.GraduatedPercentage(
                    "pay", List.of(new PriceModel.RateTier(Optional.empty(), ONE))))),
        price("spec.dynamic", "bxb", usage(new PriceModel.Dynamic("calls"))),
        price(
            "spec.billing",
            "InAdvance",
            Shop.with(
                "late",
                "EUR",
                new CatalogPrice.Recurring(MONTH),
                new PriceModel.Flat(ONE, Optional.empty()),
                CatalogPrice.Billing.IN_ARREARS)),
        price(
            "spec.countries",
            "each market",
            Shop.dressed(
                flat("x", "1", "EUR", MONTH),
                "",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of("DE"),
                Map.of())),
        price("spec.externalId", "dashboard", Shop.known(flat("x", "1", "EUR", MONTH), "p1")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void whatCannotBeSaidIsRefusedWithAWayOut(String field, String instead, Consumer<Shop> edit) {
    Shop shop = team();
    edit.accept(shop);

    assertThat(NodeRailsCheck.check(shop.plan()).violations())
        .anySatisfy(
            it -> {
              assertThat(it.field()).isEqualTo(field);
              assertThat(it.instead()).contains(instead);
              assertThat(it.problem()).isNotEmpty();
            });
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Shop shop = team();
    shop.type = CatalogPlan.Type.ADD_ON;
    shop.product = Optional.of("main");
    shop.prices.add(flat("x", "1.001", "EUR", MONTH));

    assertThat(NodeRailsCheck.check(shop.plan()).violations())
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("spec.type", "spec.product", "spec.flat.amount");
  }

  @Test
  void whatNodeRailsIsGoodAtIsExpressible() {
    Shop shop = team();
    shop.prices.add(flat("euro", "45", "EUR", Interval.of(Interval.Unit.MONTH, 3)));
    shop.prices.add(flat("daily", "0", "JPY", Interval.of(Interval.Unit.DAY, 10)));
    shop.trial =
        Optional.of(new CatalogPlan.Trial(14, Optional.of(CatalogPlan.TrialEnd.CONVERT_TO_PAID)));
    shop.lifecycle = CatalogPlan.Lifecycle.ARCHIVED;

    Verdict verdict = NodeRailsCheck.check(shop.plan());

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.warnings()).singleElement().asString().contains("[EUR, JPY]");
  }

  @Test
  void cosmeticsThatHaveNoPlaceAreWarnings() {
    Shop shop = team();
    shop.invoiceDisplayName = "Team plan";
    shop.prices.add(
        Shop.dressed(
            flat("x", "1", "USD", Interval.of(Interval.Unit.WEEK, 1)),
            "n".repeat(101),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.of(-1),
            List.of(),
            Map.of("a", "b")));

    Verdict verdict = NodeRailsCheck.check(shop.plan());

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.warnings())
        .hasSize(4)
        .anySatisfy(it -> assertThat(it).contains("spec.invoiceDisplayName"))
        .anySatisfy(it -> assertThat(it).contains("spec.nickname"))
        .anySatisfy(it -> assertThat(it).contains("spec.sortOrder"))
        .anySatisfy(it -> assertThat(it).contains("spec.metadata"));
  }
}
