package dev.planwright.emulator.bxb;

import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths are exact: with a wrong trailing slash comes a 307, whatever the method. They are matched
 * decoded, which is why a code with a slash in it cannot be reached.
 */
final class Router {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  private record Route(
      String method,
      Pattern path,
      List<String> names,
      boolean open,
      Function<Call, EmulatorResponse> handler) {}

  private final List<Route> routes = new ArrayList<>();
  private final Function<EmulatorRequest, String> organization;

  /** The function names the organization of a request, or refuses it. */
  Router(Function<EmulatorRequest, String> organization) {
    this.organization = organization;
  }

  /** Earlier routes win. */
  void add(String method, String template, Function<Call, EmulatorResponse> handler) {
    add(method, template, false, handler);
  }

  /** A route without authentication. */
  void addOpen(String method, String template, Function<Call, EmulatorResponse> handler) {
    add(method, template, true, handler);
  }

  private void add(
      String method, String template, boolean open, Function<Call, EmulatorResponse> handler) {
    List<String> names = PLACEHOLDER.matcher(template).results().map(r -> r.group(1)).toList();
    String expression = PLACEHOLDER.matcher(template).replaceAll("([^/]+)");
    routes.add(new Route(method, Pattern.compile(expression), names, open, handler));
  }

  EmulatorResponse answer(EmulatorRequest request) {
    boolean pathKnown = false;
    for (Route route : routes) {
      Matcher matcher = route.path().matcher(request.path());
      if (matcher.matches()) {
        pathKnown = true;
        if (route.method().equals(request.method())) {
          return call(route, matcher, request);
        }
      }
    }
    if (pathKnown) {
      throw Refusal.of(405, "Method Not Allowed");
    }
    return redirect(request).orElseThrow(() -> Refusal.of(404, "Not Found"));
  }

  private EmulatorResponse call(Route route, Matcher matcher, EmulatorRequest request) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < route.names().size(); i++) {
      values.put(route.names().get(i), matcher.group(i + 1));
    }
    String caller = route.open() ? "" : organization.apply(request);
    return route.handler().apply(new Call(request, caller, values));
  }

  private Optional<EmulatorResponse> redirect(EmulatorRequest request) {
    String path = request.path();
    String other = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
    if (routes.stream().noneMatch(route -> route.path().matcher(other).matches())) {
      return Optional.empty();
    }
    String raw = request.rawPath();
    String target = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw + "/";
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    String host = request.header("host").orElse("localhost");
    return Optional.of(
        EmulatorResponse.empty(307).withHeader("Location", "http://" + host + target + query));
  }
}
