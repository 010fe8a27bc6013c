package dev.planwright.backend.bxb;

import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;

/** What bxb's errors mean for a step. A 5xx never comes here: it may have been done. */
final class BxbRefusals {
  private BxbRefusals() {}

  static Refusal of(Step step, ApiResponse response) {
    String detail = BxbReader.detail(response);
    String words =
        "bxb answered "
            + response.status()
            + " to \""
            + step.title()
            + "\": "
            + (detail.isEmpty() ? "without a reason" : detail)
            + response.header("x-request-id").map(it -> " (request " + it + ")").orElse("");
    return switch (response.status()) {
      case 400 ->
          detail.contains("not found") || detail.contains("ilter")
              ? new Refusal(
                  Reason.DEPENDENCY_MISSING,
                  words + "; a metric, filter or feature went away since it was looked up")
              : new Refusal(Reason.BACKEND_REJECTED, words);
      case 404 ->
          detail.startsWith("Tax")
              ? new Refusal(Reason.DEPENDENCY_MISSING, words)
              : new Refusal(Reason.RETRYING, words + "; it was removed meanwhile: looking again");
      case 409 -> new Refusal(Reason.RETRYING, words + "; it was made meanwhile: looking again");
      default -> new Refusal(Reason.BACKEND_REJECTED, words);
    };
  }
}
