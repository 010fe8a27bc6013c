package dev.planwright.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.planwright.backend.client.Transport;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.testing.OpenApiContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether requests are as the schema of the backend says. The same one comes thousands of times and
 * is judged once.
 */
final class RequestJudge {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OpenApiContract contract;
  private final Set<String> judged = ConcurrentHashMap.newKeySet();

  RequestJudge(OpenApiContract contract) {
    this.contract = contract;
  }

  /**
   * The same way, on which a wrong request ends the test: no fault, and nothing to recover from.
   */
  Transport judging(Transport way) {
    return (call, timeout) -> {
      judge(call);
      return way.send(call, timeout);
    };
  }

  private void judge(TransportCall call) {
    String target = target(call.uri());
    String body = new String(call.body(), StandardCharsets.UTF_8);
    if (!judged.add(call.method() + " " + target + " " + body)) {
      return;
    }
    List<String> faults = contract.faults(call.method(), target, json(body));
    if (!faults.isEmpty()) {
      throw new AssertionError("against the schema of the backend: " + faults);
    }
  }

  private static String target(URI uri) {
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  private static Optional<JsonNode> json(String body) {
    if (body.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
