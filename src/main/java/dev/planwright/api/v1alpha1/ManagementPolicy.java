package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a Plan is written to the billing system. */
public enum ManagementPolicy {
  /** It is kept equal to the manifest. */
  @JsonProperty("Manage")
  MANAGE,

  /** It is read and compared, never written. */
  @JsonProperty("Observe")
  OBSERVE;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
