package dev.planwright.backend;

/** How many people pay for a plan. */
public sealed interface Subscribers {
  /** Read, completely. */
  record Known(long count) implements Subscribers {}

  /** Not to be had. */
  record Unreadable(String why) implements Subscribers {}
}
