package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.PriceModel.Graduated;
import dev.planwright.catalog.PriceModel.GraduatedPercentage;
import dev.planwright.catalog.PriceModel.Package;
import dev.planwright.catalog.PriceModel.PerUnit;
import dev.planwright.catalog.PriceModel.Percentage;
import dev.planwright.catalog.PriceModel.RateTier;
import dev.planwright.catalog.PriceModel.Tier;
import dev.planwright.catalog.PriceModel.Unmatched;
import dev.planwright.catalog.PriceModel.UsageType;
import dev.planwright.catalog.PriceModel.Volume;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

/** Laws that every price obeys, each against a count that is too simple to be wrong. */
class PriceModelLawsTest {
  private static final BigDecimal EPSILON = new BigDecimal("0.000001");

  @Property
  void usingMoreNeverCostsLessExceptByVolume(
      @ForAll("monotone") PriceModel model,
      @ForAll @BigRange(min = "0", max = "500") @Scale(3) BigDecimal quantity,
      @ForAll @BigRange(min = "0", max = "500") @Scale(3) BigDecimal more) {
    assertThat(model.cost(Usage.of(quantity.add(more))))
        .isGreaterThanOrEqualTo(model.cost(Usage.of(quantity)));
  }

  @Property
  void noCostIsEverNegative(
      @ForAll("anyOfQuantity") PriceModel model,
      @ForAll @BigRange(min = "0", max = "500") @Scale(3) BigDecimal quantity) {
    assertThat(model.cost(Usage.of(quantity)).signum()).isNotNegative();
  }

  @Property
  void graduatedIsTheSumOfItsSingleUnitsAndTheFeesOfTheTiersReached(
      @ForAll("tiers") List<Tier> tiers, @ForAll @IntRange(max = 150) int quantity) {
    BigDecimal expected = tiers.getFirst().flatAmount();
    int reached = 0;
    for (int unit = 1; unit <= quantity; unit++) {
      int tier = holding(tiers, unit);
      for (; reached < tier; reached++) {
        expected = expected.add(tiers.get(reached + 1).flatAmount());
      }
      expected = expected.add(tiers.get(tier).unitAmount());
    }

    assertThat(new Graduated("m", tiers).cost(whole(quantity))).isEqualByComparingTo(expected);
  }

  @Property
  void volumeIsEveryUnitAtTheTierOfTheLastOne(
      @ForAll("tiers") List<Tier> tiers, @ForAll @IntRange(max = 150) int quantity) {
    Tier tier = tiers.get(holding(tiers, quantity));
    BigDecimal expected = tier.flatAmount();
    for (int unit = 1; unit <= quantity; unit++) {
      expected = expected.add(tier.unitAmount());
    }

    assertThat(new Volume("m", tiers).cost(whole(quantity))).isEqualByComparingTo(expected);
  }

  @Property
  void graduatedWithoutFeesDoesNotJumpAtABoundary(@ForAll("tiers") List<Tier> tiers) {
    List<Tier> feeless =
        tiers.stream()
            .map(tier -> new Tier(tier.upTo(), tier.unitAmount(), BigDecimal.ZERO))
            .toList();
    Graduated model = new Graduated("m", feeless);
    for (int i = 0; i + 1 < feeless.size(); i++) {
      BigDecimal boundary = feeless.get(i).upTo().orElseThrow();
      BigDecimal step =
          model.cost(Usage.of(boundary.add(EPSILON))).subtract(model.cost(Usage.of(boundary)));

      assertThat(step)
          .as("the step over %s", boundary)
          .isEqualByComparingTo(EPSILON.multiply(feeless.get(i + 1).unitAmount()));
    }
  }

  @Property
  void aVolumeBoundaryBelongsToTheTierBelow(@ForAll("tiers") List<Tier> tiers) {
    Volume model = new Volume("m", tiers);
    for (int i = 0; i + 1 < tiers.size(); i++) {
      Tier below = tiers.get(i);
      Tier above = tiers.get(i + 1);
      BigDecimal at = below.upTo().orElseThrow();
      BigDecimal past = at.add(EPSILON);

      assertThat(model.cost(Usage.of(at)))
          .isEqualByComparingTo(at.multiply(below.unitAmount()).add(below.flatAmount()));
      assertThat(model.cost(Usage.of(past)))
          .isEqualByComparingTo(past.multiply(above.unitAmount()).add(above.flatAmount()));
    }
  }

  @Property
  void atZeroBothTieredModesCostTheFirstFee(@ForAll("tiers") List<Tier> tiers) {
    BigDecimal fee = tiers.getFirst().flatAmount();

    assertThat(new Graduated("m", tiers).cost(whole(0))).isEqualByComparingTo(fee);
    assertThat(new Volume("m", tiers).cost(whole(0))).isEqualByComparingTo(fee);
  }

  @Property
  void insideTheFirstTierBothTieredModesCostTheSame(@ForAll("tiers") List<Tier> tiers) {
    Usage end = Usage.of(tiers.getFirst().upTo().orElse(BigDecimal.TEN));

    assertThat(new Graduated("m", tiers).cost(end))
        .isEqualByComparingTo(new Volume("m", tiers).cost(end));
  }

  @Property
  void packagesHoldAllUnitsAndNoneIsEmpty(
      @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll @IntRange(max = 100) int free,
      @ForAll @IntRange(max = 500) int quantity) {
    Package model =
        new Package("m", BigDecimal.valueOf(size), BigDecimal.ONE, BigDecimal.valueOf(free));
    int packages = 0;
    for (int left = quantity - free; left > 0; left -= size) {
      packages++;
    }

    assertThat(model.cost(whole(quantity))).isEqualByComparingTo(BigDecimal.valueOf(packages));
  }

