package dev.planwright.testing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Choices that one seed repeats. */
record Dice(Random random) {
  private static final List<String> AMOUNTS =
      List.of("0", "0.01", "0.002", "0.000001", "1", "49", "49.00", "59.90", "1200", "99999999.99");
  private static final List<String> RATES = List.of("0", "0.25", "2.5", "3", "12.50", "100");

  boolean chance(int outOf) {
    return random.nextInt(outOf) == 0;
  }

  /** Zero to {@code below}, which is left out. */
  int upTo(int below) {
    return random.nextInt(below);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  BigDecimal number(List<String> choices) {
    return new BigDecimal(pick(choices));
  }

  BigDecimal amount() {
    return number(AMOUNTS);
  }

  BigDecimal rate() {
    return number(RATES);
  }
}
