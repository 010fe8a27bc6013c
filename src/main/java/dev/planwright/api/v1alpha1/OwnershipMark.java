package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where our mark is kept on a billing system that has no field for it. */
public enum OwnershipMark {
  /** As the last line of the description. */
  @JsonProperty("Description")
  DESCRIPTION,

  /** Nowhere: the key alone identifies. */
  @JsonProperty("None")
  NONE;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
