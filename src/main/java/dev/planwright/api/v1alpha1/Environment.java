package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an account of a billing system is for. */
public enum Environment {
  /** Nobody pays. */
  @JsonProperty("Sandbox")
  SANDBOX,

  /** People pay. */
  @JsonProperty("Production")
  PRODUCTION;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
