package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether amounts contain the tax. */
public enum TaxBehavior {
  /** The tax is in the amount. */
  @JsonProperty("Inclusive")
  INCLUSIVE,

  /** The tax is added to the amount. */
  @JsonProperty("Exclusive")
  EXCLUSIVE;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
