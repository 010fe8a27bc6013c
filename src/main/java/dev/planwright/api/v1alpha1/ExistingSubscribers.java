package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an edit does to those who already subscribe. */
public enum ExistingSubscribers {
  /** They keep what they bought. */
  @JsonProperty("Keep")
  KEEP,

  /** They get the change too, each time after an approval. */
  @JsonProperty("Migrate")
  MIGRATE;

  /** The word as it is written in a manifest. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
