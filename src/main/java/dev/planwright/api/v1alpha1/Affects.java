package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whom a step on the billing system affects. */
public enum Affects {
  /** Nobody pays or gets anything else. */
  @JsonProperty("Nobody")
  NOBODY,

  /** Those who subscribe from now on. */
  @JsonProperty("NewSubscribers")
  NEW_SUBSCRIBERS,

  /** Those who already pay. */
  @JsonProperty("ExistingSubscribers")
  EXISTING_SUBSCRIBERS;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
