package dev.planwright.sync;

import dev.planwright.backend.BackendException;
import dev.planwright.catalog.Reason;

/** What a call without a usable answer means for the plan. */
final class Failures {
  private Failures() {}

  static Outcome outcome(BackendException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.kind()) {
      case NOT_SENT, NO_ANSWER, SERVER_ERROR, NONSENSE ->
          new Outcome.Unfinished(Reason.BACKEND_UNAVAILABLE, message, failure.retryAfter());
      case RATE_LIMITED ->
          new Outcome.Unfinished(Reason.RATE_LIMITED, message, failure.retryAfter());
      case UNAUTHORIZED ->
          new Outcome.Unfinished(Reason.BACKEND_NOT_READY, message, failure.retryAfter());
      case REFUSED -> new Outcome.Blocked(Reason.BACKEND_REJECTED, message);
    };
  }
}
