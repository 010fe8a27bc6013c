package dev.planwright.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;

/** An update wakes us when it changes what we act on; our own status writes never do. */
public final class ManifestChanges implements OnUpdateFilter<HasMetadata> {
  @Override
  public boolean accept(HasMetadata after, HasMetadata before) {
    return Requests.differs(before, after);
  }
}
