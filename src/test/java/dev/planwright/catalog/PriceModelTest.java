package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.catalog.PriceModel.Dynamic;
import dev.planwright.catalog.PriceModel.Filter;
import dev.planwright.catalog.PriceModel.Flat;
import dev.planwright.catalog.PriceModel.Graduated;
import dev.planwright.catalog.PriceModel.GraduatedPercentage;
import dev.planwright.catalog.PriceModel.Overage;
import dev.planwright.catalog.PriceModel.Package;
import dev.planwright.catalog.PriceModel.PerUnit;
import dev.planwright.catalog.PriceModel.Percentage;
import dev.planwright.catalog.PriceModel.RateTier;
import dev.planwright.catalog.PriceModel.Tier;
import dev.planwright.catalog.PriceModel.Unmatched;
import dev.planwright.catalog.PriceModel.UsageType;
import dev.planwright.catalog.PriceModel.Volume;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each price model costs, worked out by hand. */
class PriceModelTest {
  /** 10 free, to 100 at 0.10 with 1.00 once, then 0.08. */
  private static final List<Tier> STORAGE =
      List.of(tier("10", "0", "0"), tier("100", "0.10", "1.00"), open("0.08", "0"));

  /** Every tier has a fee, the first one included. */
  private static final List<Tier> FEES = List.of(tier("10", "1", "5"), open("0.5", "7"));

  private static final List<RateTier> RATES =
      List.of(
          new RateTier(Optional.of(d("10000.00")), d("3")), new RateTier(Optional.empty(), d("2")));

  @ParameterizedTest(name = "{0}")
  @MethodSource({"plain", "tiered", "shares", "filtered"})
  void costs(String sentence, PriceModel model, Usage usage, String expected) {
    assertThat(model.cost(usage)).as(sentence).isEqualByComparingTo(expected);
  }

  static Stream<Arguments> plain() {
    return Stream.of(
        row("a flat price costs its amount whatever is used", flat("49.00"), q("17"), "49.00"),
        row("a flat price costs its amount when nothing is used", flat("49.00"), q("0"), "49"),
        row("a flat price of a metric is a fixed amount", metricFlat("3"), q("1000"), "3"),
        row("three calls cost three times the amount", perUnit("0.002"), q("3"), "0.006"),
        row("no call costs nothing", perUnit("0.002"), q("0"), "0"),
        row("half a unit costs half", perUnit("5"), q("0.5"), "2.5"),
        row(
            "the smallest amount is not rounded away",
            perUnit("0.00000000000000000001"),
            q("7"),
            "0.00000000000000000007"),
        row("two seats cost as many as the least that can be bought", seats("10", 3), q("2"), "30"),
        row("four seats are more than the least and cost four", seats("10", 3), q("4"), "40"),
        row("no seat costs the least that can be bought", seats("10", 3), q("0"), "30"),
        row("one message begins a package", pack("0"), q("1"), "8"),
        row("exactly one package is one package", pack("0"), q("1000"), "8"),
        row("one more begins the second package", pack("0"), q("1001"), "16"),
        row("no message needs no package", pack("0"), q("0"), "0"),
        row("free units are not counted", pack("100"), q("100"), "0"),
        row("the first unit after the free ones begins a package", pack("100"), q("101"), "8"),
        row("free units are taken off before packages are counted", pack("100"), q("1100"), "8"),
        row("and one more begins the second", pack("100"), q("1101"), "16"),
        row("a part of a unit begins a package too", pack("0"), q("1000.001"), "16"),
        row("each unit beyond the limit costs the overage", overage("5.00"), q("3"), "15"),
        row("nothing beyond the limit costs nothing", overage("5.00"), q("0"), "0"));
  }

