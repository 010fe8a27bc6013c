package dev.planwright.backend;

/** Whom a step touches; decides what the guards ask. */
public enum Affects {
  /** Nothing that anybody pays or gets: texts, marks, an object not yet on sale. */
  NOBODY,
  /** What somebody pays or gets who subscribes from now on. */
  NEW_SUBSCRIBERS,
  /** What somebody pays or gets who already subscribes. */
  EXISTING_SUBSCRIBERS
}
