package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a Price stands on the billing system, as the status of its Plan says. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PriceStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1 before the operator first looked.")
        @Min(-1)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("The id of the price on the billing system, once it exists.")
        @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
        @Nullable String externalId,
    @JsonPropertyDescription("What the price is, in words for a table.") @Nullable Summary summary,
    @JsonPropertyDescription("What is so and what is not.") @Size(max = 16)
        List<Condition> conditions) {
  /** Puts empty for what is missing. */
  public PriceStatus {
    observedGeneration = Absent.generation(observedGeneration);
    conditions = Absent.list(conditions);
  }

  /** A status in which nothing is known. */
  public static final PriceStatus EMPTY = new PriceStatus(null, null, null, List.of());

  /** What the price is, in words for a table. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Summary(
      @JsonPropertyDescription("The model, such as Graduated.") @Size(max = 64)
          @Nullable String model,
      @JsonPropertyDescription("What is paid, such as 49.00 USD.") @Size(max = 255)
          @Nullable String amount,
      @JsonPropertyDescription("How often, such as 1 month.") @Size(max = 64)
          @Nullable String every) {
    /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
    public Summary {
      model = model == null ? null : Absent.cut(model, 64);
      amount = amount == null ? null : Absent.cut(amount, 255);
      every = every == null ? null : Absent.cut(every, 64);
    }
  }
}
