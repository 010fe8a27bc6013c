package dev.planwright.operator;

import java.time.Duration;

/**
 * How long a Lease holds.
 *
 * @param duration after which others may take it, when it was not renewed
 * @param renewWithin after which we stop calling by ourselves, counted from the moment before the
 *     last renewal was sent; shorter than {@code duration}, so that we stop before another starts
 * @param every between two looks
 * @param lastCalls how long, after a Lease was taken that was not released, a call of whoever held
 *     it may still land: no less than the longest default timeout of a call, since what was set
 *     then is not known
 */
public record LeaseTiming(
    Duration duration, Duration renewWithin, Duration every, Duration lastCalls) {
  public static final LeaseTiming DEFAULT =
      new LeaseTiming(
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(60));

  public LeaseTiming {
    if (renewWithin.compareTo(duration) >= 0 || every.compareTo(renewWithin) >= 0) {
      throw new IllegalArgumentException(
          "a Lease must be looked at more often than it is renewed, and renewed before it ends: "
              + every
              + " < "
              + renewWithin
              + " < "
              + duration);
    }
  }
}
