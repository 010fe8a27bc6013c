package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import java.util.ArrayList;
import java.util.List;

/** What the server's problem documents mean. */
final class Refusals {
  private static final String TYPE = "urn:planwright:problem:";
  private static final int MOST_ERRORS = 10;
  private static final int LONGEST = 500;

  private Refusals() {}

  static Refusal of(Step step, ApiResponse response) {
    String type = response.body().path("type").asText().replace(TYPE, "");
    String said = step.title() + ": " + words(response);
    return switch (response.status()) {
      case 412 ->
          new Refusal(
              Reason.RETRYING,
              step.title() + ": somebody else wrote first; it is read again: " + words(response));
      case 404 ->
          new Refusal(
              Reason.RETRYING, step.title() + ": it is gone; it is read again: " + words(response));
      case 409 -> new Refusal(conflict(type), said);
      case 422 -> new Refusal(invalid(response.body().path("errors")), said);
      default -> new Refusal(Reason.BACKEND_REJECTED, said);
    };
  }

  private static Reason conflict(String type) {
    return switch (type) {
      case "subscribers" -> Reason.SUBSCRIBERS_AFFECTED;
      case "owner" -> Reason.OWNERSHIP_CONFLICT;
      default -> Reason.BACKEND_REJECTED;
    };
  }

  /** Only what is missing is worth waiting for; with any other error an edit is needed. */
  private static Reason invalid(JsonNode errors) {
    for (JsonNode error : errors) {
      if (!error.path("reason").asText().equals("unknown")) {
        return Reason.BACKEND_REJECTED;
      }
    }
    return errors.isEmpty() ? Reason.BACKEND_REJECTED : Reason.DEPENDENCY_MISSING;
  }

  /** The server's own words: status, detail, errors by field, request id. */
  static String words(ApiResponse response) {
    JsonNode problem = response.body();
    StringBuilder words = new StringBuilder("HTTP ").append(response.status());
    String detail = problem.path("detail").asText(problem.path("title").asText(""));
    if (!detail.isEmpty()) {
      words.append(", ").append(clean(detail));
    }
    if (problem.path("subscribers").isIntegralNumber()) {
      words.append(" (subscribers: ").append(problem.path("subscribers").asLong()).append(')');
    }
    List<String> errors = new ArrayList<>();
    for (JsonNode error : problem.path("errors")) {
      errors.add(
          clean(error.path("field").asText())
              + " "
              + (error.has("value") ? clean(error.path("value").toString()) + " " : "")
              + clean(error.path("message").asText()));
    }
    if (!errors.isEmpty()) {
      words.append(": ").append(String.join("; ", errors.subList(0, shown(errors))));
    }
    if (errors.size() > MOST_ERRORS) {
      words.append("; and ").append(errors.size() - MOST_ERRORS).append(" more");
    }
    String requestId = response.header("x-request-id").orElse(problem.path("requestId").asText(""));
    if (!requestId.isEmpty()) {
      words.append(" (request ").append(clean(requestId)).append(')');
    }
    return words.toString();
  }

  private static int shown(List<String> errors) {
    return Math.min(errors.size(), MOST_ERRORS);
  }

  private static String clean(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
  }
}
