package dev.planwright.backend.schematic;

import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;

/**
 * What Schematic's errors mean for a step. It has no error codes: the HTTP status decides, and the
 * text is passed on. A 5xx never comes here: it may have been done.
 */
final class SchematicRefusals {
  private SchematicRefusals() {}

  static Refusal of(Step step, ApiResponse response) {
    String detail = SchematicReader.detail(response);
    String words =
        "Schematic answered "
            + response.status()
            + " to \""
            + step.title()
            + "\": "
            + (detail.isEmpty() ? "without a reason" : detail)
            + SchematicReader.requestId(response);
    return switch (response.status()) {
      case 403 ->
          new Refusal(
              Reason.BACKEND_REJECTED,
              words + "; the key may not write: put a key with the write scope into the Secret");
      case 404 -> new Refusal(Reason.RETRYING, words + "; it went away: looking again");
      case 408 -> new Refusal(Reason.RETRYING, words);
      default -> new Refusal(Reason.BACKEND_REJECTED, words);
    };
  }
}
