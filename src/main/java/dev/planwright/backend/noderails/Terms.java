package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody pays who picks a price, how often, and from when on.
 *
 * @param amount in major units, without trailing zeros
 * @param interval {@code ""} for a price that is paid once; else unit and count, such as {@code
 *     MONTH 3}, twelve months being a year
 * @param trialDays before the first payment
 */
record Terms(BigDecimal amount, String currency, String interval, int trialDays) {
  /** Two decimals are stored (NodeRails: money). */
  static final int DECIMALS = 2;

  Terms {
    amount = new BigDecimal(Decimals.canonical(amount));
  }

  static String interval(Optional<Interval> interval) {
    return interval.map(it -> it.unit().name() + " " + it.count()).orElse("");
  }

  /** What a price wanted asks for. */
  static Terms of(CatalogPrice price, BigDecimal amount, int trialDays) {
    return new Terms(amount, price.currency(), interval(price.interval()), trialDays);
  }

  /** Whether one price can become the other: currency and interval never change. */
  boolean isMovableTo(Terms other) {
    return currency.equals(other.currency) && interval.equals(other.interval);
  }

  /** The same with another trial. */
  Terms trying(int days) {
    return new Terms(amount, currency, interval, days);
  }

  /** The same price with what was agreed. */
  Terms with(Agreed agreed) {
    return new Terms(agreed.amount(), currency, interval, agreed.trialDays());
  }

  /** As it is sent; a server that reads two decimals reads any spelling of them. */
  static String sent(BigDecimal amount) {
    return amount.setScale(DECIMALS, RoundingMode.UNNECESSARY).toPlainString();
  }

  void writeTo(ObjectNode body) {
    body.put("amount", sent(amount));
    body.put("currency", currency);
    if (!interval.isEmpty()) {
      int space = interval.indexOf(' ');
      body.put("billingInterval", interval.substring(0, space));
      body.put("billingIntervalCount", Integer.parseInt(interval.substring(space + 1)));
    }
    if (trialDays > 0) {
      body.put("trialPeriodDays", trialDays);
    }
  }

  /** The amount with its currency, for people. */
  String money() {
    BigDecimal shown = amount.scale() < DECIMALS ? amount.setScale(DECIMALS) : amount;
    return shown.toPlainString() + " " + currency;
  }

  /** For people: {@code 49.00 USD every 1 month}. */
  @Override
  public String toString() {
    return money()
        + (interval.isEmpty() ? " once" : " every " + everyText())
        + (trialDays > 0 ? ", " + trialDays + " days of trial" : "");
  }

  /** For people: {@code 3 months}. */
  String everyText() {
    int space = interval.indexOf(' ');
    if (space < 0) {
      return "";
    }
    String count = interval.substring(space + 1);
    String unit = interval.substring(0, space).toLowerCase(Locale.ROOT);
    return count + " " + unit + (count.equals("1") ? "" : "s");
  }
}
