package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A part of the money that passes, and the share of it that is charged. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RateTier(
    @JsonPropertyDescription(
            "The last amount of money of this tier, inclusive, in major units such as \"10000.00\"; strictly rising, and left out exactly on the last tier.")
        @Pattern(Formats.AMOUNT)
        @Size(min = 1, max = Formats.AMOUNT_LENGTH)
        @Nullable String upTo,
    @JsonPropertyDescription("The percentage of the money in this tier, such as \"2.5\" for 2.5 %.")
        @Required
        @Pattern(Formats.RATE)
        @Size(min = 1, max = Formats.RATE_LENGTH)
        String rate) {
  /** Puts empty for what is missing. */
  public RateTier {
    rate = Absent.text(rate);
  }
}
