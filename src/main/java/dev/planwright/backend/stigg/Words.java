package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Interval;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Stigg's words and numbers for ours. */
final class Words {
  static final String MONTHLY = "MONTHLY";
  static final String ANNUALLY = "ANNUALLY";
  static final String RECURRING = "RECURRING";
  static final String ONE_OFF = "ONE_OFF";
  static final String FLAT_FEE = "FLAT_FEE";
  static final String PER_UNIT = "PER_UNIT";
  static final String USAGE_BASED = "USAGE_BASED";
  static final String MINIMUM_SPEND = "MINIMUM_SPEND";

  /** The most decimals that are documented for a unit price. */
  static final int DECIMALS = 5;

  /** The currencies of Stigg's schema, lower case. */
  private static final Set<String> CURRENCIES =
      Set.of(
          ("usd aed all amd ang aud awg azn bam bbd bdt bgn bif bmd bnd bsd bwp byn bzd brl cad cdf"
                  + " chf cny czk dkk dop dzd egp etb eur fjd gbp gel gip gmd gyd hkd hrk htg idr"
                  + " ils inr isk jmd jpy kes kgs khr kmf krw kyd kzt lbp lkr lrd lsl mad mdl mga"
                  + " mkd mmk mnt mop mro mvr mwk mxn myr mzn nad ngn nok npr nzd pgk php pkr pln"
                  + " qar ron rsd rub rwf sar sbd scr sek sgd sle sll sos szl thb tjs top try ttd"
                  + " tzs uah uzs vnd vuv wst xaf xcd yer zar zmw clp djf gnf ugx pyg xof xpf")
              .split(" "));

  private Words() {}

  static String currency(String iso) {
    return iso.toLowerCase(Locale.ROOT);
  }

  static boolean hasCurrency(String iso) {
    return CURRENCIES.contains(currency(iso));
  }

  static int currencies() {
    return CURRENCIES.size();
  }

  /** A billing period; only one month and one year can be said. */
  static Optional<String> period(Interval interval) {
    if (interval.count() != 1) {
      return Optional.empty();
    }
    return period(interval.unit());
  }

  static Optional<String> period(Interval.Unit unit) {
    return switch (unit) {
      case MONTH -> Optional.of(MONTHLY);
      case YEAR -> Optional.of(ANNUALLY);
      case DAY, WEEK -> Optional.empty();
    };
  }

  /** A number of JSON, by value and without an exponent. */
  static JsonNode number(BigDecimal value) {
    BigDecimal plain = new BigDecimal(Decimals.canonical(value));
    return plain.scale() == 0 && plain.precision() <= 18
        ? LongNode.valueOf(plain.longValueExact())
        : DecimalNode.valueOf(plain);
  }

  /** The one spelling of a number of an answer; {@code ""} where there is none. */
  static String decimal(JsonNode node) {
    return node.isNumber() ? Decimals.canonical(node.decimalValue()) : "";
  }

  /** A text of an answer; {@code ""} for null and nothing. */
  static String text(JsonNode node) {
    return node.isNull() ? "" : node.asText("");
  }
}
