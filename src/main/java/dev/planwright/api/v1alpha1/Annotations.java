package dev.planwright.api.v1alpha1;

/** Annotations, labels and finalizers with a meaning to the operator. */
public final class Annotations {
  /** The group of all names here. */
  public static final String GROUP = "planwright.dev";

  /** On a Plan: {@code "true"} stops reads and writes. */
  public static final String PAUSED = "planwright.dev/paused";

  /**
   * On a Plan: any new value asks for one full read and compare, and is echoed to {@code
   * status.lastHandledReconcileAt}.
   */
  public static final String RECONCILE_REQUESTED_AT = "planwright.dev/reconcile-requested-at";

  /** On a Plan: the {@code status.pendingHash} whose steps are let through, once. */
  public static final String APPROVE = "planwright.dev/approve";

  /**
   * On a Plan, written by the operator where the billing system can hold neither key nor mark: the
   * external id, so that it survives a backup that drops status.
   */
  public static final String EXTERNAL_ID = "planwright.dev/external-id";

  /** Label on a Secret that a BillingBackend may use; only with {@link #CREDENTIALS_VALUE}. */
  public static final String CREDENTIALS_LABEL = "planwright.dev/credentials";

  /** The value of {@link #CREDENTIALS_LABEL}. */
  public static final String CREDENTIALS_VALUE = "true";

  /** Finalizer of a Plan whose deletion archives or deletes on the billing system. */
  public static final String PLAN_FINALIZER = "planwright.dev/plan";

  /** Finalizer of a BillingBackend that Plans use. */
  public static final String BACKEND_FINALIZER = "planwright.dev/billing-backend";

  private Annotations() {}
}
