package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a quantity is. */
public enum UsageType {
  /** What was used, counted by a metric. */
  @JsonProperty("Metered")
  METERED,

  /** What was bought, such as seats. */
  @JsonProperty("Licensed")
  LICENSED;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
