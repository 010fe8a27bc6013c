package dev.planwright.architecture.wrong.sync;

import java.math.BigDecimal;

/** Breaks: nothing near money is a double, in any of the places where one can hide. */
final class Inexact {
  /** A field. */
  static final class Held {
    final float[] amounts = new float[1];
  }

  /** A parameter. */
  interface Taken {
    void amount(Double amount);
  }

  /** An answer. */
  interface Given {
    double amount();
  }

  /** A call. */
  static final class Called {
    static String text(BigDecimal amount) {
      return "" + Math.round(amount.doubleValue());
    }
  }

  private Inexact() {}
}
