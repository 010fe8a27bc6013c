package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** The reasons of conditions: a closed list, each with what to do. */
public enum Reason {
  /** The spec is valid and the billing system can express it. */
  @JsonProperty("Accepted")
  ACCEPTED("The spec is valid and the billing system can express it.", "Nothing."),

  /** The billing system was read back and equals the spec. */
  @JsonProperty("Synced")
  SYNCED("The billing system was read back and equals the spec.", "Nothing."),

  /** All is done for this generation. */
  @JsonProperty("Ready")
  READY("All is done for this generation.", "Nothing."),

  /** The spec breaks rules; nothing was sent. */
  @JsonProperty("InvalidSpec")
  INVALID_SPEC(
      "The spec breaks rules; nothing was sent.", "Correct the fields that the message lists."),

  /** The billing system cannot say what a field asks for; nothing was sent. */
  @JsonProperty("NotExpressible")
  NOT_EXPRESSIBLE(
      "The billing system cannot say what a field asks for; nothing was sent.",
      "Change the field as the message proposes, or use another billing system."),

  /** Prices that the Plan needs do not exist yet; nothing was sent. */
  @JsonProperty("WaitingForPrices")
  WAITING_FOR_PRICES(
      "Prices that the Plan needs do not exist yet; nothing was sent.",
      "Apply the Prices that the message names, or remove them from spec.requiredPrices."),

  /** The Plan that a Price belongs to does not exist. */
  @JsonProperty("PlanNotFound")
  PLAN_NOT_FOUND(
      "The Plan that a Price belongs to does not exist.",
      "Apply the Plan, or correct spec.planRef.name."),

  /** Another Plan has the same key on the same account; nothing was sent. */
  @JsonProperty("KeyConflict")
  KEY_CONFLICT(
      "Another Plan has the same key on the same account; nothing was sent.",
      "Give one of the two another spec.key, or delete one."),

  /** A field was changed that cannot be changed. */
  @JsonProperty("ImmutableField")
  IMMUTABLE_FIELD(
      "A field was changed that cannot be changed.",
      "Set the field back to the value in the message, or make a new object."),

  /** Work is under way. */
  @JsonProperty("Progressing")
  PROGRESSING("Work is under way.", "Wait."),

  /** The last try failed and another will follow. */
  @JsonProperty("Retrying")
  RETRYING("The last try failed and another will follow.", "Wait; the message says what failed."),

  /** The BillingBackend is missing or not Ready. */
  @JsonProperty("BackendNotReady")
  BACKEND_NOT_READY(
      "The BillingBackend is missing or not Ready.",
      "See the conditions of the BillingBackend that the message names."),

  /** The billing system does not answer, or answers with errors of its own. */
  @JsonProperty("BackendUnavailable")
  BACKEND_UNAVAILABLE(
      "The billing system does not answer, or answers with errors of its own.",
      "Wait; if it lasts, ask those who run the billing system."),

  /** The billing system asked for fewer requests. */
  @JsonProperty("RateLimited")
  RATE_LIMITED(
      "The billing system asked for fewer requests.",
      "Wait, or lower spec.limits of the BillingBackend."),

  /** The billing system refused a request; its own words are in the message. */
  @JsonProperty("BackendRejected")
  BACKEND_REJECTED(
      "The billing system refused a request; its own words are in the message.",
      "Correct what it complains of."),

  /**
   * A feature, metric, product or other Plan that is named does not exist on the billing system.
   */
  @JsonProperty("DependencyMissing")
  DEPENDENCY_MISSING(
      "A feature, metric, product or other Plan that is named does not exist on the billing system.",
      "Create it there, or correct the name or its alias in the BillingBackend."),

  /** The key opens another account than before, or than the manifest says. */
  @JsonProperty("AccountMismatch")
  ACCOUNT_MISMATCH(
      "The key opens another account than before, or than the manifest says.",
      "Put back the key of the account that the message names."),

  /**
   * The object on the billing system belongs to another owner, or bears no mark and may not be
   * adopted.
   */
  @JsonProperty("OwnershipConflict")
  OWNERSHIP_CONFLICT(
      "The object on the billing system belongs to another owner, or bears no mark and may not be adopted.",
      "Use another spec.key, or, for an object without a mark, set spec.adoptionPolicy."),

  /** A write would erase content of the billing system that the manifest does not say. */
  @JsonProperty("UnmanagedRemoteContent")
  UNMANAGED_REMOTE_CONTENT(
      "A write would erase content of the billing system that the manifest does not say.",
      "Add the content that the message lists to the manifest, or remove it on the billing system."),

  /** The plan was archived on the billing system. */
  @JsonProperty("RemoteArchived")
  REMOTE_ARCHIVED(
      "The plan was archived on the billing system.",
      "Set spec.lifecycle to Archived, or put it back on sale there."),

  /** The plan existed on the billing system and is gone. */
  @JsonProperty("RemoteMissing")
  REMOTE_MISSING(
      "The plan existed on the billing system and is gone.",
      "Restore it there, or set spec.drift.policy of the BillingBackend to Revert to create it anew."),

