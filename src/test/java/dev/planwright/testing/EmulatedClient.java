package dev.planwright.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.emulator.EmulatorHandler;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The client's contract over an emulator in memory.
 *
 * @param headers of every call
 * @param contract the vendor's schema, where it is at hand: the emulator takes unknown fields as
 *     loosely as the vendor does, so every request is held against it first
 */
public record EmulatedClient(
    EmulatorHandler server, Map<String, String> headers, Optional<OpenApiContract> contract)
    implements ApiClient {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @Override
  public ApiResponse send(ApiRequest request) {
    contract.ifPresent(
        it ->
            assertThat(it.faults(request.method(), request.target(), request.body()))
                .as("%s %s %s", request.method(), request.target(), request.body())
                .isEmpty());
    Map<String, String> all = new HashMap<>(headers);
    request.body().ifPresent(it -> all.put("content-type", "application/json"));
    all.putAll(request.headers());
    EmulatorResponse answer =
        server.handle(
            EmulatorRequest.of(
                request.method(),
                request.target(),
                all,
                request.body().map(JsonNode::toString).orElse("")));
    int status = answer.status();
    if (status == 401) {
      throw new BackendException(BackendException.Kind.UNAUTHORIZED, "401");
    }
    if (status >= 500) {
      throw new BackendException(BackendException.Kind.SERVER_ERROR, "server error " + status);
    }
    if (status >= 300 && status < 400) {
      throw new BackendException(BackendException.Kind.NONSENSE, "redirect " + request.target());
    }
    Map<String, String> lower = new HashMap<>();
    answer.headers().forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new ApiResponse(status, lower, parse(answer.text()));
  }

  private static JsonNode parse(String text) {
    if (text.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BackendException(BackendException.Kind.NONSENSE, "no JSON");
    }
  }
}
