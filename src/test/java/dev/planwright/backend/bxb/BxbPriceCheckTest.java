package dev.planwright.backend.bxb;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.price;
import static dev.planwright.testing.Samples.team;
import static dev.planwright.testing.Samples.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.testing.Samples;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BxbPriceCheckTest {
  private static CatalogPrice every(String name, Interval.Unit unit, int count) {
    return price(
        name, new PriceModel.Flat(dec("9"), Optional.empty()), "USD", Interval.of(unit, count));
  }

  private static Samples only(CatalogPrice price) {
    return new Samples().with(price);
  }

  private static PriceModel perUnitWith(
      PriceModel.UsageType type,
      OptionalLong min,
      OptionalLong max,
      PriceModel.Unmatched unmatched,
      PriceModel.Filter... filters) {
    return new PriceModel.PerUnit("calls", dec("1"), type, min, max, List.of(filters), unmatched);
  }

  private static PriceModel metered(PriceModel.Unmatched unmatched, PriceModel.Filter... filters) {
    return perUnitWith(
        PriceModel.UsageType.METERED,
        OptionalLong.empty(),
        OptionalLong.empty(),
        unmatched,
        filters);
  }

  private static PriceModel percentage(String fixed, long free, String min, String max) {
    return new PriceModel.Percentage(
        "calls",
        dec("2.5"),
        dec(fixed),
        free,
        min.isEmpty() ? Optional.empty() : Optional.of(dec(min)),
        max.isEmpty() ? Optional.empty() : Optional.of(dec(max)));
  }

  static Stream<Arguments> refused() {
    PriceModel.Filter eu = new PriceModel.Filter("region", List.of("eu"), dec("1"));
    return Stream.of(
        arguments("every day", only(every("p", Interval.Unit.DAY, 1)), "spec.recurring", "one of"),
        arguments(
            "every two weeks", only(every("p", Interval.Unit.WEEK, 2)), "spec.recurring", "one of"),
        arguments(
            "every half year",
            only(every("p", Interval.Unit.MONTH, 6)),
            "spec.recurring",
            "one of"),
        arguments(
            "every two years", only(every("p", Interval.Unit.YEAR, 2)), "spec.recurring", "one of"),
        arguments(
            "a setup fee",
            team()
                .with(
                    price(
                        "setup",
                        new PriceModel.Flat(dec("9"), Optional.empty()),
                        "USD",
                        new CatalogPrice.OneTime(),
                        CatalogPrice.Billing.IN_ADVANCE,
                        List.of(),
                        OptionalInt.empty(),
                        Optional.empty())),
            "spec.oneTime",
            "add-on of the subscription"),
        arguments(
            "two flat prices",
            team().with(every("yearly", Interval.Unit.YEAR, 1)),
            "spec.flat",
            "one Plan for each interval"),
        arguments(
            "two currencies",
            team().with(price("calls", perUnit("x", "calls", "1").model(), "EUR", Samples.MONTHLY)),
            "spec.currency",
            "one Plan for each currency"),
        arguments(
            "usage in another interval",
            team()
                .with(
                    price(
                        "calls",
                        perUnit("x", "calls", "1").model(),
                        "USD",
                        Interval.of(Interval.Unit.YEAR, 1))),
            "spec.recurring",
            "give the price the interval of \"team-monthly\""),
        arguments(
            "usage paid in advance",
            team()
                .with(
                    price(
                        "calls",
                        perUnit("x", "calls", "1").model(),
                        "USD",
                        new CatalogPrice.Recurring(Samples.MONTHLY),
                        CatalogPrice.Billing.IN_ADVANCE,
                        List.of(),
                        OptionalInt.empty(),
                        Optional.empty())),
            "spec.billing",
            "InArrears"),
        arguments(
            "countries, trial and id of a price",
            team()
                .with(
                    price(
                        "calls",
                        perUnit("x", "calls", "1").model(),
                        "USD",
                        new CatalogPrice.Recurring(Samples.MONTHLY),
                        CatalogPrice.Billing.IN_ARREARS,
                        List.of("DE"),
                        OptionalInt.of(3),
                        Optional.of("id"))),
            "spec.countries",
            "one Plan for each market"),
        arguments(
            "parts of a cent", only(flat("p", "0.001")), "spec.flat.amount", "at most 2 decimals"),
        arguments(
            "a base fee beyond 32 bits",
            only(flat("p", "21474836.48")),
            "spec.flat.amount",
            "in that range"),
        arguments("a negative fee", only(flat("p", "-1")), "spec.flat.amount", "in that range"),
        arguments(
            "licensed seats",
            team()
                .with(
                    price(
                        "seats",
                        perUnitWith(
                            PriceModel.UsageType.LICENSED,
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            PriceModel.Unmatched.NOT_BILLED))),
            "spec.perUnit.usageType",
            "aggregates max"),
        arguments(
            "fewest units",
            team()
                .with(
                    price(
                        "u",
                        perUnitWith(
                            PriceModel.UsageType.METERED,
                            OptionalLong.of(5),
                            OptionalLong.empty(),
                            PriceModel.Unmatched.NOT_BILLED))),
            "spec.perUnit.minUnits",
            "minimumCommitments"),
        arguments(
            "most units",
            team()
                .with(
                    price(
                        "u",
                        perUnitWith(
                            PriceModel.UsageType.METERED,
                            OptionalLong.empty(),
                            OptionalLong.of(5),
                            PriceModel.Unmatched.NOT_BILLED))),
            "spec.perUnit.maxUnits",
            "entitlement"),
        arguments(
            "unmatched usage at the base amount",
            team().with(price("u", metered(PriceModel.Unmatched.BASE_AMOUNT, eu))),
            "spec.perUnit.unmatched",
            "list every value"),
        arguments(
            "filters on two dimensions",
            team()
                .with(
                    price(
                        "u",
                        metered(
                            PriceModel.Unmatched.NOT_BILLED,
                            eu,
                            new PriceModel.Filter("tier", List.of("gold"), dec("2"))))),
            "spec.perUnit.filters[1].key",
            "use one key"),
        arguments(
            "one value in two filters",
            team().with(price("u", metered(PriceModel.Unmatched.NOT_BILLED, eu, eu))),
            "spec.perUnit.filters[1].values",
            "name each value once"),
        arguments(
            "overage",
            team().with(price("o", new PriceModel.Overage("seats", dec("5")))),
            "spec.overage.feature",
            "use graduated"),
        arguments(
            "a fixed amount per event",
            team().with(price("p", percentage("0.30", 0, "", ""))),
            "spec.percentage.fixedAmount",
            "perUnit price over a metric that counts them"),
        arguments(
            "free events",
            team().with(price("p", percentage("0", 3, "", ""))),
            "spec.percentage.freeEvents",
            "leave it out"),
        arguments(
            "a minimum per event",
            team().with(price("p", percentage("0", 0, "0.10", ""))),
            "spec.percentage.minAmount",
            "leave it out"),
        arguments(
            "a maximum per event",
            team().with(price("p", percentage("0", 0, "", "5"))),
            "spec.percentage.maxAmount",
            "leave it out"),
        arguments(
            "a flat amount that graduated tiers would not charge for nothing",
            team()
                .with(
                    price(
                        "g",
                        new PriceModel.Graduated(
                            "calls", List.of(tier("10", "1", "5"), tier("", "1", "0"))))),
            "spec.graduated.tiers[0].flatAmount",
            "a price of its own"),
        arguments(
            "bounds between units with flat amounts",
            team()
                .with(
                    price(
                        "g",
                        new PriceModel.Graduated(
                            "calls", List.of(tier("10.5", "1", "0"), tier("", "1", "5"))))),
            "spec.graduated.tiers[0].upTo",
            "whole number"),
        arguments(
            "a bound that a JSON number would round",
            team()
                .with(
                    price(
                        "v",
                        new PriceModel.Volume(
                            "calls",
                            List.of(tier("1234567890.1234567", "1", "0"), tier("", "1", "0"))))),
            "spec.volume.tiers[0].upTo",
            "fewer digits"),
        arguments(
            "events with prices in another unit",
            team().with(price("d", new PriceModel.Dynamic("calls"))),
            "spec.dynamic.metric",
            "unit: Minor"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatBxbCannotSayOfAPriceIsRefusedWithWhatWorksInstead(
      String what, Samples sample, String field, String instead) {
    Verdict verdict =
        BxbCheckTest.check(sample.plan(), BxbCheckTest.settings("Minor", "Description"));
    assertThat(verdict.violations())
        .as(what)
        .filteredOn(it -> it.field().equals(field))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.instead()).contains(instead))
        .allSatisfy(it -> assertThat(it.problem()).isNotBlank())
        .allSatisfy(it -> assertThat(it.object()).matches("(Plan|Price) shop/.+"));
  }
}
