package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What NodeRails' errors mean for a step. A 5xx never comes here: it may have been done. */
final class NodeRailsRefusals {
  private NodeRailsRefusals() {}

  static Refusal of(Step step, ApiResponse response) {
    String message = response.body().path("error").path("message").asText("");
    String words =
        "NodeRails answered "
            + response.status()
            + " to \""
            + step.title()
            + "\": "
            + said(response);
    boolean ofTax = message.toLowerCase(Locale.ROOT).contains("tax rate");
    return switch (response.status()) {
      case 400 ->
          ofTax
              ? new Refusal(Reason.DEPENDENCY_MISSING, words + "; see spec.tax")
              : new Refusal(Reason.BACKEND_REJECTED, words);
      case 403 ->
          new Refusal(
              Reason.BACKEND_REJECTED,
              words + "; the merchant is suspended, or appId is another merchant's");
      case 404 -> notFound(step, words, ofTax);
      // Another call with this idempotency key is under way: what came of it is seen on a look.
      case 409 -> new Refusal(Reason.RETRYING, words + "; looking again");
      default -> new Refusal(Reason.BACKEND_REJECTED, words);
    };
  }

  private static Refusal notFound(Step step, String words, boolean ofTax) {
    if (ofTax) {
      return new Refusal(Reason.DEPENDENCY_MISSING, words + "; it was removed since it was read");
    }
    return step.intent().equals(Handles.PLAN)
        ? new Refusal(
            Reason.BACKEND_REJECTED, words + "; check spec.provider.noderails.appId and the key")
        : new Refusal(Reason.RETRYING, words + "; it was removed meanwhile: looking again");
  }

  /** Code, words, fields and request id of an error; some errors have a type and no code. */
  static String said(ApiResponse response) {
    JsonNode error = response.body().path("error");
    String code = error.path("code").asText(error.path("type").asText(""));
    String message = error.path("message").asText("without a reason");
    List<String> fields = new ArrayList<>();
    JsonNode details = error.path("details");
    if (details.isArray()) {
      details.forEach(
          it -> {
            List<String> path = new ArrayList<>();
            it.path("path").forEach(part -> path.add(part.asText("")));
            fields.add(String.join(".", path) + ": " + it.path("message").asText(""));
          });
    }
    return (code.isEmpty() ? "" : code + ": ")
        + message
        + (fields.isEmpty() ? "" : " (" + String.join("; ", fields) + ")")
        + response.header("x-request-id").map(it -> " (request " + it + ")").orElse("");
  }
}