  @Property
  void slicesAtOneRateAreThatRateOfTheSum(
      @ForAll @BigRange(min = "0", max = "100") @Scale(4) BigDecimal rate,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 100) Integer> widths,
      @ForAll @BigRange(min = "0", max = "1000") @Scale(2) BigDecimal sum) {
    List<RateTier> slices = new ArrayList<>();
    int end = 0;
    for (int width : widths) {
      end += width;
      slices.add(new RateTier(Optional.of(BigDecimal.valueOf(end)), rate));
    }
    slices.add(new RateTier(Optional.empty(), rate));
    Percentage whole =
        new Percentage("m", rate, BigDecimal.ZERO, 0, Optional.empty(), Optional.empty());

    assertThat(new GraduatedPercentage("m", slices).cost(Usage.of(sum)))
        .isEqualByComparingTo(whole.cost(Usage.of(sum)));
  }

  @Property
  void everyBilledEventCostsBetweenLeastAndMost(
      @ForAll @BigRange(min = "0", max = "100") @Scale(2) BigDecimal rate,
      @ForAll @BigRange(min = "0", max = "2") @Scale(2) BigDecimal fixed,
      @ForAll @IntRange(max = 3) int freeEvents,
      @ForAll @BigRange(min = "0", max = "5") @Scale(2) BigDecimal min,
      @ForAll @BigRange(min = "0", max = "5") @Scale(2) BigDecimal span,
      @ForAll @Size(max = 10)
          List<@BigRange(min = "0", max = "1000") @Scale(2) BigDecimal> amounts) {
    BigDecimal max = min.add(span);
    Percentage model =
        new Percentage("m", rate, fixed, freeEvents + 1L, Optional.of(min), Optional.of(max));
    BigDecimal billed = BigDecimal.valueOf(Math.max(0, amounts.size() - freeEvents - 1L));
    BigDecimal cost =
        model.cost(
            new Usage.Events(
                amounts.stream().map(a -> new Usage.Event(a, BigDecimal.ZERO)).toList()));

    assertThat(cost).isBetween(min.multiply(billed), max.multiply(billed));
  }

  @Property
  void theOrderOfEventsMattersOnlyWhereSomeAreFree(
      @ForAll @BigRange(min = "0", max = "100") @Scale(2) BigDecimal rate,
      @ForAll @BigRange(min = "0", max = "2") @Scale(2) BigDecimal fixed,
      @ForAll @Size(max = 10)
          List<@BigRange(min = "0", max = "1000") @Scale(2) BigDecimal> amounts) {
    Percentage model =
        new Percentage("m", rate, fixed, 0, Optional.of(BigDecimal.ONE), Optional.empty());
    List<Usage.Event> events =
        amounts.stream().map(a -> new Usage.Event(a, BigDecimal.ZERO)).toList();

    assertThat(model.cost(new Usage.Events(events.reversed())))
        .isEqualByComparingTo(model.cost(new Usage.Events(events)));
  }

  @Provide
  Arbitrary<PriceModel> anyOfQuantity() {
    return Arbitraries.oneOf(monotone(), tiers().map(tiers -> new Volume("m", tiers)));
  }

  @Provide
  Arbitrary<PriceModel> monotone() {
    Arbitrary<BigDecimal> amount = amount();
    Arbitrary<BigDecimal> units = Arbitraries.integers().between(0, 50).map(BigDecimal::valueOf);
    Arbitrary<PriceModel> perUnit =
        Combinators.combine(amount, Arbitraries.longs().between(0, 20))
            .as(
                (a, min) ->
                    new PerUnit(
                        "m",
                        a,
                        UsageType.LICENSED,
                        OptionalLong.of(min),
                        OptionalLong.empty(),
                        List.of(),
                        Unmatched.NOT_BILLED));
    Arbitrary<PriceModel> pack =
        Combinators.combine(units, amount, units)
            .as((size, a, free) -> new Package("m", size.add(BigDecimal.ONE), a, free));
    return Arbitraries.oneOf(
        amount.map(a -> new PriceModel.Flat(a, Optional.empty())),
        perUnit,
        pack,
        tiers().map(tiers -> new Graduated("m", tiers)),
        amount.map(a -> new PriceModel.Overage("f", a)),
        amount.map(
            a -> new Percentage("m", a, BigDecimal.ZERO, 0, Optional.empty(), Optional.empty())));
  }

  @Provide
  Arbitrary<List<Tier>> tiers() {
    Arbitrary<Integer> width = Arbitraries.integers().between(1, 30);
    Arbitrary<BigDecimal> fee = Arbitraries.oneOf(Arbitraries.just(BigDecimal.ZERO), amount());
    return Combinators.combine(
            width.list().ofMaxSize(5), amount().list().ofSize(6), fee.list().ofSize(6))
        .as(
            (widths, amounts, fees) -> {
              List<Tier> tiers = new ArrayList<>();
              int end = 0;
              for (int i = 0; i < widths.size(); i++) {
                end += widths.get(i);
                tiers.add(
                    new Tier(Optional.of(BigDecimal.valueOf(end)), amounts.get(i), fees.get(i)));
              }
              tiers.add(new Tier(Optional.empty(), amounts.getLast(), fees.getLast()));
              return List.copyOf(tiers);
            });
  }

  private static Arbitrary<BigDecimal> amount() {
    return Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.valueOf(100)).ofScale(4);
  }

  private static int holding(List<Tier> tiers, int quantity) {
    return IntStream.range(0, tiers.size())
        .filter(
            i ->
                tiers.get(i).upTo().isEmpty()
                    || quantity <= tiers.get(i).upTo().get().intValueExact())
        .findFirst()
        .orElseThrow();
  }

  private static Usage whole(int quantity) {
    return Usage.of(BigDecimal.valueOf(quantity));
  }
}
