package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request taken apart.
 *
 * @param path its segments, decoded; none for {@code /}
 * @param query its parameters, decoded
 */
record Call(String method, List<String> path, Map<String, String> query, SandboxRequest request) {
  static final int LARGEST_BODY = 1_000_000;
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MOST = 500;

  /**
   * @throws Problem when the target cannot be read
   */
  static Call of(SandboxRequest request) {
    String target = request.target();
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      segments.add(decode(segment.replace("+", "%2B")));
    }
    if (!segments.getFirst().isEmpty()) {
      throw bad("the path must begin with /");
    }
    segments.removeFirst();
    if (segments.equals(List.of(""))) {
      segments.clear();
    }
    return new Call(
        request.method(),
        List.copyOf(segments),
        mark < 0 ? Map.of() : query(target.substring(mark + 1)),
        request);
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!name.isEmpty() && query.put(name, value) != null) {
        throw bad("the parameter " + name + " comes twice");
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad("the target cannot be decoded: " + e.getMessage());
    }
  }

  static Problem bad(String detail) {
    return Problem.of(Problem.Kind.BAD_REQUEST, detail);
  }

  /** Whether it changes anything. */
  boolean writes() {
    return !method.equals("GET");
  }

  String segment(int index) {
    return path.get(index);
  }

  /** Refuses parameters that this call doesn't have: a misspelt one would be ignored else. */
  void only(String... names) {
    Set<String> known = Set.of(names);
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        throw bad("there is no parameter " + name + " here");
      }
    }
  }

  @Nullable String parameter(String name) {
    return query.get(name);
  }

  @Nullable String header(String name) {
    return request.headers().get(name);
  }

  /** How many entries the page may have. */
  int limit() {
    String text = query.get("limit");
    if (text == null) {
      return LIMIT_DEFAULT;
    }
    if (text.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LIMIT_MOST) {
        return limit;
      }
    }
    throw bad("limit must be a whole number from 1 to " + LIMIT_MOST + ", not \"" + text + "\"");
  }

  /** The number of the last entry of the page before; 0 for the first page. */
  long after() {
    String text = query.get("after");
    if (text == null) {
      return 0;
    }
    if (text.matches("c[0-9a-z]{1,12}")) {
      return Long.parseLong(text.substring(1), Character.MAX_RADIX);
    }
    throw bad("after must be the next of the page before, as it was answered");
  }

  static String cursor(long seq) {
    return "c" + Long.toString(seq, Character.MAX_RADIX);
  }

  /**
   * The body as a JSON object.
   *
   * @throws Problem when it is anything else
   */
  ObjectNode json() {
    if (request.body().length > LARGEST_BODY) {
      throw Problem.of(Problem.Kind.TOO_LARGE, "the body has more than " + LARGEST_BODY + " bytes");
    }
    String type = Optional.ofNullable(header("content-type")).orElse("");
    String media = type.split(";", 2)[0].trim();
    if (!media.equals("application/json") && !media.equals("application/merge-patch+json")) {
      throw Problem.of(
          Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type must be application/json, not \"" + media + "\"");
    }
    return Json.parse(request.body());
  }
}
