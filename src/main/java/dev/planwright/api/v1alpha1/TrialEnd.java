package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when a trial ends. */
public enum TrialEnd {
  /** The subscriber begins to pay. */
  @JsonProperty("ConvertToPaid")
  CONVERT_TO_PAID,

  /** The subscription ends. */
  @JsonProperty("Cancel")
  CANCEL;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
