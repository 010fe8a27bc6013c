package dev.planwright.backend.stigg;

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
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.stigg.StiggEmulator;
import dev.planwright.testing.OpenApiContract;
import dev.planwright.testing.VendorContracts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The client's contract over an emulator in memory. Every request is held against the vendor's
 * schema first, where its directory is named.
 */
final class EmulatedClient implements ApiClient {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Optional<OpenApiContract> CONTRACT = VendorContracts.of("stigg");

  private final StiggEmulator server;
  private String key;

  EmulatedClient(StiggEmulator server) {
    this.server = server;
    this.key = server.key();
  }

  void key(String other) {
    key = other;
  }

  @Override
  public ApiResponse send(ApiRequest request) {
    CONTRACT.ifPresent(
        contract ->
            assertThat(contract.faults(request.method(), request.target(), request.body()))
                .as("%s %s %s", request.method(), request.target(), request.body())
                .isEmpty());
    Map<String, String> headers = new HashMap<>(new StiggProviderFactory().headers(key));
    if (request.body().isPresent()) {
      headers.put("content-type", "application/json");
    }
    headers.putAll(request.headers());
    String body = request.body().map(JsonNode::toString).orElse("");
    EmulatorResponse answer =
        server.handle(EmulatorRequest.of(request.method(), request.target(), headers, body));
    int status = answer.status();
    if (status == 401) {
      throw new BackendException(BackendException.Kind.UNAUTHORIZED, "401");
    }
    if (status == 429) {
      throw new BackendException(BackendException.Kind.RATE_LIMITED, "429");
    }
    if (status >= 500) {
      throw new BackendException(BackendException.Kind.SERVER_ERROR, "server error " + status);
    }
    return new ApiResponse(status, answer.headers(), parse(answer.text()));
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