  static Stream<Arguments> tiered() {
    return Stream.of(
        row("graduated: inside the free tier", new Graduated("m", STORAGE), q("10"), "0"),
        row(
            "graduated: the first unit of the second tier brings its fee",
            new Graduated("m", STORAGE),
            q("11"),
            "1.10"),
        row(
            "graduated: the second tier to its end, 90 units and the fee",
            new Graduated("m", STORAGE),
            q("100"),
            "10.00"),
        row(
            "graduated: fifty units of the last tier",
            new Graduated("m", STORAGE),
            q("150"),
            "14.00"),
        row(
            "graduated: a part of a unit reaches the next tier",
            new Graduated("m", STORAGE),
            q("10.5"),
            "1.05"),
        row(
            "graduated: the first tier's fee is charged at zero",
            new Graduated("m", FEES),
            q("0"),
            "5"),
        row(
            "graduated: the first tier's fee and its units",
            new Graduated("m", FEES),
            q("10"),
            "15"),
        row(
            "graduated: both fees as soon as both tiers are reached",
            new Graduated("m", FEES),
            q("12"),
            "23"),
        row("volume: the whole quantity at the free tier", new Volume("m", STORAGE), q("10"), "0"),
        row(
            "volume: one more, and all are at the second tier",
            new Volume("m", STORAGE),
            q("11"),
            "2.10"),
        row("volume: the boundary is inside its tier", new Volume("m", STORAGE), q("100"), "11.00"),
        row(
            "volume: just past the boundary all are cheaper",
            new Volume("m", STORAGE),
            q("101"),
            "8.08"),
        row("volume: the first tier's fee is charged at zero", new Volume("m", FEES), q("0"), "5"),
        row("volume: one tier's fee only", new Volume("m", FEES), q("12"), "13"),
        row(
            "one open tier is a price per unit with a fee",
            new Graduated("m", List.of(open("2", "1"))),
            q("3"),
            "7"),
        row(
            "one open tier means the same in both modes",
            new Volume("m", List.of(open("2", "1"))),
            q("3"),
            "7"));
  }

  static Stream<Arguments> shares() {
    Percentage card =
        new Percentage(
            "pay", d("2.5"), d("0.30"), 0, Optional.of(d("0.50")), Optional.of(d("5.00")));
    Percentage twoFree =
        new Percentage("pay", d("10"), d("0"), 2, Optional.empty(), Optional.empty());
    return Stream.of(
        row("2.5 percent of 40 is 1", pure("2.5"), q("40"), "1"),
        row("a pure rate takes the sum of single events too", pure("2.5"), events("10", "30"), "1"),
        row("a share of nothing is nothing", pure("2.5"), q("0"), "0"),
        row("one hundred percent is all of it", pure("100"), q("12.34"), "12.34"),
        row("zero percent is nothing", pure("0"), q("12.34"), "0"),
        row("an event costs its share and the fixed part", card, events("100"), "2.80"),
        row("a small event costs the least", card, events("1"), "0.50"),
        row("a great event costs the most", card, events("1000"), "5.00"),
        row(
            "least and most are per event, not for the sum",
            card,
            events("1", "100", "1000"),
            "8.30"),
        row("no event costs nothing, not the least", card, events(), "0"),
        row(
            "the first free events cost nothing, the third does",
            twoFree,
            events("100", "100", "50"),
            "5"),
        row("fewer events than are free cost nothing", twoFree, events("100"), "0"),
        row("inside the first slice", new GraduatedPercentage("m", RATES), q("1000"), "30"),
        row(
            "the boundary belongs to the first slice",
            new GraduatedPercentage("m", RATES),
            q("10000"),
            "300"),
        row(
            "what lies beyond has the second rate",
            new GraduatedPercentage("m", RATES),
            q("10050"),
            "301"),
        row("no slice of nothing", new GraduatedPercentage("m", RATES), q("0"), "0"),
        row(
            "each event at its own price",
            new Dynamic("m"),
            new Usage.Events(List.of(event("2", "1.50"), event("3", "0.10"))),
            "3.30"),
        row("no event, no cost", new Dynamic("m"), events(), "0"));
  }

  static Stream<Arguments> filtered() {
    PerUnit notBilled = filtered(Unmatched.NOT_BILLED);
    PerUnit base = filtered(Unmatched.BASE_AMOUNT);
    Usage mixed =
        new Usage.Filtered(Map.of("region=eu", d("100"), "region=us", d("10")), d("1000"));
    Usage strange = new Usage.Filtered(Map.of("region=moon", d("5")), d("0"));
    Usage both = new Usage.Filtered(Map.of("tier=gold", d("2"), "region=uk", d("3")), d("0"));
    return Stream.of(
        row("what matches no filter is not billed", notBilled, mixed, "0.40"),
        row("what matches no filter costs the base amount", base, mixed, "2.40"),
        row("a value that no filter names is unmatched: free", notBilled, strange, "0"),
        row("a value that no filter names is unmatched: base", base, strange, "0.010"),
        row("every filter has its own amount", notBilled, both, "2.009"),
        row("nothing used, nothing billed", base, new Usage.Filtered(Map.of(), d("0")), "0"));
  }

