package dev.planwright.emulator.schematic;

import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Paths are exact; a segment said in full wins when it was added before a placeholder. */
final class Router {
  private record Route(
      String method, List<String> path, Function<Call, EmulatorResponse> handler) {}

  private final List<Route> routes = new ArrayList<>();

  void add(String method, String template, Function<Call, EmulatorResponse> handler) {
    routes.add(new Route(method, List.of(template.substring(1).split("/", -1)), handler));
  }

  /** Makes the call with the values of the path's placeholders and answers it. */
  EmulatorResponse answer(
      EmulatorRequest request, BiFunction<EmulatorRequest, Map<String, String>, Call> call) {
    List<String> segments = request.segments();
    for (Route route : routes) {
      if (route.method().equals(request.method()) && fits(route.path(), segments)) {
        return route.handler().apply(call.apply(request, values(route.path(), segments)));
      }
    }
    throw Refusal.missing("route " + request.method() + " " + request.rawPath());
  }

  private static boolean fits(List<String> template, List<String> segments) {
    if (template.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      boolean fits =
          isPlaceholder(template.get(i))
              ? !segments.get(i).isEmpty()
              : template.get(i).equals(segments.get(i));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> values(List<String> template, List<String> segments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < template.size(); i++) {
      if (isPlaceholder(template.get(i))) {
        values.put(template.get(i).substring(1, template.get(i).length() - 1), segments.get(i));
      }
    }
    return values;
  }

  private static boolean isPlaceholder(String segment) {
    return segment.startsWith("{");
  }
}
