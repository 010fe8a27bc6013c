package dev.planwright.emulator.stigg;

import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Paths by segment, below {@code /api/v1}. */
final class Router {
  private record Route(
      String method, List<String> template, Function<Call, EmulatorResponse> handler) {}

  private final List<Route> routes = new ArrayList<>();

  /** Earlier routes win; a segment in braces is a placeholder. */
  void add(String method, String template, Function<Call, EmulatorResponse> handler) {
    routes.add(new Route(method, List.of(("api/v1/" + template).split("/", -1)), handler));
  }

  EmulatorResponse answer(EmulatorRequest request, StiggState state) {
    List<String> segments = request.segments();
    for (Route route : routes) {
      Optional<Map<String, String>> values = match(route.template(), segments);
      if (route.method().equals(request.method()) && values.isPresent()) {
        return route.handler().apply(new Call(request, values.get(), state));
      }
    }
    throw Refusal.uncoded(404, "Cannot " + request.method() + " " + request.path());
  }

  private static Optional<Map<String, String>> match(List<String> template, List<String> segments) {
    if (template.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < template.size(); i++) {
      String part = template.get(i);
      String segment = segments.get(i);
      if (part.startsWith("{") && !segment.isEmpty()) {
        values.put(part.substring(1, part.length() - 1), segment);
      } else if (!part.equals(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
