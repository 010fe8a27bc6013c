package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What happens when the plan exists on the billing system already and bears no mark of an owner.
 */
public enum AdoptionPolicy {
  /** It is refused. */
  @JsonProperty("Never")
  NEVER,

  /** It is taken over if it equals the manifest. */
  @JsonProperty("IfEqual")
  IF_EQUAL,

  /** It is taken over and made equal to the manifest. */
  @JsonProperty("Always")
  ALWAYS;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
