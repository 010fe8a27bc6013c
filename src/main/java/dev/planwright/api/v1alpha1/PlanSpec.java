package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that is sold. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanSpec(
    @JsonPropertyDescription(
            "The BillingBackend to sell through; the one named default when left out. Immutable.")
        @Nullable BackendRef backendRef,
    @JsonPropertyDescription(
            "The identity of the plan on the account, together with the ownerId of the BillingBackend. Default: <namespace>.<name>. Immutable, set or unset.")
        @Pattern(Formats.KEY)
        @Size(min = 1, max = Formats.KEY_LENGTH)
        @Nullable String key,
    @JsonPropertyDescription(
            "The id of an existing plan of the billing system, to take it over (see adoptionPolicy). May be set later, not changed; nothing else needs it.")
        @Size(max = Formats.EXTERNAL_ID_LENGTH)
        @Nullable String externalId,
    @JsonPropertyDescription("The name of the plan, for customers and people in the back office.")
        @Required
        @Size(min = 1, max = Formats.LINE_LENGTH)
        String displayName,
    @JsonPropertyDescription("The name of the plan on invoices; the displayName when left out.")
        @Size(min = 1, max = Formats.LINE_LENGTH)
        @Nullable String invoiceDisplayName,
    @JsonPropertyDescription("What the plan is, for customers.") @Size(max = Formats.TEXT_LENGTH)
        @Nullable String description,
    @JsonPropertyDescription("An image of the plan, as an http or https URL.")
        @Pattern(Formats.URL)
        @Size(min = 1, max = Formats.URL_LENGTH)
        @Nullable String imageUrl,
    @JsonPropertyDescription(
            "Plan, the default, is sold by itself; AddOn is sold beside a plan. Immutable.")
        @Nullable PlanType type,
    @JsonPropertyDescription(
            "Paid, the default: by the Prices that name this Plan. Free: nothing. Custom: agreed with each customer.")
        @Nullable Pricing pricing,
    @JsonPropertyDescription(
            "Active, the default, or Archived: no longer sold, while those who have it keep it.")
        @Nullable Lifecycle lifecycle,
    @JsonPropertyDescription(
            "The product that the plan belongs to, where the billing system has products: its id there or a word of the aliases of the BillingBackend. Default: that of the BillingBackend, at creation only.")
        @Pattern(Formats.WORD)
        @Size(min = 1, max = Formats.WORD_LENGTH)
        @Nullable String product,
    @JsonPropertyDescription(
            "A Plan of this namespace from which this one inherits, where the billing system has inheritance.")
        @Nullable LocalRef parentPlanRef,
    @JsonPropertyDescription(
            "The Plans of type AddOn, in this namespace, that may be bought with this one.")
        @Size(max = 100)
        List<LocalRef> compatibleAddOns,
    @JsonPropertyDescription(
            "The names of all Prices of this Plan. Nothing is written until all exist, and one that vanishes is missing, not removed.")
        @Size(max = Formats.PRICES)
        List<@Size(min = 1, max = Formats.NAME_LENGTH) String> requiredPrices,
    @JsonPropertyDescription("The name of the Price that is offered first.")
        @Pattern(Formats.NAME)
        @Size(min = 1, max = Formats.NAME_LENGTH)
        @Nullable String defaultPrice,
    @JsonPropertyDescription("A time before the first payment.") @Nullable Trial trial,
    @JsonPropertyDescription("What a subscriber gets, once for each feature.") @Size(max = 200)
        List<Entitlement> entitlements,
    @JsonPropertyDescription("Credits that a subscriber is given.") @Size(max = 20)
        List<CreditGrant> creditGrants,
    @JsonPropertyDescription("What a subscriber pays at least, once for each currency.")
        @Size(max = 20)
        List<MinimumCommitment> minimumCommitments,
    @JsonPropertyDescription("Amounts of usage at which the billing system acts.") @Size(max = 20)
        List<UsageThreshold> usageThresholds,
    @JsonPropertyDescription("The tax on the amounts of this Plan.") @Nullable Tax tax,
    @JsonPropertyDescription(
            "Words of your own, copied to the billing system where it can store them. Keys planwright.dev/* are refused.")
        @Size(max = Formats.METADATA_ENTRIES)
        Map<String, @Size(max = Formats.METADATA_VALUE_LENGTH) String> metadata,
    @JsonPropertyDescription(
            "Keep, the default: those who already subscribe keep what they bought. Migrate: they get each change too, after an approval by the annotation planwright.dev/approve.")
        @Nullable ExistingSubscribers existingSubscribers,
    @JsonPropertyDescription(
            "Manage: the billing system is kept equal to the manifest. Observe: it is read and compared, never written. Default: that of the BillingBackend.")
        @Nullable ManagementPolicy managementPolicy,
    @JsonPropertyDescription(
            "When the plan exists on the billing system and bears no mark of an owner: Never refuses, IfEqual takes it over if it equals the manifest, Always makes it equal. Default: that of the BillingBackend.")
        @Nullable AdoptionPolicy adoptionPolicy,
    @JsonPropertyDescription(
            "What deleting this Plan does on the billing system: Retain leaves it as it is, Archive stops selling it, Delete deletes it when nobody has it. Default: that of the BillingBackend.")
        @Nullable DeletionPolicy deletionPolicy) {
  /** Puts empty for what is missing. */
  public PlanSpec {
    displayName = Absent.text(displayName);
    compatibleAddOns = Absent.list(compatibleAddOns);
    requiredPrices = Absent.list(requiredPrices);
    entitlements = Absent.list(entitlements);
    creditGrants = Absent.list(creditGrants);
    minimumCommitments = Absent.list(minimumCommitments);
    usageThresholds = Absent.list(usageThresholds);
    metadata = Absent.map(metadata);
  }

  /** A spec in which nothing is set. */
  public static final PlanSpec EMPTY =
      new PlanSpec(
          null, null, null, "", null, null, null, null, null, null, null, null, List.of(),
          List.of(), null, null, List.of(), List.of(), List.of(), List.of(), null, Map.of(), null,
          null, null, null);

  /** A time before the first payment. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Trial(
      @JsonPropertyDescription("How many days the trial lasts.") @Required @Min(1) @Max(730)
          @Nullable Integer days,
      @JsonPropertyDescription("What happens when it ends: ConvertToPaid or Cancel.")
          @Nullable TrialEnd onEnd) {}

  /** What a subscriber gets of one feature: one of enabled, limit, unlimited or value. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Entitlement(
      @JsonPropertyDescription(
              "The feature, which exists on the billing system: its id, code or key there, or a word of the aliases of the BillingBackend.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String feature,
      @JsonPropertyDescription(
              "Whether the subscriber has the feature, for a feature that is on or off.")
          @Nullable Boolean enabled,
      @JsonPropertyDescription(
              "How much of the feature the subscriber has, for a feature that is counted.")
          @Min(0)
          @Max(Formats.QUANTITY_MAX)
          @Nullable Long limit,
      @JsonPropertyDescription("True when the subscriber has as much of the feature as wanted.")
          @Nullable Boolean unlimited,
      @JsonPropertyDescription("The value of the feature, for a feature that is a word.")
          @Size(min = 1, max = Formats.LINE_LENGTH)
          @Nullable String value,
      @JsonPropertyDescription(
              "How often what was used is counted from zero again; never when left out.")
          @Nullable IntervalUnit reset,
      @JsonPropertyDescription(
              "True when the limit may be exceeded, for instance because a Price of model overage charges for it.")
          @Nullable Boolean soft,
      @JsonPropertyDescription(
              "On an add-on: Increment adds to the limit of the plan, Override replaces its value.")
          @Nullable EntitlementMode mode) {
    /** Puts empty for what is missing. */
    public Entitlement {
      feature = Absent.text(feature);
    }
  }

  /** Credits that a subscriber is given. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record CreditGrant(
      @JsonPropertyDescription("The credit, which exists on the billing system.")
          @Required
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          String credit,
      @JsonPropertyDescription("How many credits, as a decimal string such as \"1000\".")
          @Required
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          String amount,
      @JsonPropertyDescription("How often they are given; once when left out.")
          @Nullable IntervalUnit every) {
    /** Puts empty for what is missing. */
    public CreditGrant {
      credit = Absent.text(credit);
      amount = Absent.text(amount);
    }
  }

  /** What a subscriber pays at least. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record MinimumCommitment(
      @JsonPropertyDescription(
              "The least that is billed for a period, in major units such as \"100.00\".")
          @Required
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          String amount,
      @JsonPropertyDescription("The currency of the amount, an ISO 4217 code such as USD.")
          @Required
          @Pattern(Formats.CURRENCY)
          @Size(min = 1, max = 3)
          String currency,
      @JsonPropertyDescription("The period.") @Required @Nullable IntervalUnit every) {
    /** Puts empty for what is missing. */
    public MinimumCommitment {
      amount = Absent.text(amount);
      currency = Absent.text(currency);
    }
  }

  /** An amount of usage at which the billing system acts, such as by an early invoice. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record UsageThreshold(
      @JsonPropertyDescription("The amount of usage, in major units such as \"1000.00\".")
          @Required
          @Pattern(Formats.AMOUNT)
          @Size(min = 1, max = Formats.AMOUNT_LENGTH)
          String amount,
      @JsonPropertyDescription("The currency of the amount, an ISO 4217 code such as USD.")
          @Required
          @Pattern(Formats.CURRENCY)
          @Size(min = 1, max = 3)
          String currency,
      @JsonPropertyDescription(
              "True when the billing system acts each time this much more was used; false, the default, when only the first time.")
          @Nullable Boolean recurring,
      @JsonPropertyDescription("The name of the threshold, for people.")
          @Size(min = 1, max = Formats.LINE_LENGTH)
          @Nullable String displayName) {
    /** Puts empty for what is missing. */
    public UsageThreshold {
      amount = Absent.text(amount);
      currency = Absent.text(currency);
    }
  }

  /** The tax on the amounts of a Plan. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Tax(
      @JsonPropertyDescription(
              "The tax or the category of goods, by its code on the billing system.")
          @Pattern(Formats.WORD)
          @Size(min = 1, max = Formats.WORD_LENGTH)
          @Nullable String code,
      @JsonPropertyDescription(
              "The percentage, such as \"20\" for 20 %, where the billing system wants it told.")
          @Pattern(Formats.RATE)
          @Size(min = 1, max = Formats.RATE_LENGTH)
          @Nullable String rate,
      @JsonPropertyDescription(
              "Inclusive when amounts contain the tax, Exclusive when it is added.")
          @Nullable TaxBehavior behavior) {}
}
