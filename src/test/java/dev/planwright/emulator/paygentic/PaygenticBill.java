package dev.planwright.emulator.paygentic;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a subscriber owes, before credits. Nothing is rounded: the documents do not say how.
 *
 * @param currency of the plan
 * @param taxRate percent that the plan falls back on
 * @param taxInclusive whether amounts hold the tax already
 */
public record PaygenticBill(
    String currency, BigDecimal taxRate, boolean taxInclusive, List<Line> lines) {
  private static final String ONCE = "P0D";

  /**
   * One price, for one period of its own.
   *
   * @param cadence of the price, {@code P0D} for once
   * @param unit the currency, or the id of the pricing unit in which it is charged
   * @param amount major units, not rounded
   */
  public record Line(
      String priceId,
      String name,
      String cadence,
      String paymentTerm,
      String unit,
      BigDecimal amount) {}

  public PaygenticBill {
    lines = List.copyOf(lines);
  }

  /** One period of every price, in major units of the currency, tax as the prices have it. */
  public BigDecimal amount() {
    return sum(line -> true);
  }

  /** The same without what is charged once. */
  public BigDecimal recurring() {
    return sum(line -> !line.cadence().equals(ONCE));
  }

  /** What is charged once. */
  public BigDecimal once() {
    return sum(line -> line.cadence().equals(ONCE));
  }

  /** The whole amount with tax. */
  public BigDecimal withTax() {
    BigDecimal factor = BigDecimal.ONE.add(taxRate.movePointLeft(2));
    return taxInclusive ? amount() : amount().multiply(factor);
  }

  /**
   * What so many months cost, with the same usage in every period of a price: in advance each
   * period that begins, in arrears each that ends.
   */
  public BigDecimal overMonths(int months) {
    BigDecimal total = BigDecimal.ZERO;
    for (Line line : lines) {
      if (line.unit().equals(currency)) {
        total = total.add(line.amount().multiply(BigDecimal.valueOf(times(line, months))));
      }
    }
    return total;
  }

  private static int times(Line line, int months) {
    int length =
        switch (line.cadence()) {
          case ONCE -> 0;
          case "P1M" -> 1;
          case "P3M" -> 3;
          case "P1Y" -> 12;
          default -> throw new IllegalStateException("no known cadence: " + line);
        };
    if (length == 0) {
      return 1;
    }
    return line.paymentTerm().equals("in_advance") ? Math.ceilDiv(months, length) : months / length;
  }

  private BigDecimal sum(Predicate<Line> condition) {
    return lines.stream()
        .filter(line -> line.unit().equals(currency) && condition.test(line))
        .map(Line::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
