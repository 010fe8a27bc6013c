package dev.planwright.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP call to a backend, without the key: the client adds that.
 *
 * @param operation a stable name for metrics and logs, for instance {@code plans.create}
 * @param method {@code GET}, {@code POST}, ...
 * @param target path and query, exactly as sent, from the base URL on
 * @param headers besides the ones the client adds
 * @param body JSON, where there is one
 */
public record ApiRequest(
    String operation,
    String method,
    String target,
    Map<String, String> headers,
    Optional<JsonNode> body) {

  public ApiRequest {
    headers = Map.copyOf(headers);
  }

  public static ApiRequest get(String operation, String target) {
    return new ApiRequest(operation, "GET", target, Map.of(), Optional.empty());
  }

  public static ApiRequest of(String operation, String method, String target) {
    return new ApiRequest(operation, method, target, Map.of(), Optional.empty());
  }

  public static ApiRequest of(String operation, String method, String target, JsonNode body) {
    return new ApiRequest(operation, method, target, Map.of(), Optional.of(body));
  }

  /** This request with one more header. */
  public ApiRequest withHeader(String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(name, value);
    return new ApiRequest(operation, method, target, more, body);
  }

  /** Whether it may change something on the backend. */
  public boolean mutates() {
    return !method.equals("GET") && !method.equals("HEAD");
  }
}
