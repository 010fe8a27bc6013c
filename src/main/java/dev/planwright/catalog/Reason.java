package dev.planwright.catalog;

import java.util.Locale;

/** Why an object is not what it should be: the closed list behind every condition. */
public enum Reason {
  /** The manifest contradicts itself or the schema's meaning. */
  INVALID_SPEC(Kind.ACCEPTED, Retry.NEVER, "the manifest is not valid", "correct the fields named"),
  /** The backend has no way to say it. */
  NOT_EXPRESSIBLE(
      Kind.ACCEPTED,
      Retry.NEVER,
      "the backend cannot say what the manifest says",
      "change the fields named as proposed, or use another backend"),
  /** A paid plan without any price. */
  WAITING_FOR_PRICES(
      Kind.ACCEPTED,
      Retry.NEVER,
      "the plan is not created before its prices are there",
      "apply the prices that are named as missing"),
  /** A price whose plan does not exist yet, or a plan that names one that does not. */
  PLAN_NOT_FOUND(
      Kind.ACCEPTED,
      Retry.NEVER,
      "the plan named does not exist yet",
      "apply it, or mend the name"),
  /** Two Plans claim one key of one account. */
  KEY_CONFLICT(
      Kind.ACCEPTED,
      Retry.NEVER,
      "another Plan holds this key on this account",
      "give one of the two another key, or delete one"),
  /** A field that cannot change did. */
  IMMUTABLE_FIELD(
      Kind.ACCEPTED,
      Retry.NEVER,
      "a field that cannot change was changed",
      "put the old value back, or make a new object under another key"),

  /** Work is under way. */
  PROGRESSING(Kind.SYNCED, Retry.SOON, "work is under way", "wait"),
  /** Work failed in passing and is tried again. */
  RETRYING(Kind.SYNCED, Retry.SOON, "the last try failed in passing", "wait; it is tried again"),
  /** The BillingBackend is missing or not ready. */
  BACKEND_NOT_READY(
      Kind.SYNCED, Retry.SOON, "the BillingBackend is not ready", "see its own condition"),
  /** The billing system does not answer, or answers nonsense. */
  BACKEND_UNAVAILABLE(
      Kind.SYNCED,
      Retry.SOON,
      "the billing system does not answer as it should",
      "wait, or look at the billing system; it is tried again by itself"),
  /** The billing system asks for fewer calls. */
  RATE_LIMITED(
      Kind.SYNCED, Retry.SOON, "the billing system asked for fewer calls", "wait; nothing is lost"),
  /** The billing system refused the content. */
  BACKEND_REJECTED(
      Kind.SYNCED,
      Retry.SLOW,
      "the billing system refused what was sent",
      "read its words in the message; an edit is tried at once"),
  /** A metric, feature, product or the like does not exist on the account. */
  DEPENDENCY_MISSING(
      Kind.SYNCED,
      Retry.SLOW,
      "something the plan names does not exist on the account",
      "create it there, or set the alias in the BillingBackend"),
  /** The key opens another account than before. */
  ACCOUNT_MISMATCH(
      Kind.SYNCED,
      Retry.SLOW,
      "the key opens another account than the one pinned",
      "put the right key into the Secret; to move on purpose, make a new BillingBackend"),
  /** The object exists and is not ours. */
  OWNERSHIP_CONFLICT(
      Kind.SYNCED,
      Retry.SLOW,
      "an object with this key exists and is not ours",
      "adopt it with adoptionPolicy or externalId, or choose another key"),
  /** A write would erase something we did not make. */
  UNMANAGED_REMOTE_CONTENT(
      Kind.SYNCED,
      Retry.SLOW,
      "the write would erase content that was not made from manifests",
      "put the content listed into the manifest, or remove it on the backend"),
  /** The object was archived on the backend. */
  REMOTE_ARCHIVED(
      Kind.SYNCED,
      Retry.SLOW,
      "the object is archived on the backend",
      "bring it back there, set lifecycle: Archived, or use another key"),
  /** The object was there and is gone. */
  REMOTE_MISSING(
      Kind.SYNCED,
      Retry.SLOW,
      "the object was removed on the backend",
      "set drift.policy: Revert to have it made again, or delete the Plan"),
  /** Several objects could be ours. */
  AMBIGUOUS_REMOTE(
      Kind.SYNCED,
      Retry.SLOW,
      "several objects on the backend could be this one",
      "remove all but one there, or name one with externalId"),
  /** Somebody else's draft is open. */
  DRAFT_IN_USE(
      Kind.SYNCED,
      Retry.SLOW,
      "somebody is working on a draft of this plan",
      "publish or drop the draft on the backend"),
  /** The change would reprice or cut off people who pay. */
  SUBSCRIBERS_AFFECTED(
      Kind.SYNCED,
      Retry.SLOW,
      "the change would touch people who already pay",
      "make a new price or plan, or set existingSubscribers: Migrate and approve"),
  /** Whether anybody pays could not be read. */
  SUBSCRIBERS_UNKNOWN(
      Kind.SYNCED,
      Retry.SLOW,
      "whether anybody pays could not be read",
      "see the message; nothing is written until it can"),
  /** A change that touches people who pay waits for its approval. */
  APPROVAL_REQUIRED(
      Kind.SYNCED,
      Retry.NEVER,
      "the change touches people who already pay and waits for approval",
      "annotate planwright.dev/approve with status.pendingHash"),
  /** The last price of a plan is gone. */
  NO_ACTIVE_PRICE(
      Kind.SYNCED,
      Retry.NEVER,
      "the plan has no price any more and is still sold at the old one",
      "apply a price, or set lifecycle: Archived"),
  /** The backend does not come to rest at what was asked. */
  NOT_CONVERGED(
      Kind.SYNCED,
      Retry.SLOW,
      "the backend answered success and still differs",
      "see the fields in the message; the backend may drop them silently"),
  /** The backend was changed by somebody else. */
  DRIFTED(
      Kind.SYNCED,
      Retry.SLOW,
      "the backend differs from the manifest that was synced",
      "change it back there, or set drift.policy: Revert"),
  /** Somebody keeps changing what is put back. */
  CONTESTED(
      Kind.SYNCED,
      Retry.SLOW,
      "somebody keeps changing a field that is put back",
      "find out who; then annotate planwright.dev/reconcile-requested-at"),
  /** Paused by annotation or by the BillingBackend. */
  PAUSED(Kind.SYNCED, Retry.NEVER, "paused", "remove the annotation or spec.paused"),
  /** Only observed, and different. */
  OBSERVING(
      Kind.SYNCED,
      Retry.SLOW,
      "managementPolicy is Observe and the backend differs",
      "see status.pending; set managementPolicy: Manage to write"),

