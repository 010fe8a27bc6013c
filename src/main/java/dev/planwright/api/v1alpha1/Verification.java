package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether something was read from the billing system. */
public enum Verification {
  /** It was read. */
  @JsonProperty("Verified")
  VERIFIED,

  /** The billing system can not tell. */
  @JsonProperty("Unverified")
  UNVERIFIED;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
