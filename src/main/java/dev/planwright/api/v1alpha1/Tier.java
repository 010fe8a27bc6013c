package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A part of the quantity and what each unit in it costs. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Tier(
    @JsonPropertyDescription(
            "The last quantity of this tier, inclusive; strictly rising, and left out exactly on the last tier.")
        @Min(1)
        @Max(Formats.QUANTITY_MAX)
        @Nullable Long upTo,
    @JsonPropertyDescription(
            "What each unit in this tier costs, in major units, such as \"0.10\". Zero when left out; unitAmount or flatAmount is needed.")
        @Pattern(Formats.AMOUNT)
        @Size(min = 1, max = Formats.AMOUNT_LENGTH)
        @Nullable String unitAmount,
    @JsonPropertyDescription(
            "What this tier costs once, beside its units, in major units; the one of the first tier is charged at quantity zero too.")
        @Pattern(Formats.AMOUNT)
        @Size(min = 1, max = Formats.AMOUNT_LENGTH)
        @Nullable String flatAmount) {}
