package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One account of one billing system. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BillingBackendSpec(
    @JsonPropertyDescription(
            "Who we are on the account. With the key of a Plan it is the identity there, and it lives in the manifest so that it survives a rebuilt cluster. Immutable.")
        @Required
        @Pattern(Formats.OWNER_ID)
        @Size(min = 1, max = Formats.OWNER_ID_LENGTH)
        String ownerId,
    @JsonPropertyDescription(
            "What the account is for: Sandbox or Production; compared with what the key opens, where that can be read.")
        @Nullable Environment environment,
    @JsonPropertyDescription("True: no call at all for this account.") @Nullable Boolean paused,
    @JsonPropertyDescription("The billing system: exactly one block.") @Required
        @Nullable ProviderBlock provider,
    @JsonPropertyDescription(
            "Words of manifests for ids of the account, so that manifests are the same everywhere; a word without an alias is the id itself.")
        @Nullable Aliases aliases,
    @JsonPropertyDescription(
            "How hard the account may be pushed; each is a ceiling, with a default by billing system.")
        @Nullable Limits limits,
    @JsonPropertyDescription("How changes by hand on the billing system are found and treated.")
        @Nullable Drift drift,
    @JsonPropertyDescription("What applies to Plans that say nothing.")
        @Nullable Defaults defaults) {
  /** Puts empty for what is missing. */
  public BillingBackendSpec {
    ownerId = Absent.text(ownerId);
  }

  /** A spec in which nothing is set. */
  public static final BillingBackendSpec EMPTY =
      new BillingBackendSpec("", null, null, null, null, null, null, null);

  /** Words of manifests for ids of the account. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Aliases(
      @JsonPropertyDescription(
              "Metrics by the word of manifests; on Stigg and Schematic a metric is a feature.")
          @Size(max = 200)
          Map<String, MetricAlias> metrics,
      @JsonPropertyDescription("Features by the word of manifests.") @Size(max = 200)
          Map<String, Alias> features,
      @JsonPropertyDescription("Products by the word of manifests.") @Size(max = 200)
          Map<String, Alias> products) {
    /** Puts empty for what is missing. */
    public Aliases {
      metrics = Absent.map(metrics);
      features = Absent.map(features);
      products = Absent.map(products);
    }

    /** No alias: every word is an id. */
    public static final Aliases NONE = new Aliases(Map.of(), Map.of(), Map.of());
  }

  /** A metric of the account. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record MetricAlias(
      @JsonPropertyDescription(
              "The id of the metric on the account, or its code or key where it has one.")
          @Required
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          String id,
      @JsonPropertyDescription(
              "For a metric of money, what its numbers count: Major, the default, or Minor.")
          @Nullable AmountUnit unit) {
    /** Puts empty for what is missing. */
    public MetricAlias {
      id = Absent.text(id);
    }
  }

  /** A feature or a product of the account. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Alias(
      @JsonPropertyDescription(
              "The id of the feature or product on the account, or its code or key where it has one.")
          @Required
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          String id) {
    /** Puts empty for what is missing. */
    public Alias {
      id = Absent.text(id);
    }
  }

  /** How hard the account may be pushed; each is a ceiling. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Limits(
      @JsonPropertyDescription(
              "The most requests in a second; where the provider counts reads and writes apart, of each.")
          @Min(1)
          @Max(1000)
          @Nullable Integer requestsPerSecond,
      @JsonPropertyDescription("The most requests at a time.") @Min(1) @Max(100)
          @Nullable Integer maxConcurrent,
      @JsonPropertyDescription("How long one request may take, such as 30s.")
          @Pattern(Formats.DURATION)
          @Size(min = 1, max = Formats.DURATION_LENGTH)
          @Nullable String timeout) {}

  /** How changes by hand on the billing system are found and treated. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Drift(
      @JsonPropertyDescription(
              "Report, the default: a difference is reported. Revert: the manifest is written again. Off: nobody looks.")
          @Nullable DriftPolicy policy,
      @JsonPropertyDescription(
              "How often the catalogue is compared, such as 10m: a target, because the comparison takes no more than a share of the requests.")
          @Pattern(Formats.DURATION)
          @Size(min = 1, max = Formats.DURATION_LENGTH)
          @Nullable String interval) {}

  /** What applies to Plans that say nothing. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Defaults(
      @JsonPropertyDescription("What deleting a Plan does: Retain, the default, Archive or Delete.")
          @Nullable DeletionPolicy deletionPolicy,
      @JsonPropertyDescription("Manage, the default, or Observe.")
          @Nullable ManagementPolicy managementPolicy,
      @JsonPropertyDescription("Never, the default, IfEqual or Always.")
          @Nullable AdoptionPolicy adoptionPolicy,
      @JsonPropertyDescription("The product of a Plan that names none, at creation only.")
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          @Nullable String product) {}
}
