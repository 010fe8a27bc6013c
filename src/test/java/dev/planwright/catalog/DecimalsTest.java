package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
  @ParameterizedTest
  @CsvSource({
    "49.00, 49",
    "49, 49",
    "0.10, 0.1",
    "0E-7, 0",
    "0.000, 0",
    "-0.0, 0",
    "1E3, 1000",
    "-1.50, -1.5",
    "0.00000000000000000001, 0.00000000000000000001",
    "100, 100"
  })
  void aNumberHasOneSpelling(String written, String canonical) {
    assertThat(Decimals.canonical(new BigDecimal(written))).isEqualTo(canonical);
  }

  @Property
  void trailingZerosNeverChangeTheSpelling(
      @ForAll BigDecimal number, @ForAll @IntRange(max = 30) int zeros) {
    BigDecimal longer = number.setScale(Math.max(0, number.scale()) + zeros);

    assertThat(Decimals.canonical(longer)).isEqualTo(Decimals.canonical(number));
    assertThat(Decimals.same(longer, number)).isTrue();
    assertThat(new BigDecimal(Decimals.canonical(number))).isEqualByComparingTo(number);
  }

  @Property
  void percentAndFractionUndoEachOther(@ForAll BigDecimal percent) {
    assertThat(Decimals.percent(Decimals.fraction(percent))).isEqualByComparingTo(percent);
  }

  @Test
  void aPercentageOfAnAmountIsExact() {
    assertThat(Decimals.percentOf(new BigDecimal("40"), new BigDecimal("2.5")))
        .isEqualByComparingTo("1");
    assertThat(Decimals.percentOf(new BigDecimal("0.01"), new BigDecimal("0.01")))
        .isEqualByComparingTo("0.000001");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-3, 0", "0.1, 1", "1, 1", "10, 1", "10.0001, 2", "11, 2", "20, 2"})
  void aBegunPackageOfTenCounts(BigDecimal quantity, BigDecimal packages) {
    assertThat(Decimals.packages(quantity, BigDecimal.TEN)).isEqualByComparingTo(packages);
  }

  @ParameterizedTest
  @CsvSource({
    "49.00, USD, 4900",
    "5000, JPY, 5000",
    "1.234, KWD, 1234",
    "0.001, USD, 0.1",
    "0, EUR, 0"
  })
  void majorUnitsAreMinorUnitsOfTheCurrency(BigDecimal major, String currency, BigDecimal minor) {
    assertThat(Decimals.minorUnits(major, currency)).isEqualByComparingTo(minor);
    assertThat(Decimals.majorUnits(minor, currency)).isEqualByComparingTo(major);
  }

  @Test
  void thereAreNoMinorUnitsOfAnUnknownCurrency() {
    assertThatThrownBy(() -> Decimals.minorUnits(BigDecimal.ONE, "ZZZ"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ZZZ");
  }
}
