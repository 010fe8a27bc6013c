package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The BillingBackend that a Plan is sold through. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BackendRef(
    @JsonPropertyDescription("The kind of the backend; BillingBackend is the only one.")
        @Nullable Kind kind,
    @JsonPropertyDescription("The name of the BillingBackend, in the same namespace.")
        @Required
        @Pattern(Formats.NAME)
        @Size(min = 1, max = Formats.NAME_LENGTH)
        String name) {
  /** Puts empty for what is missing. */
  public BackendRef {
    name = Absent.text(name);
  }

  /** The kinds of backends. */
  public enum Kind {
    /** An account of one namespace. */
    @JsonProperty("BillingBackend")
    BILLING_BACKEND;

    /** The word as it is written in a manifest. */
    @Override
    public String toString() {
      return Words.of(this);
    }
  }
}
