package dev.planwright.emulator.noderails;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Columns of type DECIMAL(18,2): kept as texts with two decimals. */
final class Decimals {
  private static final BigDecimal TOO_LARGE = BigDecimal.TEN.pow(16);

  private Decimals() {}

  /** The column's text; a 500 for what it cannot hold. */
  static String stored(BigDecimal value) {
    BigDecimal rounded = value.setScale(2, RoundingMode.HALF_UP);
    if (rounded.abs().compareTo(TOO_LARGE) >= 0) {
      throw Refusal.crash();
    }
    return rounded.toPlainString();
  }

  /** How an answer shows it: usually without trailing zeros. */
  static String shown(String stored, Store store) {
    if (store.on(Switch.DECIMALS_KEEP_TRAILING_ZEROS)) {
      return stored;
    }
    return new BigDecimal(stored).stripTrailingZeros().toPlainString();
  }
}
