package dev.planwright.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/**
 * Starts a run for an object from our own code: a permit came free, a sweep found a difference, a
 * Price changed. A run reads the cache afresh, so nothing but the key travels.
 *
 * @param <P> the kind that is woken
 */
public final class Wakeups<P extends HasMetadata> extends AbstractEventSource<Object, P> {
  public Wakeups(String name) {
    super(Object.class, name);
  }

  /** Starts a run soon; several calls before it starts are one run. Before the start, nothing. */
  public void wake(ObjectKey key) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(key.resourceId()));
    }
  }

  /** Nothing is attached to the primary: a wakeup carries no object. */
  @Override
  public Set<Object> getSecondaryResources(P primary) {
    return Set.of();
  }
}
