package dev.planwright.emulator.stigg;

import dev.planwright.emulator.EmulatorRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a route has accepted.
 *
 * @param path values of the route's placeholders, decoded
 */
record Call(EmulatorRequest request, Map<String, String> path, StiggState state) {
  String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no placeholder " + name);
    }
    return value;
  }

  /** The body, which must be a JSON object. */
  Input body() {
    return request
        .json()
        .map(json -> Input.of(json, "body", state))
        .orElseThrow(() -> Refusal.bad("the body is not valid JSON"));
  }

  /** The values of a filter, comma-joined in the query; empty when it is not given. */
  Optional<List<String>> filter(String name) {
    return request.query(name).map(joined -> List.of(joined.split(",", -1)));
  }
}
