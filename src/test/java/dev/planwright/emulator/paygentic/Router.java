package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the operation, and who asks: a bearer key, which works in one environment only. */
final class Router {
  private record Route(
      String method, List<String> template, Function<Call, EmulatorResponse> handler) {
    Optional<Map<String, String>> match(List<String> segments) {
      if (segments.size() != template.size()) {
        return Optional.empty();
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        String part = template.get(i);
        if (part.startsWith("{")) {
          values.put(part.substring(1, part.length() - 1), segments.get(i));
        } else if (!part.equals(segments.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(values);
    }
  }

  private final List<Route> routes = new ArrayList<>();
  private final Store store;

  Router(Store store) {
    this.store = store;
  }

  /** Earlier routes win. */
  void add(String method, String template, Function<Call, EmulatorResponse> handler) {
    routes.add(new Route(method, List.of(template.substring(1).split("/", -1)), handler));
  }

  EmulatorResponse answer(EmulatorRequest request) {
    Row key = key(request);
    for (Route route : routes) {
      Optional<Map<String, String>> path = route.match(request.segments());
      if (path.isPresent() && route.method().equals(request.method())) {
        if (!request.method().equals("GET") && !key.body().path("_writes").asBoolean()) {
          throw Refusal.of(403, "The key's user may not change anything");
        }
        return route.handler().apply(new Call(request, store, key.texts("_merchants"), path.get()));
      }
    }
    throw Refusal.of(404, "No such operation: " + request.method() + " " + request.path());
  }

  private Row key(EmulatorRequest request) {
    String header = request.header("authorization").orElse("");
    if (!header.startsWith("Bearer ")) {
      throw Refusal.of(401, "The Authorization header with a bearer key is missing");
    }
    return store
        .find(Store.Kind.KEYS, header.substring("Bearer ".length()))
        .filter(row -> row.body().path("_revoked").equals(BooleanNode.FALSE))
        .orElseThrow(() -> Refusal.of(401, "The API key is not valid"));
  }
}
