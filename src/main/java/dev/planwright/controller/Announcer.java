package dev.planwright.controller;

import dev.planwright.sync.SyncEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** Tells people what happened to an object. Never fails: an event that is lost changes nothing. */
public interface Announcer {
  void announce(HasMetadata about, List<SyncEvent> events);
}
