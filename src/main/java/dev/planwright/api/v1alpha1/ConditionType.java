package dev.planwright.api.v1alpha1;

/** The types of conditions. */
public final class ConditionType {
  /** The spec is valid and this billing system can express it. */
  public static final String ACCEPTED = "Accepted";

  /** The billing system was read back and equals the spec. */
  public static final String SYNCED = "Synced";

  /** Accepted and Synced for this generation; for a BillingBackend: it can be used. */
  public static final String READY = "Ready";

  /** Present and True while work is under way. */
  public static final String RECONCILING = "Reconciling";

  /** Present and True when nothing will change until a person acts. */
  public static final String STALLED = "Stalled";

  private ConditionType() {}
}
