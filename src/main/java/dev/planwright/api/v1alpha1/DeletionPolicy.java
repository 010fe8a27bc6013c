package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What deleting a Plan does on the billing system. */
public enum DeletionPolicy {
  /** It is left as it is. */
  @JsonProperty("Retain")
  RETAIN,

  /** It is no longer sold; those who have it keep it. */
  @JsonProperty("Archive")
  ARCHIVE,

  /** It is deleted, only when nobody has it. */
  @JsonProperty("Delete")
  DELETE;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
