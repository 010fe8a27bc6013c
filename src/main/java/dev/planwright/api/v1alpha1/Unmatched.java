package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What usage that matches no filter costs. */
public enum Unmatched {
  /** Nothing. */
  @JsonProperty("NotBilled")
  NOT_BILLED,

  /** The amount of the price. */
  @JsonProperty("BaseAmount")
  BASE_AMOUNT;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
