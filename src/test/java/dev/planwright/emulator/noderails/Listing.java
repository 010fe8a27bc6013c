package dev.planwright.emulator.noderails;

/** The two listings that come in pages. */
public enum Listing {
  PLANS,
  SUBSCRIPTIONS
}
