package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An object of the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LocalRef(
    @JsonPropertyDescription("The name of the object, in the same namespace.")
        @Required
        @Pattern(Formats.NAME)
        @Size(min = 1, max = Formats.NAME_LENGTH)
        String name) {
  /** Puts empty for what is missing. */
  public LocalRef {
    name = Absent.text(name);
  }
}