  @Test
  void theFirstFilterThatMatchesCounts() {
    PerUnit model =
        new PerUnit(
            "m",
            d("1"),
            UsageType.METERED,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(
                new Filter("region", List.of("eu"), d("2")),
                new Filter("region", List.of("us", "eu"), d("9"))),
            Unmatched.NOT_BILLED);

    assertThat(model.cost(new Usage.Filtered(Map.of("region=eu", d("10")), d("0"))))
        .isEqualByComparingTo("20");
  }

  @Test
  void aPartPerEventCannotBePricedFromASum() {
    Percentage model =
        new Percentage("m", d("1"), d("0.30"), 0, Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> model.cost(q("100")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("single events");
  }

  @Test
  void everyPartPerEventMakesAPercentageNeedItsEvents() {
    assertThat(pure("1").isPureRate()).isTrue();
    assertThat(percentage("0.01", 0, "", "").isPureRate()).isFalse();
    assertThat(percentage("0", 1, "", "").isPureRate()).isFalse();
    assertThat(percentage("0", 0, "0.01", "").isPureRate()).isFalse();
    assertThat(percentage("0", 0, "", "9").isPureRate()).isFalse();
  }

  @Test
  void aDynamicPriceCannotBePricedFromASum() {
    assertThatThrownBy(() -> new Dynamic("m").cost(q("100")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void filtersCannotBePricedFromASum() {
    PerUnit model = filtered(Unmatched.BASE_AMOUNT);
    assertThatThrownBy(() -> model.cost(q("100"))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tiersWithoutAnOpenEndAreNeverPricedAsFree() {
    List<Tier> bounded = List.of(tier("10", "1", "0"));
    List<RateTier> rates = List.of(new RateTier(Optional.of(d("10")), d("1")));

    for (PriceModel model :
        List.of(
            new Graduated("m", bounded),
            new Volume("m", bounded),
            new GraduatedPercentage("m", rates),
            new Graduated("m", List.of()),
            new Volume("m", List.of()),
            new GraduatedPercentage("m", List.of()))) {
      assertThatThrownBy(() -> model.cost(q("5")))
          .as(model.field())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Arguments row(String sentence, PriceModel model, Usage usage, String expected) {
    return Arguments.of(sentence, model, usage, expected);
  }

  private static BigDecimal d(String number) {
    return new BigDecimal(number);
  }

  private static Usage q(String number) {
    return Usage.of(d(number));
  }

  private static Usage events(String... amounts) {
    return new Usage.Events(Stream.of(amounts).map(amount -> event(amount, "0")).toList());
  }

  private static Usage.Event event(String quantity, String unitPrice) {
    return new Usage.Event(d(quantity), d(unitPrice));
  }

  private static Flat flat(String amount) {
    return new Flat(d(amount), Optional.empty());
  }

  private static Flat metricFlat(String amount) {
    return new Flat(d(amount), Optional.of("m"));
  }

  private static Overage overage(String amount) {
    return new Overage("seats", d(amount));
  }

  private static Package pack(String freeUnits) {
    return new Package("sms", d("1000"), d("8.00"), d(freeUnits));
  }

  private static PerUnit perUnit(String amount) {
    return new PerUnit(
        "m",
        d(amount),
        UsageType.METERED,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(),
        Unmatched.NOT_BILLED);
  }

  private static PerUnit seats(String amount, long minUnits) {
    return new PerUnit(
        "seats",
        d(amount),
        UsageType.LICENSED,
        OptionalLong.of(minUnits),
        OptionalLong.empty(),
        List.of(),
        Unmatched.NOT_BILLED);
  }

  private static PerUnit filtered(Unmatched unmatched) {
    return new PerUnit(
        "m",
        d("0.002"),
        UsageType.METERED,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(
            new Filter("region", List.of("eu", "uk"), d("0.003")),
            new Filter("region", List.of("us"), d("0.010")),
            new Filter("tier", List.of("gold"), d("1"))),
        unmatched);
  }

  private static Percentage pure(String rate) {
    return new Percentage("pay", d(rate), d("0.00"), 0, Optional.empty(), Optional.empty());
  }

  private static Percentage percentage(String fixed, long freeEvents, String min, String max) {
    return new Percentage("pay", d("1"), d(fixed), freeEvents, optional(min), optional(max));
  }

  private static Optional<BigDecimal> optional(String number) {
    return number.isEmpty() ? Optional.empty() : Optional.of(d(number));
  }

  private static Tier tier(String upTo, String unitAmount, String flatAmount) {
    return new Tier(Optional.of(d(upTo)), d(unitAmount), d(flatAmount));
  }

  private static Tier open(String unitAmount, String flatAmount) {
    return new Tier(Optional.empty(), d(unitAmount), d(flatAmount));
  }
}