  /** The Secret named does not exist, or lacks the key. */
  SECRET_NOT_FOUND(
      Kind.BACKEND,
      Retry.SLOW,
      "the Secret or its key does not exist",
      "create it with the key named"),
  /** The Secret lacks the label that lets it be used. */
  SECRET_NOT_LABELLED(
      Kind.BACKEND,
      Retry.SLOW,
      "the Secret is not meant for us",
      "label it planwright.dev/credentials=true"),
  /** The key is refused. */
  UNAUTHORIZED(
      Kind.BACKEND,
      Retry.SLOW,
      "the billing system refuses the key",
      "put a valid key into the Secret"),
  /** The key opens the other environment. */
  ENVIRONMENT_MISMATCH(
      Kind.BACKEND,
      Retry.SLOW,
      "the key opens another environment than spec.environment",
      "use the other key, or mend spec.environment"),
  /** Nothing answers there. */
  UNREACHABLE(
      Kind.BACKEND,
      Retry.SOON,
      "the billing system cannot be reached",
      "check the URL and network"),
  /** The URL would send the key in the clear. */
  INSECURE_URL(
      Kind.BACKEND,
      Retry.NEVER,
      "the URL would send the key in the clear",
      "use https, or an in-cluster name");

  /** Which condition the reason speaks of. */
  public enum Kind {
    ACCEPTED,
    SYNCED,
    BACKEND
  }

  /** Whether time alone may help. */
  public enum Retry {
    /** Backoff from a second on. */
    SOON,
    /** Every ten minutes: somebody has to act, perhaps where we see nothing of it. */
    SLOW,
    /** Not at all: only an edit that we see can help. */
    NEVER
  }

  private final Kind kind;
  private final Retry retry;
  private final String meaning;
  private final String whatToDo;
  private final String text;

  Reason(Kind kind, Retry retry, String meaning, String whatToDo) {
    this.kind = kind;
    this.retry = retry;
    this.meaning = meaning;
    this.whatToDo = whatToDo;
    StringBuilder words = new StringBuilder();
    for (String word : name().split("_", -1)) {
      words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    this.text = words.toString();
  }

  public Kind kind() {
    return kind;
  }

  public Retry retry() {
    return retry;
  }

  /** One clause: what it means. */
  public String meaning() {
    return meaning;
  }

  /** One clause: what the person on call can do. */
  public String whatToDo() {
    return whatToDo;
  }

  /** As it stands in conditions: {@code NotExpressible}. */
  @Override
  public String toString() {
    return text;
  }
}
