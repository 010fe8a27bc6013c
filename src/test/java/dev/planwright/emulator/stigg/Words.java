package dev.planwright.emulator.stigg;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** The vendor's enumerations, from its schema. */
final class Words {
  static final Set<String> PRICING_TYPE = of("FREE PAID CUSTOM");
  static final Set<String> PACKAGE_STATUS = of("DRAFT PUBLISHED ARCHIVED");
  static final Set<String> PRODUCT_STATUS = of("PUBLISHED ARCHIVED");
  static final Set<String> FEATURE_TYPE = of("BOOLEAN NUMBER ENUM");
  static final Set<String> FEATURE_STATUS = of("NEW SUSPENDED ACTIVE");
  static final Set<String> METER_TYPE = of("None FLUCTUATING INCREMENTAL");
  static final Set<String> MIGRATION = of("NEW_CUSTOMERS ALL_CUSTOMERS");
  static final Set<String> BILLING_MODEL =
      of("FLAT_FEE MINIMUM_SPEND PER_UNIT USAGE_BASED CREDIT_BASED");
  static final Set<String> BILLING_PERIOD = of("MONTHLY ANNUALLY");
  static final Set<String> BILLING_CADENCE = of("RECURRING ONE_OFF");
  static final Set<String> OVERAGE_PERIOD = of("ON_SUBSCRIPTION_RENEWAL MONTHLY");
  static final Set<String> TIERS_MODE = of("VOLUME GRADUATED");
  static final Set<String> GRANT_CADENCE = of("BEGINNING_OF_BILLING_PERIOD MONTHLY");
  static final Set<String> RESET_PERIOD = of("YEAR MONTH WEEK DAY HOUR");
  static final Set<String> CREDIT_CADENCE = of("MONTH YEAR");
  static final Set<String> TRIAL_UNITS = of("DAY MONTH");
  static final Set<String> TRIAL_END = of("CONVERT_TO_PAID CANCEL_SUBSCRIPTION");
  static final Set<String> BEHAVIOR = of("Increment Override");
  static final Set<String> WIDGETS = of("PAYWALL CUSTOMER_PORTAL CHECKOUT");
  static final Set<String> CURRENCIES =
      of(
          """
      usd aed all amd ang aud awg azn bam bbd bdt bgn bif bmd bnd bsd bwp byn
      bzd brl cad cdf chf cny czk dkk dop dzd egp etb eur fjd gbp gel gip gmd
      gyd hkd hrk htg idr ils inr isk jmd jpy kes kgs khr kmf krw kyd kzt lbp
      lkr lrd lsl mad mdl mga mkd mmk mnt mop mro mvr mwk mxn myr mzn nad ngn
      nok npr nzd pgk php pkr pln qar ron rsd rub rwf sar sbd scr sek sgd sle
      sll sos szl thb tjs top try ttd tzs uah uzs vnd vuv wst xaf xcd yer zar
      zmw clp djf gnf ugx pyg xof xpf
      """);

  private Words() {}

  private static Set<String> of(String words) {
    return new LinkedHashSet<>(Arrays.asList(words.strip().split("\\s+")));
  }
}
