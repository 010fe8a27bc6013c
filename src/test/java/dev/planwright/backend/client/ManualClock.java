package dev.planwright.backend.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;

/**
 * Time that passes only when told to, or when somebody waits for it: as a {@link Waiting} it serves
 * tests of one thread, where nothing else could happen meanwhile.
 */
public final class ManualClock implements InstantSource, Waiting {
  /** When every test starts. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private Instant now = START;

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  /** How long it is since the start. */
  public Duration elapsed() {
    return Duration.between(START, instant());
  }

  @Override
  public void await(Condition condition, Duration atMost) {
    advance(atMost);
  }
}
