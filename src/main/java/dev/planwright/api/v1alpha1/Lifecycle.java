package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a Plan is on sale. */
public enum Lifecycle {
  /** It is sold. */
  @JsonProperty("Active")
  ACTIVE,

  /** It is no longer sold; those who have it keep it. */
  @JsonProperty("Archived")
  ARCHIVED;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
