package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a Plan is paid for. */
public enum Pricing {
  /** By its Prices. */
  @JsonProperty("Paid")
  PAID,

  /** It costs nothing. */
  @JsonProperty("Free")
  FREE,

  /** The price is agreed with each customer. */
  @JsonProperty("Custom")
  CUSTOM;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
