package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that is so or is not, by the conventions of Kubernetes. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
    @JsonPropertyDescription("What is stated, such as Ready.") @Required @Size(min = 1, max = 316)
        String type,
    @JsonPropertyDescription("True, False or Unknown.") @Required @Nullable Status status,
    @JsonPropertyDescription("Why, in one word of a closed list.")
        @Required
        @Size(min = 1, max = 1024)
        String reason,
    @JsonPropertyDescription("Why, for a person, with what to do.")
        @Size(max = Formats.MESSAGE_LENGTH)
        String message,
    @JsonPropertyDescription("When status last changed.") @Required
        @Nullable Instant lastTransitionTime,
    @JsonPropertyDescription("The generation of the object that this is about.") @Min(0)
        @Nullable Long observedGeneration) {
  /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
  public Condition {
    type = Absent.text(type);
    reason = Absent.text(reason);
    message = Absent.cut(message, Formats.MESSAGE_LENGTH);
  }

  /** Whether something is so. */
  public enum Status {
    /** It is so. */
    @JsonProperty("True")
    TRUE,

    /** It is not so. */
    @JsonProperty("False")
    FALSE,

    /** Nobody can say. */
    @JsonProperty("Unknown")
    UNKNOWN;

    /** The word as it is written in a manifest. */
    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  /** Whether this condition is True. */
  @JsonIgnore
  public boolean holds() {
    return status == Status.TRUE;
  }
}
