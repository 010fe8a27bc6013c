package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a number of the billing system counts. */
public enum AmountUnit {
  /** Cents, pence, or the smallest unit of the currency. */
  @JsonProperty("Minor")
  MINOR,

  /** Dollars, pounds, or the main unit of the currency. */
  @JsonProperty("Major")
  MAJOR;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
