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
}
