package dev.planwright.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it came over the wire.
 *
 * @param method upper-case HTTP method
 * @param target raw path with the raw query, for instance {@code /v1/plans/?limit=2}
 * @param headers one value per name; names are made lower-case
 * @param body the bytes of the body, empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only read
public record EmulatorRequest(
    String method, String target, Map<String, String> headers, byte[] body) {
  // Numbers stay decimal: an emulator that prices through a double could hide our own rounding.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  public EmulatorRequest {
    Map<String, String> lower = new LinkedHashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
    body = body.clone();
  }

  /** A request without body. */
  public static EmulatorRequest of(String method, String target, Map<String, String> headers) {
    return new EmulatorRequest(method, target, headers, new byte[0]);
  }

  /** A request with a UTF-8 body. */
  public static EmulatorRequest of(
      String method, String target, Map<String, String> headers, String body) {
    return new EmulatorRequest(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** The path as it was sent, percent-encoding and all, without the query. */
  public String rawPath() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The path, percent-decoded as a whole: an encoded slash becomes a slash. */
  public String path() {
    return decodePath(rawPath());
  }

  /** The path's segments, split before they are decoded; a trailing slash gives a last "". */
  public List<String> segments() {
    List<String> segments = new ArrayList<>();
    for (String segment : rawPath().substring(1).split("/", -1)) {
      segments.add(decodePath(segment));
    }
    return List.copyOf(segments);
  }

  /** The raw query without the question mark, "" when there is none. */
  public String rawQuery() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** Every query parameter, decoded, in the order of the first occurrence of each. */
  public Map<String, List<String>> query() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : rawQuery().split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(decodeQuery(name), ignored -> new ArrayList<>())
            .add(decodeQuery(value));
      }
    }
    return parameters;
  }

  /** The last value of a query parameter. */
  public Optional<String> query(String name) {
    List<String> values = query().get(name);
    return values == null ? Optional.empty() : Optional.of(values.getLast());
  }

  /** A header by its name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as JSON; empty when there is no body or when it is not JSON. */
  public Optional<JsonNode> json() {
    if (body.length == 0) {
      return Optional.empty();
    }
    try {
      JsonNode node = MAPPER.readTree(text());
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException notJson) {
      return Optional.empty(); // the vendor's handler says what the vendor says to that
    }
  }

  private static String decodePath(String text) {
    // In a path a plus is a plus.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String decodeQuery(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
