package dev.planwright.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a backend answered.
 *
 * @param status HTTP status
 * @param headers with lower-case names
 * @param body parsed JSON; a missing node when there was no body
 */
public record ApiResponse(int status, Map<String, String> headers, JsonNode body) {
  public ApiResponse {
    headers = Map.copyOf(headers);
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** A header by its lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * The body of an answer that is worth nothing without one.
   *
   * @param operation of the request, for the message
   * @throws BackendException of kind {@code NONSENSE} when there is none: it may have been done
   */
  public JsonNode requireBody(String operation) {
    if (body.isMissingNode()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE,
          operation
              + ": answered "
              + status
              + " with an empty body; check the url of the BillingBackend and any proxy in between");
    }
    return body;
  }
}
