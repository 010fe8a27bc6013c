package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a period is billed. */
public enum BillingTiming {
  /** At its start. */
  @JsonProperty("InAdvance")
  IN_ADVANCE,

  /** At its end. */
  @JsonProperty("InArrears")
  IN_ARREARS;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
