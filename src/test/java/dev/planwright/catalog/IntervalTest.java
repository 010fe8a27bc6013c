package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.catalog.Interval.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @ParameterizedTest
  @CsvSource({
    "MONTH, 12, YEAR, 1", "MONTH, 24, YEAR, 2", "MONTH, 3, MONTH, 3", "MONTH, 18, MONTH, 18",
    "DAY, 7, WEEK, 1", "DAY, 14, WEEK, 2", "DAY, 30, DAY, 30", "WEEK, 52, WEEK, 52",
    "YEAR, 1, YEAR, 1"
  })
  void theSameLengthHasOneForm(Unit unit, int count, Unit canonicalUnit, int canonicalCount) {
    Interval interval = Interval.of(unit, count);

    assertThat(interval.unit()).isEqualTo(canonicalUnit);
    assertThat(interval.count()).isEqualTo(canonicalCount);
  }

  @Test
  void monthsAndDaysAreNotTheSameLength() {
    assertThat(Interval.of(Unit.MONTH, 1)).isNotEqualTo(Interval.of(Unit.DAY, 30));
    assertThat(Interval.of(Unit.YEAR, 1)).isNotEqualTo(Interval.of(Unit.WEEK, 52));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, -12, Integer.MIN_VALUE})
  void anIntervalCountsAtLeastOne(int count) {
    assertThatThrownBy(() -> Interval.of(Unit.MONTH, count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(count));
  }

  @ParameterizedTest
  @CsvSource({"MONTH, 1, 1 month", "MONTH, 3, 3 months", "MONTH, 12, 1 year", "DAY, 2, 2 days"})
  void itReadsLikeWords(Unit unit, int count, String words) {
    assertThat(Interval.of(unit, count)).hasToString(words);
  }
}
