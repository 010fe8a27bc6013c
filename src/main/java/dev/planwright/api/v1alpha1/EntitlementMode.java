package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an add-on changes an entitlement of the plan it is bought with. */
public enum EntitlementMode {
  /** Its limit is added. */
  @JsonProperty("Increment")
  INCREMENT,

  /** Its value replaces the plan's. */
  @JsonProperty("Override")
  OVERRIDE;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
