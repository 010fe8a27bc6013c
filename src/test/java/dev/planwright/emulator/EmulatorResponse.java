package dev.planwright.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One answer.
 *
 * @param status HTTP status
 * @param headers one value per name; names are made lower-case
 * @param body the bytes of the body, empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only read
public record EmulatorResponse(int status, Map<String, String> headers, byte[] body) {
  public EmulatorResponse {
    Map<String, String> lower = new LinkedHashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
    body = body.clone();
  }

  /** A JSON answer. */
  public static EmulatorResponse json(int status, JsonNode node) {
    return new EmulatorResponse(
        status,
        Map.of("content-type", "application/json"),
        node.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A plain text answer. */
  public static EmulatorResponse text(int status, String text) {
    return new EmulatorResponse(
        status,
        Map.of("content-type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer without body. */
  public static EmulatorResponse empty(int status) {
    return new EmulatorResponse(status, Map.of(), new byte[0]);
  }

  /** The same answer with one header more. */
  public EmulatorResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new EmulatorResponse(status, more, body);
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** A header by its name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
