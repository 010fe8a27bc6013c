package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A calendar unit. */
public enum IntervalUnit {
  /** One day. */
  @JsonProperty("Day")
  DAY,

  /** Seven days. */
  @JsonProperty("Week")
  WEEK,

  /** One calendar month. */
  @JsonProperty("Month")
  MONTH,

  /** One calendar year. */
  @JsonProperty("Year")
  YEAR;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
