package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rebuilds a {@link PlanStatus} with some of its parts replaced. */
public final class PlanStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable String key;
  private @Nullable String backend;
  private @Nullable String externalId;
  private @Nullable String externalVersion;
  private @Nullable String externalUrl;
  private List<PlanStatus.PriceRow> prices;
  private @Nullable Integer priceCount;
  private List<PlanStatus.Superseded> superseded;
  private @Nullable String syncedHash;
  private List<PlanStatus.PendingStep> pending;
  private @Nullable String pendingHash;
  private List<PlanStatus.Drift> drift;
  private List<String> warnings;
  private @Nullable String onDelete;
  private @Nullable Long subscribers;
  private @Nullable ObjectNode remote;
  private @Nullable Instant lastSyncTime;
  private @Nullable String lastHandledReconcileAt;
  private List<Condition> conditions;

  private PlanStatusBuilder(PlanStatus from) {
    observedGeneration = from.observedGeneration();
    key = from.key();
    backend = from.backend();
    externalId = from.externalId();
    externalVersion = from.externalVersion();
    externalUrl = from.externalUrl();
    prices = from.prices();
    priceCount = from.priceCount();
    superseded = from.superseded();
    syncedHash = from.syncedHash();
    pending = from.pending();
    pendingHash = from.pendingHash();
    drift = from.drift();
    warnings = from.warnings();
    onDelete = from.onDelete();
    subscribers = from.subscribers();
    remote = from.remote();
    lastSyncTime = from.lastSyncTime();
    lastHandledReconcileAt = from.lastHandledReconcileAt();
    conditions = from.conditions();
  }

  /** Begins with everything as it is in {@code status}. */
  public static PlanStatusBuilder from(PlanStatus status) {
    return new PlanStatusBuilder(status);
  }

  /** Replaces {@link PlanStatus#observedGeneration}. */
  public PlanStatusBuilder observedGeneration(@Nullable Long value) {
    this.observedGeneration = value;
    return this;
  }

  /** Replaces {@link PlanStatus#key}. */
  public PlanStatusBuilder key(@Nullable String value) {
    this.key = value;
    return this;
  }

  /** Replaces {@link PlanStatus#backend}. */
  public PlanStatusBuilder backend(@Nullable String value) {
    this.backend = value;
    return this;
  }

  /** Replaces {@link PlanStatus#externalId}. */
  public PlanStatusBuilder externalId(@Nullable String value) {
    this.externalId = value;
    return this;
  }

  /** Replaces {@link PlanStatus#externalVersion}. */
  public PlanStatusBuilder externalVersion(@Nullable String value) {
    this.externalVersion = value;
    return this;
  }

  /** Replaces {@link PlanStatus#externalUrl}. */
  public PlanStatusBuilder externalUrl(@Nullable String value) {
    this.externalUrl = value;
    return this;
  }

  /** Replaces {@link PlanStatus#prices}. */
  public PlanStatusBuilder prices(List<PlanStatus.PriceRow> value) {
    this.prices = value;
    return this;
  }

  /** Replaces {@link PlanStatus#priceCount}. */
  public PlanStatusBuilder priceCount(@Nullable Integer value) {
    this.priceCount = value;
    return this;
  }

  /** Replaces {@link PlanStatus#superseded}. */
  public PlanStatusBuilder superseded(List<PlanStatus.Superseded> value) {
    this.superseded = value;
    return this;
  }

  /** Replaces {@link PlanStatus#syncedHash}. */
  public PlanStatusBuilder syncedHash(@Nullable String value) {
    this.syncedHash = value;
    return this;
  }

  /** Replaces {@link PlanStatus#pending}. */
  public PlanStatusBuilder pending(List<PlanStatus.PendingStep> value) {
    this.pending = value;
    return this;
  }

  /** Replaces {@link PlanStatus#pendingHash}. */
  public PlanStatusBuilder pendingHash(@Nullable String value) {
    this.pendingHash = value;
    return this;
  }

  /** Replaces {@link PlanStatus#drift}. */
  public PlanStatusBuilder drift(List<PlanStatus.Drift> value) {
    this.drift = value;
    return this;
  }

  /** Replaces {@link PlanStatus#warnings}. */
  public PlanStatusBuilder warnings(List<String> value) {
    this.warnings = value;
    return this;
  }

  /** Replaces {@link PlanStatus#onDelete}. */
  public PlanStatusBuilder onDelete(@Nullable String value) {
    this.onDelete = value;
    return this;
  }

  /** Replaces {@link PlanStatus#subscribers}. */
  public PlanStatusBuilder subscribers(@Nullable Long value) {
    this.subscribers = value;
    return this;
  }

  /** Replaces {@link PlanStatus#remote}. */
  public PlanStatusBuilder remote(@Nullable ObjectNode value) {
    this.remote = value;
    return this;
  }

  /** Replaces {@link PlanStatus#lastSyncTime}. */
  public PlanStatusBuilder lastSyncTime(@Nullable Instant value) {
    this.lastSyncTime = value;
    return this;
  }

  /** Replaces {@link PlanStatus#lastHandledReconcileAt}. */
  public PlanStatusBuilder lastHandledReconcileAt(@Nullable String value) {
    this.lastHandledReconcileAt = value;
    return this;
  }

  /** Replaces {@link PlanStatus#conditions}. */
  public PlanStatusBuilder conditions(List<Condition> value) {
    this.conditions = value;
    return this;
  }

  /** The status with everything that was replaced. */
  public PlanStatus build() {
    return new PlanStatus(
        observedGeneration,
        key,
        backend,
        externalId,
        externalVersion,
        externalUrl,
        prices,
        priceCount,
        superseded,
        syncedHash,
        pending,
        pendingHash,
        drift,
        warnings,
        onDelete,
        subscribers,
        remote,
        lastSyncTime,
        lastHandledReconcileAt,
        conditions);
  }
}
