package dev.planwright.sync;

import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a run ended. */
public sealed interface Outcome {
  /**
   * The backend was read back and equals the plan; or, on deletion, what was to be done is done.
   */
  record Done() implements Outcome {}

  /** The backend cannot say the plan; nothing was sent. */
  record Inexpressible(List<Violation> violations) implements Outcome {}

  /** Something stands in the way. */
  record Blocked(Reason reason, String message) implements Outcome {}

  /**
   * Not finished; to be tried again.
   *
   * @param after when, where somebody said so
   */
  record Unfinished(Reason reason, String message, Optional<Duration> after) implements Outcome {}

  /** The Plan changed since it was read; nothing was sent. The next run reads it afresh. */
  record Stale() implements Outcome {}
}
