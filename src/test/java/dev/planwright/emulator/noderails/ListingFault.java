package dev.planwright.emulator.noderails;

/** How a listing lies. Every answer is a 200 of the right shape. */
public enum ListingFault {
  NONE,
  /** Nothing is there, and the total says so. */
  EMPTY,
  /** Each page lacks its last object; the totals are right. */
  SHORT,
  /** Each page is the first one again; the totals are right. */
  REPEATING,
  /** Each page is the first one again and says that one more follows: it never ends. */
  ENDLESS
}
