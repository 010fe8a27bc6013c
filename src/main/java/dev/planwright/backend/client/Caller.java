package dev.planwright.backend.client;

/** On whose behalf a call is made. */
public enum Caller {
  /** Somebody's edit, deletion or retry: goes first. */
  FOREGROUND,
  /** The drift sweep: at most a quarter of the account's rate, and only when nobody else waits. */
  SWEEP
}
