package dev.planwright.backend;

import java.time.Duration;
import java.util.Optional;

/** A call that brought no usable answer. Holds no key and no body of ours. */
public final class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known of the call. */
  public enum Kind {
    /** Nothing was sent: no connection, or the breaker is open, or calls are stopped. */
    NOT_SENT(false),
    /** Sent, and no answer came: it may have been done, or may yet be. */
    NO_ANSWER(true),
    /** 429: not done. */
    RATE_LIMITED(false),
    /** 401: not done. */
    UNAUTHORIZED(false),
    /** 4xx on a read that should not be refused: not done. */
    REFUSED(false),
    /** 5xx: may have been done. */
    SERVER_ERROR(true),
    /** A redirect, HTML, broken or oversized JSON, a page that repeats: may have been done. */
    NONSENSE(true);

    private final boolean ambiguous;

    Kind(boolean ambiguous) {
      this.ambiguous = ambiguous;
    }

    /** Whether a mutating call may have had its effect. */
    public boolean isAmbiguous() {
      return ambiguous;
    }
  }

  private final Kind kind;
  private final transient Optional<Duration> retryAfter;

  public BackendException(Kind kind, String message) {
    this(kind, message, Optional.empty());
  }

  public BackendException(Kind kind, String message, Optional<Duration> retryAfter) {
    super(message, null, false, false);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the backend asked us to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
