package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One way to pay for a Plan: recurring or oneTime, by one model. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PriceSpec(
    @JsonPropertyDescription("The Plan that this is a price of, in the same namespace. Immutable.")
        @Required
        @Nullable LocalRef planRef,
    @JsonPropertyDescription(
            "The id of an existing price of the billing system, to take it over with its Plan. May be set later, not changed; nothing else needs it.")
        @Size(max = Formats.EXTERNAL_ID_LENGTH)
        @Nullable String externalId,
    @JsonPropertyDescription("The name of the price, for people in the back office.")
        @Size(min = 1, max = Formats.LINE_LENGTH)
        @Nullable String nickname,
    @JsonPropertyDescription("The name of the price on invoices.")
        @Size(min = 1, max = Formats.LINE_LENGTH)
        @Nullable String invoiceDisplayName,
    @JsonPropertyDescription("The currency of all amounts, an ISO 4217 code such as USD.")
        @Required
        @Pattern(Formats.CURRENCY)
        @Size(min = 1, max = 3)
        String currency,
    @JsonPropertyDescription(
            "The period, for a price that is paid again and again. Exactly one of recurring and oneTime.")
        @Nullable Recurring recurring,
    @JsonPropertyDescription(
            "Present, as {}, for a price that is paid once. Exactly one of recurring and oneTime.")
        @Nullable OneTime oneTime,
    @JsonPropertyDescription(
            "When a period is billed: InAdvance, the default for flat and licensed prices, or InArrears, the default for metered ones.")
        @Nullable BillingTiming billing,
    @JsonPropertyDescription("Model: a fixed amount.") @Nullable Flat flat,
    @JsonPropertyDescription("Model: the same amount for each unit.") @Nullable PerUnit perUnit,
    @JsonProperty("package")
        @JsonPropertyDescription("Model: an amount for each started package of units.")
        @Nullable PackageOf packageOf,
    @JsonPropertyDescription("Model: each unit costs what the tier it falls into says.")
        @Nullable Graduated graduated,
    @JsonPropertyDescription(
            "Model: all units cost what the tier that the whole quantity falls into says.")
        @Nullable Volume volume,
    @JsonPropertyDescription(
            "Model: an amount for each unit beyond the soft limit of a feature of the Plan.")
        @Nullable Overage overage,
    @JsonPropertyDescription("Model: a share of the money that passes.")
        @Nullable Percentage percentage,
    @JsonPropertyDescription("Model: a share of the money that passes, by tiers.")
        @Nullable GraduatedPercentage graduatedPercentage,
    @JsonPropertyDescription("Model: each usage event brings its own price.")
        @Nullable Dynamic dynamic,
    @JsonPropertyDescription(
            "The countries that the price is for, as ISO 3166-1 codes such as DE, where the billing system has localised prices; all when left out.")
        @Size(max = 250)
        List<@Pattern(Formats.COUNTRY) @Size(min = 2, max = 2) String> countries,
    @JsonPropertyDescription(
            "How many days the trial lasts with this price, instead of what the Plan says, where the billing system has trials by price.")
        @Min(0)
        @Max(730)
        @Nullable Integer trialDays,
    @JsonPropertyDescription("Where the price stands among those of its Plan; lower comes first.")
        @Min(0)
        @Max(1000000)
        @Nullable Integer sortOrder,
    @JsonPropertyDescription(
            "Words of your own, copied to the billing system where it can store them. Keys planwright.dev/* are refused.")
        @Size(max = Formats.METADATA_ENTRIES)
        Map<String, @Size(max = Formats.METADATA_VALUE_LENGTH) String> metadata) {
  /** Puts empty for what is missing. */
  public PriceSpec {
    currency = Absent.text(currency);
    countries = Absent.list(countries);
    metadata = Absent.map(metadata);
  }

  /** A spec in which nothing is set. */
  public static final PriceSpec EMPTY =
      new PriceSpec(
          null, null, null, null, "", null, null, null, null, null, null, null, null, null, null,
          null, null, List.of(), null, null, Map.of());

  /** The name of the Plan, or empty when it is missing. */
  public String planName() {
    return planRef == null ? "" : planRef.name();
  }

  /** A price that is paid again and again. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Recurring(
      @JsonPropertyDescription("The unit of the period: Day, Week, Month or Year.") @Required
          @Nullable IntervalUnit interval,
      @JsonPropertyDescription("How many units the period has; 1 when left out.") @Min(1) @Max(1000)
          @Nullable Integer count) {

    /** How many units the period has. */
    public int units() {
      return count == null ? 1 : count;
    }
  }

  /** A price that is paid once. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record OneTime() {}

  /** A fixed amount. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Flat(
      @JsonPropertyDescription(
              "The amount for a period, or once, in major units such as \"49.00\".")
          @Required
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          String amount,
      @JsonPropertyDescription(
              "A metric that the amount belongs to, where the billing system wants one.")
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          @Nullable String metric) {
    /** Puts empty for what is missing. */
    public Flat {
      amount = Absent.text(amount);
    }
  }

  /** The same amount for each unit. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PerUnit(
      @JsonPropertyDescription(
              "The metric that counts the usage, which exists on the billing system: its id, code or key there, or a word of the aliases of the BillingBackend. Needed for metered usage.")
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          @Nullable String metric,
      @JsonPropertyDescription(
              "What each unit costs, in major units such as \"0.002\". With filters: what usage that matches none costs under unmatched: BaseAmount.")
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          @Nullable String amount,
      @JsonPropertyDescription(
              "Metered, the default: what was used. Licensed: what was bought, such as seats.")
          @Nullable UsageType usageType,
      @JsonPropertyDescription("The fewest units that can be bought.")
          @Min(0)
          @Max(Formats.QUANTITY_MAX)
          @Nullable Long minUnits,
      @JsonPropertyDescription("The most units that can be bought.")
          @Min(1)
          @Max(Formats.QUANTITY_MAX)
          @Nullable Long maxUnits,
      @JsonPropertyDescription("Other amounts for usage with certain properties.") @Size(max = 50)
          List<UsageFilter> filters,
      @JsonPropertyDescription(
              "What usage that matches no filter costs: NotBilled or BaseAmount. Needed with filters.")
          @Nullable Unmatched unmatched) {
    /** Puts empty for what is missing. */
    public PerUnit {
      filters = Absent.list(filters);
    }
  }

  /** An amount for usage with a certain property. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record UsageFilter(
      @JsonPropertyDescription("The property of the usage event, such as region.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String key,
      @JsonPropertyDescription("The values of the property to which the amount applies.")
          @Required
          @Size(min = 1, max = 50)
          List<@Size(min = 1, max = Formats.LINE_LENGTH) String> values,
      @JsonPropertyDescription(
              "What each unit of such usage costs, in major units such as \"0.003\".")
          @Required
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          String amount) {
    /** Puts empty for what is missing. */
    public UsageFilter {
      key = Absent.text(key);
      values = Absent.list(values);
      amount = Absent.text(amount);
    }
  }

  /** An amount for each started package of units. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PackageOf(
      @JsonPropertyDescription(
              "The metric that counts the usage, which exists on the billing system: its id, code or key there, or a word of the aliases of the BillingBackend.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String metric,
      @JsonPropertyDescription("How many units a package has.")
          @Required
          @Min(1)
          @Max(Formats.QUANTITY_MAX)
          @Nullable Long size,
      @JsonPropertyDescription("What each started package costs, in major units such as \"8.00\".")
          @Required
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          String amount,
      @JsonPropertyDescription("How many units are free before the first package.")
          @Min(0)
          @Max(Formats.QUANTITY_MAX)
          @Nullable Long freeUnits) {
    /** Puts empty for what is missing. */
    public PackageOf {
      metric = Absent.text(metric);
      amount = Absent.text(amount);
    }
  }

  /** Each unit costs what the tier it falls into says. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Graduated(
      @JsonPropertyDescription(
              "The metric that counts the usage, which exists on the billing system: its id, code or key there, or a word of the aliases of the BillingBackend.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String metric,
      @JsonPropertyDescription("The tiers, in rising order; the last is open: it has no upTo.")
          @Required
          @Size(min = 1, max = Formats.TIERS)
          List<Tier> tiers) {
    /** Puts empty for what is missing. */
    public Graduated {
      metric = Absent.text(metric);
      tiers = Absent.list(tiers);
    }
  }

  /** All units cost what the tier that the whole quantity falls into says. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Volume(
      @JsonPropertyDescription(
              "The metric that counts the usage, which exists on the billing system: its id, code or key there, or a word of the aliases of the BillingBackend.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String metric,
      @JsonPropertyDescription("The tiers, in rising order; the last is open: it has no upTo.")
          @Required
          @Size(min = 1, max = Formats.TIERS)
          List<Tier> tiers) {
    /** Puts empty for what is missing. */
    public Volume {
      metric = Absent.text(metric);
      tiers = Absent.list(tiers);
    }
  }

  /** An amount for each unit beyond the soft limit that the Plan gives of a feature. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Overage(
      @JsonPropertyDescription(
              "The feature, for which the Plan has an entitlement with a soft limit.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String feature,
      @JsonPropertyDescription(
              "What each unit beyond the limit costs, in major units such as \"5.00\".")
          @Required
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          String amount) {
    /** Puts empty for what is missing. */
    public Overage {
      feature = Absent.text(feature);
      amount = Absent.text(amount);
    }
  }

  /** A share of the money that passes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Percentage(
      @JsonPropertyDescription(
              "The metric that counts the usage, which exists on the billing system: its id, code or key there, or a word of the aliases of the BillingBackend. It counts money.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String metric,
      @JsonPropertyDescription("The percentage, such as \"2.5\" for 2.5 %.")
          @Required
          @Pattern(Formats.RATE)
          @Size(min = 1, max = Formats.RATE_LENGTH)
          String rate,
      @JsonPropertyDescription(
              "What each event costs beside its share, in major units such as \"0.30\".")
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          @Nullable String fixedAmount,
      @JsonPropertyDescription("How many events are free in each period.")
          @Min(0)
          @Max(Formats.QUANTITY_MAX)
          @Nullable Long freeEvents,
      @JsonPropertyDescription("The least that each event costs, in major units.")
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          @Nullable String minAmount,
      @JsonPropertyDescription("The most that each event costs, in major units.")
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          @Nullable String maxAmount) {
    /** Puts empty for what is missing. */
    public Percentage {
      metric = Absent.text(metric);
      rate = Absent.text(rate);
    }
  }

  /** A share of the money that passes, by tiers. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record GraduatedPercentage(
      @JsonPropertyDescription(
              "The metric that counts the usage, which exists on the billing system: its id, code or key there, or a word of the aliases of the BillingBackend. It counts money.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String metric,
      @JsonPropertyDescription("The tiers, in rising order; the last is open: it has no upTo.")
          @Required
          @Size(min = 1, max = Formats.TIERS)
          List<RateTier> tiers) {
    /** Puts empty for what is missing. */
    public GraduatedPercentage {
      metric = Absent.text(metric);
      tiers = Absent.list(tiers);
    }
  }

  /** Each usage event brings its own price. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Dynamic(
      @JsonPropertyDescription(
              "The metric that counts the usage, which exists on the billing system: its id, code or key there, or a word of the aliases of the BillingBackend.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String metric) {
    /** Puts empty for what is missing. */
    public Dynamic {
      metric = Absent.text(metric);
    }
  }
}
