package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountConfig.Aliases;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A server that answers what a test says, however wrong. */
final class ScriptedServer implements ApiClient {
  final List<String> calls = new ArrayList<>();
  private final Map<String, ApiResponse> answers = new HashMap<>();
  private Function<String, ApiResponse> otherwise =
      target -> new ApiResponse(404, Map.of(), MissingNode.getInstance());

  final HttpProvider provider =
      new HttpProvider(
          new AccountConfig(
              "shop/default",
              SandboxAccount.OWNER,
              AccountEnvironment.SANDBOX,
              JsonNodeFactory.instance.objectNode(),
              Aliases.NONE),
          this,
          InstantSource.system());

  ScriptedServer answer(String target, int status, String json) {
    answers.put(target, response(status, json));
    return this;
  }

  ScriptedServer otherwise(Function<String, String> json) {
    otherwise = target -> response(200, json.apply(target));
    return this;
  }

  static ApiResponse response(int status, String json) {
    return new ApiResponse(status, Map.of("x-request-id", "req-7"), SandboxAccount.parse(json));
  }

  @Override
  public ApiResponse send(ApiRequest request) {
    calls.add(request.method() + " " + request.target());
    ApiResponse answer = answers.get(request.target());
    return answer == null ? otherwise.apply(request.target()) : answer;
  }
}
