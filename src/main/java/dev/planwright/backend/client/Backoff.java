package dev.planwright.backend.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to try again. There is no last attempt. */
public final class Backoff {
  /** Shortest pause. */
  public static final Duration MIN = Duration.ofSeconds(1);

  /** Longest pause that is ours; a backend may ask for a longer one. */
  public static final Duration MAX = Duration.ofMinutes(5);

  /** Pause after an answer that only a person can mend; a new generation does not wait for it. */
  public static final Duration SLOW = Duration.ofMinutes(10);

  private Backoff() {}

  /**
   * The pause after a failure: what the backend asked for, else any time between {@link #MIN} and
   * {@code 1 s * 2^attempt}, at most {@link #MAX}. Full jitter, so that ten thousand Plans that
   * failed together do not come back together.
   *
   * @param attempt how many times it failed in a row, from 1 on
   * @param retryAfter what the backend asked for; never shortened below {@link #MIN}
   */
  public static Duration after(int attempt, Optional<Duration> retryAfter, RandomGenerator random) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempts are counted from 1, not " + attempt);
    }
    if (retryAfter.isPresent()) {
      Duration asked = retryAfter.get();
      return asked.compareTo(MIN) < 0 ? MIN : asked;
    }
    // 2^9 s is beyond MAX already; a larger shift would overflow in the end.
    long ceiling = Math.min(MAX.toMillis(), MIN.toMillis() << Math.min(attempt, 9));
    return Duration.ofMillis(random.nextLong(MIN.toMillis(), ceiling + 1));
  }
}
