package dev.planwright.backend;

import java.util.Comparator;
import java.util.stream.Stream;

/** Whom a step touches; decides what the guards ask. */
public enum Affects {
  /** Nothing that anybody pays or gets: texts, marks, an object not yet on sale. */
  NOBODY,
  /** What somebody pays or gets who subscribes from now on. */
  NEW_SUBSCRIBERS,
  /** What somebody pays or gets who already subscribes. */
  EXISTING_SUBSCRIBERS;

  /** Whom a call touches that does several things at once. */
  public static Affects most(Stream<Affects> parts) {
    return parts.max(Comparator.naturalOrder()).orElse(NOBODY);
  }
}
