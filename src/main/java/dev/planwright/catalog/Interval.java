package dev.planwright.catalog;

/**
 * How often something recurs. Twelve months are one year and seven days one week: the same length
 * has one form, so that two prices which a subscriber could not tell apart are seen to be equal.
 *
 * @param unit calendar unit
 * @param count how many of them, at least 1
 */
public record Interval(Unit unit, int count) {
  /** Calendar units, shortest first. */
  public enum Unit {
    DAY,
    WEEK,
    MONTH,
    YEAR
  }

  public Interval {
    if (count < 1) {
      throw new IllegalArgumentException("an interval counts at least 1, not " + count);
    }
    if (unit == Unit.MONTH && count % 12 == 0) {
      unit = Unit.YEAR;
      count = count / 12;
    }
    if (unit == Unit.DAY && count % 7 == 0) {
      unit = Unit.WEEK;
      count = count / 7;
    }
  }

  /** For instance {@code Interval.of(Unit.MONTH, 3)}. */
  public static Interval of(Unit unit, int count) {
    return new Interval(unit, count);
  }

  /** For people: {@code 1 month}, {@code 3 months}. */
  @Override
  public String toString() {
    String word = unit.name().toLowerCase(java.util.Locale.ROOT);
    return count + " " + (count == 1 ? word : word + "s");
  }
}
