package dev.planwright.controller;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Plans that a sweep found to differ: their next run reads the backend, settled or not. */
public final class DriftMarks {
  private final Set<ObjectKey> marked = ConcurrentHashMap.newKeySet();

  public void mark(ObjectKey plan) {
    marked.add(plan);
  }

  boolean isMarked(ObjectKey plan) {
    return marked.contains(plan);
  }

  /**
   * The run that reads the backend takes the mark away.
   *
   * @return whether there was one
   */
  boolean take(ObjectKey plan) {
    return marked.remove(plan);
  }
}
