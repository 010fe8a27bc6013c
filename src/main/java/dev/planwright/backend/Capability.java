package dev.planwright.backend;

import java.util.Locale;

/** What people ask a backend: the rows of the capability table. */
public enum Capability {
  FLAT,
  SEVERAL_INTERVALS,
  SEVERAL_CURRENCIES,
  ONE_TIME,
  SETUP_FEE,
  PER_UNIT,
  LICENSED,
  FILTERS,
  PACKAGE,
  GRADUATED,
  VOLUME,
  OVERAGE,
  PERCENTAGE,
  GRADUATED_PERCENTAGE,
  DYNAMIC,
  COUNTRIES,
  TRIAL,
  ENTITLEMENTS,
  CREDIT_GRANTS,
  MINIMUM_COMMITMENTS,
  USAGE_THRESHOLDS,
  TAX,
  FREE,
  CUSTOM,
  ADD_ON,
  PARENT_PLAN,
  METADATA,
  ADOPTION,
  ARCHIVE,
  DELETE,
  /** How a change reaches people who already pay. */
  EXISTING_SUBSCRIBERS;

  /** As it stands in status: {@code severalIntervals}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String word : name().split("_", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      text.append(
          text.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
    }
    return text.toString();
  }
}