  /** Two objects of the billing system claim to be this one. */
  @JsonProperty("AmbiguousRemote")
  AMBIGUOUS_REMOTE(
      "Two objects of the billing system claim to be this one.",
      "Remove one of the two that the message names."),

  /** Somebody has unpublished changes to the plan on the billing system. */
  @JsonProperty("DraftInUse")
  DRAFT_IN_USE(
      "Somebody has unpublished changes to the plan on the billing system.",
      "Publish or discard them there."),

  /** The change would touch people who subscribe. */
  @JsonProperty("SubscribersAffected")
  SUBSCRIBERS_AFFECTED(
      "The change would touch people who subscribe.",
      "Undo the edit, or set spec.existingSubscribers to Migrate and approve what the status lists as pending."),

  /** Whether anybody subscribes could not be read. */
  @JsonProperty("SubscribersUnknown")
  SUBSCRIBERS_UNKNOWN(
      "Whether anybody subscribes could not be read.",
      "Wait; if it lasts, look at the error in the message."),

  /** The change touches people who subscribe and waits for an approval. */
  @JsonProperty("ApprovalRequired")
  APPROVAL_REQUIRED(
      "The change touches people who subscribe and waits for an approval.",
      "Read status.pending, then set the annotation planwright.dev/approve to status.pendingHash."),

  /**
   * The plan exists on the billing system and its last Price is gone; it is still sold as before.
   */
  @JsonProperty("NoActivePrice")
  NO_ACTIVE_PRICE(
      "The plan exists on the billing system and its last Price is gone; it is still sold as before.",
      "Apply a Price, or set spec.lifecycle to Archived."),

  /** The billing system accepts writes and does not do what they say. */
  @JsonProperty("NotConverged")
  NOT_CONVERGED(
      "The billing system accepts writes and does not do what they say.",
      "See the fields in the message; they may be ones that the billing system ignores."),

  /** Somebody changed the billing system by hand. */
  @JsonProperty("Drifted")
  DRIFTED(
      "Somebody changed the billing system by hand.",
      "Put the value back there, or take it into the manifest; see status.drift."),

  /** The same field was put back three times within a day. */
  @JsonProperty("Contested")
  CONTESTED(
      "The same field was put back three times within a day.",
      "Find who else writes it, then edit the Plan or request a reconcile."),

  /** The annotation, or spec.paused of the BillingBackend, stops all calls. */
  @JsonProperty("Paused")
  PAUSED(
      "The annotation, or spec.paused of the BillingBackend, stops all calls.",
      "Remove the annotation, or set spec.paused to false."),

  /** The billing system differs from the spec, and spec.managementPolicy is Observe. */
  @JsonProperty("Observing")
  OBSERVING(
      "The billing system differs from the spec, and spec.managementPolicy is Observe.",
      "Set spec.managementPolicy to Manage to write the spec."),

  /** The Secret, or the entry of it, that holds the key does not exist. */
  @JsonProperty("SecretNotFound")
  SECRET_NOT_FOUND(
      "The Secret, or the entry of it, that holds the key does not exist.",
      "Create it in the namespace of the BillingBackend."),

  /** The Secret may not be used, because it is not labelled for that. */
  @JsonProperty("SecretNotLabelled")
  SECRET_NOT_LABELLED(
      "The Secret may not be used, because it is not labelled for that.",
      "Label it planwright.dev/credentials=true."),

  /** The billing system refuses the key. */
  @JsonProperty("Unauthorized")
  UNAUTHORIZED("The billing system refuses the key.", "Put a valid key into the Secret."),

  /** The key opens an account of another environment than spec.environment. */
  @JsonProperty("EnvironmentMismatch")
  ENVIRONMENT_MISMATCH(
      "The key opens an account of another environment than spec.environment.",
      "Put the key of the right account into the Secret, or correct spec.environment."),

  /** The billing system cannot be reached. */
  @JsonProperty("Unreachable")
  UNREACHABLE(
      "The billing system cannot be reached.",
      "Check the URL, the network and the billing system."),

  /** The URL is http and not loopback or in the cluster: the key would be sent in the clear. */
  @JsonProperty("InsecureUrl")
  INSECURE_URL(
      "The URL is http and not loopback or in the cluster: the key would be sent in the clear.",
      "Use https, or start the operator with --allow-http.");

  private final String meaning;
  private final String whatToDo;

  Reason(String meaning, String whatToDo) {
    this.meaning = meaning;
    this.whatToDo = whatToDo;
  }

  /** What is so, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** What a person does about it, in one sentence. */
  public String whatToDo() {
    return whatToDo;
  }

  /** The reason with this word, or empty when it is not one of ours. */
  public static Optional<Reason> of(String word) {
    return Arrays.stream(values()).filter(r -> r.toString().equals(word)).findFirst();
  }

  /** The word as it is written in a condition. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
