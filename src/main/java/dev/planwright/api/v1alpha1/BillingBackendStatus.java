package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an account stands. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BillingBackendStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1 before the operator first looked.")
        @Min(-1)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("The billing system: the name of the block in spec.provider.")
        @Size(min = 1, max = 32)
        @Nullable String provider,
    @JsonPropertyDescription(
            "The account that the key opens, as the billing system itself answered.")
        @Nullable Account account,
    @JsonPropertyDescription("What the billing system can do, by capability.") @Size(max = 64)
        Map<String, @Size(max = 255) String> capabilities,
    @JsonPropertyDescription("How many Plans use this BillingBackend.") @Min(0)
        @Nullable Integer plans,
    @JsonPropertyDescription(
            "Plans of the billing system that bear our mark and have no Plan, perhaps still on sale; the first 50.")
        @Size(max = 50)
        List<Unclaimed> unclaimed,
    @JsonPropertyDescription("How many such plans there are.") @Min(0)
        @Nullable Integer unclaimedCount,
    @JsonPropertyDescription(
            "Verified when such plans were looked for, Unverified where the billing system holds no marks.")
        @Nullable Verification unclaimedVerification,
    @JsonPropertyDescription("The last comparison of the whole catalogue.")
        @Nullable Sweep lastSweep,
    @JsonPropertyDescription("What is so and what is not.") @Size(max = 16)
        List<Condition> conditions) {
  /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
  public BillingBackendStatus {
    observedGeneration = Absent.generation(observedGeneration);
    capabilities = Absent.map(capabilities);
    unclaimed = Absent.first(unclaimed, 50);
    conditions = Absent.list(conditions);
  }

  /** A status in which nothing is known. */
  public static final BillingBackendStatus EMPTY =
      new BillingBackendStatus(
          null, null, null, Map.of(), null, List.of(), null, null, null, List.of());

  /** The account that the key opens, as the billing system itself answered. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Account(
      @JsonPropertyDescription("The id of the account.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String id,
      @JsonPropertyDescription("The name of the account.") @Size(max = 255) @Nullable String name,
      @JsonPropertyDescription(
              "Sandbox, Production, or Unverified where the billing system does not tell.")
          @Nullable AccountEnvironment environment) {
    /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
    public Account {
      name = name == null ? null : Absent.cut(name, 255);
    }
  }

  /** A plan of the billing system that bears our mark and has no Plan. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Unclaimed(
      @JsonPropertyDescription("Its key.") @Size(min = 1, max = 512) @Nullable String key,
      @JsonPropertyDescription("Its id on the billing system.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String externalId,
      @JsonPropertyDescription("When it was first seen without a Plan.") @Nullable Instant since) {}

  /** The last comparison of the whole catalogue. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Sweep(
      @JsonPropertyDescription("When it ended.") @Nullable Instant time,
      @JsonPropertyDescription("How long it took, such as 4s.") @Size(min = 1, max = 32)
          @Nullable String duration,
      @JsonPropertyDescription("How many Plans were compared.") @Min(0) @Nullable Integer plans,
      @JsonPropertyDescription("How many of them differ.") @Min(0) @Nullable Integer differing,
      @JsonPropertyDescription(
              "How many Plans are still to be compared, while a comparison goes on.")
          @Min(0)
          @Nullable Integer remaining) {}
}
