package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a price of a Plan stands on the billing system. */
public enum PriceState {
  /** It is still to be written. */
  @JsonProperty("Pending")
  PENDING,

  /** It was read back and equals the manifest. */
  @JsonProperty("Synced")
  SYNCED,

  /** It is invalid, or the billing system refused it. */
  @JsonProperty("Rejected")
  REJECTED,

  /** Its Price is gone, and so will it be. */
  @JsonProperty("Removing")
  REMOVING,

  /** Its Price is gone, and it can not be removed. */
  @JsonProperty("RemovalBlocked")
  REMOVAL_BLOCKED;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
