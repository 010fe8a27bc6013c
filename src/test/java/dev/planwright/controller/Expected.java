package dev.planwright.controller;

import dev.planwright.catalog.Reason;

/**
 * What a person would say of an object that is not ready for this reason.
 *
 * @param kstatus to a tool that waits by the rules of kstatus
 * @param argo the word of Argo CD
 */
record Expected(Kstatus kstatus, String argo) {
  private static final Expected UNDER_WAY = new Expected(Kstatus.IN_PROGRESS, "Progressing");
  private static final Expected NEEDS_SOMEBODY = new Expected(Kstatus.FAILED, "Degraded");
  private static final Expected HELD = new Expected(Kstatus.FAILED, "Suspended");

  static Expected of(Reason reason) {
    return switch (reason) {
      case PROGRESSING,
          RETRYING,
          BACKEND_NOT_READY,
          BACKEND_UNAVAILABLE,
          RATE_LIMITED,
          UNREACHABLE ->
          UNDER_WAY;
      case PAUSED -> HELD;
      case INVALID_SPEC,
          NOT_EXPRESSIBLE,
          WAITING_FOR_PRICES,
          PLAN_NOT_FOUND,
          KEY_CONFLICT,
          IMMUTABLE_FIELD,
          BACKEND_REJECTED,
          DEPENDENCY_MISSING,
          ACCOUNT_MISMATCH,
          OWNERSHIP_CONFLICT,
          UNMANAGED_REMOTE_CONTENT,
          REMOTE_ARCHIVED,
          REMOTE_MISSING,
          AMBIGUOUS_REMOTE,
          DRAFT_IN_USE,
          SUBSCRIBERS_AFFECTED,
          SUBSCRIBERS_UNKNOWN,
          APPROVAL_REQUIRED,
          NO_ACTIVE_PRICE,
          NOT_CONVERGED,
          DRIFTED,
          CONTESTED,
          OBSERVING,
          SECRET_NOT_FOUND,
          SECRET_NOT_LABELLED,
          UNAUTHORIZED,
          ENVIRONMENT_MISMATCH,
          INSECURE_URL ->
          NEEDS_SOMEBODY;
    };
  }
}
