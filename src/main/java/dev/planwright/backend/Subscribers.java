package dev.planwright.backend;

/** How many people pay for a plan. */
public sealed interface Subscribers {
  /** Read, completely. */
  record Known(long count) implements Subscribers {}

  /** Not to be had: under Migrate, a person who knows that may approve all the same. */
  record Unreadable(String why) implements Subscribers {}

  /**
   * Could not be read this time, and has to be before anybody is touched: no approval stands in for
   * it.
   */
  record Unread(String why) implements Subscribers {}
}
