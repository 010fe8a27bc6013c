package dev.planwright.backend.noderails;

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
import dev.planwright.testing.OpenApiContract;
import dev.planwright.testing.VendorContracts;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The client's contract over an emulator in memory. The emulator takes unknown fields as loosely as
 * the vendor does, so every request is held against the vendor's schema first.
 */
record EmulatedClient(EmulatorHandler server, Map<String, String> headers) implements ApiClient {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Optional<OpenApiContract> CONTRACT = VendorContracts.of("noderails");

  @Override
  public ApiResponse send(ApiRequest request) {
    CONTRACT.ifPresent(
        it ->
            assertThat(it.faults(request.method(), request.target(), request.body()))
                .as("%s %s %s", request.method(), request.target(), request.body())
                .isEmpty());
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(request.headers());
    request.body().ifPresent(it -> all.put("content-type", "application/json"));
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
