package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a Plan is sold as. */
public enum PlanType {
  /** By itself. */
  @JsonProperty("Plan")
  PLAN,

  /** Beside a plan. */
  @JsonProperty("AddOn")
  ADD_ON;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
