package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The environment that the billing system itself reported. */
public enum AccountEnvironment {
  /** The key opens an account in which nobody pays. */
  @JsonProperty("Sandbox")
  SANDBOX,

  /** The key opens an account in which people pay. */
  @JsonProperty("Production")
  PRODUCTION,

  /** The billing system does not tell. */
  @JsonProperty("Unverified")
  UNVERIFIED;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
