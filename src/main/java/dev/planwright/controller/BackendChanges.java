package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** A new spec or a deletion starts a run; our own status writes wake nobody. */
public final class BackendChanges implements OnUpdateFilter<BillingBackend> {
  @Override
  public boolean accept(BillingBackend now, BillingBackend before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp())
        || !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid());
  }
}
