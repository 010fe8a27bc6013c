package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when somebody changed the catalogue on the billing system by hand. */
public enum DriftPolicy {
  /** The difference is reported and nothing is written. */
  @JsonProperty("Report")
  REPORT,

  /** The manifest is written again, through the same guards as an edit. */
  @JsonProperty("Revert")
  REVERT,

  /** Nobody looks. */
  @JsonProperty("Off")
  OFF;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
