package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a Plan stands on the billing system. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1 before the operator first looked.")
        @Min(-1)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("The identity of the plan on the account: spec.key, or its default.")
        @Size(min = 1, max = 512)
        @Nullable String key,
    @JsonPropertyDescription("The name of the BillingBackend: spec.backendRef.name, or default.")
        @Size(min = 1, max = Formats.NAME_LENGTH)
        @Nullable String backend,
    @JsonPropertyDescription("The id of the plan on the billing system, once it exists.")
        @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
        @Nullable String externalId,
    @JsonPropertyDescription(
            "The version of the plan on the billing system, where it has versions.")
        @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
        @Nullable String externalVersion,
    @JsonPropertyDescription("Where a person sees the plan on the billing system.")
        @Size(min = 1, max = Formats.URL_LENGTH)
        @Nullable String externalUrl,
    @JsonPropertyDescription("A row for each Price, and for each price that is being removed.")
        @Size(max = 1000)
        List<PriceRow> prices,
    @JsonPropertyDescription("How many Prices the Plan has.") @Min(0) @Nullable Integer priceCount,
    @JsonPropertyDescription(
            "Former prices that are kept for those who renew on them, and are perhaps still on sale; the first 200.")
        @Size(max = 200)
        List<Superseded> superseded,
    @JsonPropertyDescription(
            "A hash of the desired state that was last confirmed on the billing system.")
        @Size(min = 1, max = 255)
        @Nullable String syncedHash,
    @JsonPropertyDescription(
            "The changes that wait for an approval or for a condition to go away; the first 200.")
        @Size(max = 200)
        List<PendingStep> pending,
    @JsonPropertyDescription(
            "Names exactly these pending steps against exactly this state of the billing system; the value for the annotation planwright.dev/approve.")
        @Size(min = 1, max = 255)
        @Nullable String pendingHash,
    @JsonPropertyDescription(
            "Differences on the billing system that no manifest asked for; the first 100.")
        @Size(max = 100)
        List<Drift> drift,
    @JsonPropertyDescription("What was accepted and is good to know; the first 50.") @Size(max = 50)
        List<@Size(max = 1024) String> warnings,
    @JsonPropertyDescription("What deleting this Plan would do, in words.") @Size(max = 1024)
        @Nullable String onDelete,
    @JsonPropertyDescription("How many subscribe, when last read, where the billing system tells.")
        @Min(0)
        @Nullable Long subscribers,
    @JsonPropertyDescription(
            "The memory of the operator about the billing system: ids, journal, approvals used. Not for scripts.")
        @PreserveUnknownFields
        @Nullable ObjectNode remote,
    @JsonPropertyDescription("When the billing system was last confirmed to equal the spec.")
        @Nullable Instant lastSyncTime,
    @JsonPropertyDescription(
            "The value of the annotation planwright.dev/reconcile-requested-at that was last handled.")
        @Size(max = 255)
        @Nullable String lastHandledReconcileAt,
    @JsonPropertyDescription("What is so and what is not.") @Size(max = 16)
        List<Condition> conditions) {
  /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
  public PlanStatus {
    observedGeneration = Absent.generation(observedGeneration);
    prices = Absent.list(prices);
    superseded = Absent.first(superseded, 200);
    pending = Absent.first(pending, 200);
    drift = Absent.first(drift, 100);
    warnings = Absent.first(warnings, 50).stream().map(w -> Absent.cut(w, 1024)).toList();
    onDelete = onDelete == null ? null : Absent.cut(onDelete, 1024);
    lastHandledReconcileAt =
        lastHandledReconcileAt == null ? null : Absent.cut(lastHandledReconcileAt, 255);
    conditions = Absent.list(conditions);
  }

  /** A status in which nothing is known. */
  public static final PlanStatus EMPTY =
      new PlanStatus(
          null, null, null, null, null, null, List.of(), null, List.of(), null, List.of(), null,
          List.of(), List.of(), null, null, null, null, null, List.of());

  /** Where one price of the Plan stands on the billing system. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PriceRow(
      @JsonPropertyDescription("The name of the Price.")
          @Required
          @Pattern(Formats.NAME)
          @Size(min = 1, max = Formats.NAME_LENGTH)
          String name,
      @JsonPropertyDescription("The uid of the Price.") @Size(min = 1, max = 64)
          @Nullable String uid,
      @JsonPropertyDescription("The generation of the Price that was last looked at.") @Min(0)
          @Nullable Long generation,
      @JsonPropertyDescription("The id of the price on the billing system, once it exists.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String externalId,
      @JsonPropertyDescription("Pending, Synced, Rejected, Removing or RemovalBlocked.")
          @Nullable PriceState state,
      @JsonPropertyDescription("Why it is not Synced, in one word.") @Size(max = 64)
          @Nullable String reason,
      @JsonPropertyDescription("Why it is not Synced, for a person.")
          @Size(max = Formats.MESSAGE_LENGTH)
          @Nullable String message) {
    /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
    public PriceRow {
      name = Absent.text(name);
      reason = reason == null ? null : Absent.cut(reason, 64);
      message = message == null ? null : Absent.cut(message, Formats.MESSAGE_LENGTH);
    }
  }

  /** A former price that is kept for those who renew on it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Superseded(
      @JsonPropertyDescription("The name of the Price that it was.")
          @Required
          @Pattern(Formats.NAME)
          @Size(min = 1, max = Formats.NAME_LENGTH)
          String price,
      @JsonPropertyDescription("Which revision of that Price it was.") @Min(0)
          @Nullable Long revision,
      @JsonPropertyDescription("Its id on the billing system.")
          @Size(min = 1, max = Formats.EXTERNAL_ID_LENGTH)
          @Nullable String externalId,
      @JsonPropertyDescription("What it costs.") @Size(max = 255) @Nullable String amount,
      @JsonPropertyDescription("When it was superseded.") @Nullable Instant since) {
    /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
    public Superseded {
      price = Absent.text(price);
      amount = amount == null ? null : Absent.cut(amount, 255);
    }
  }

  /** A change that waits, with whom it affects. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PendingStep(
      @JsonPropertyDescription("What would be done.") @Required @Size(max = 1024) String step,
      @JsonPropertyDescription("The field that would change.") @Size(max = 1024)
          @Nullable String field,
      @JsonPropertyDescription("Its value on the billing system.") @Size(max = 1024)
          @Nullable String from,
      @JsonPropertyDescription("Its value by the manifest.") @Size(max = 1024) @Nullable String to,
      @JsonPropertyDescription("Nobody, NewSubscribers or ExistingSubscribers.")
          @Nullable Affects affects) {
    /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
    public PendingStep {
      step = Absent.cut(step, 1024);
      field = field == null ? null : Absent.cut(field, 1024);
      from = from == null ? null : Absent.cut(from, 1024);
      to = to == null ? null : Absent.cut(to, 1024);
    }
  }

  /** A difference on the billing system that no manifest asked for. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Drift(
      @JsonPropertyDescription("The field.") @Required @Size(max = 1024) String field,
      @JsonPropertyDescription("Its value by the manifest.") @Size(max = 1024)
          @Nullable String desired,
      @JsonPropertyDescription("Its value on the billing system.") @Size(max = 1024)
          @Nullable String actual,
      @JsonPropertyDescription("When it was first seen.") @Nullable Instant since) {
    /** Puts empty for what is missing, and cuts texts and lists to the bounds of the schema. */
    public Drift {
      field = Absent.cut(field, 1024);
      desired = desired == null ? null : Absent.cut(desired, 1024);
      actual = actual == null ? null : Absent.cut(actual, 1024);
    }
  }
}
