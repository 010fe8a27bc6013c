package dev.planwright.backend.paygentic;

import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;

/**
 * What Paygentic's errors mean for a step: by status, since its words may change. A 5xx never comes
 * here: it may have been done.
 */
final class PaygenticRefusals {
  private PaygenticRefusals() {}

  /**
   * @param reused whether the step tried to use what a former try had made, which is not tried
   *     again
   */
  static Refusal of(Step step, ApiResponse response, boolean reused) {
    String words =
        "Paygentic answered "
            + response.status()
            + " to \""
            + step.title()
            + "\": "
            + PaygenticReader.words(response);
    if (reused) {
      return new Refusal(
          Reason.RETRYING, words + "; it is tried again without what was left of a former try");
    }
    return switch (response.status()) {
      case 404 -> new Refusal(Reason.RETRYING, words + "; it was removed meanwhile: looking again");
      case 409 -> new Refusal(Reason.RETRYING, words + "; it changed meanwhile: looking again");
      case 403 ->
          new Refusal(
              Reason.BACKEND_REJECTED,
              words + "; the key has the rights of its user: let that user write the catalogue");
      default -> new Refusal(Reason.BACKEND_REJECTED, words);
    };
  }
}
