package dev.planwright.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * One answer.
 *
 * @param status the HTTP status; 0 when {@link #lost}
 * @param headers by the name to be sent
 * @param body empty when there is none
 * @param latency how long a server waits before it sends this; the handler itself never waits, so
 *     that tests in memory can count it on a clock of their own
 * @param lost the work was done, but the connection is closed without an answer
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes pass through; answers are never compared.
public record SandboxResponse(
    int status, Map<String, String> headers, byte[] body, Duration latency, boolean lost) {
  public SandboxResponse {
    headers = Map.copyOf(headers);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  SandboxResponse withLatency(Duration duration) {
    return new SandboxResponse(status, headers, body, duration, lost);
  }

  static SandboxResponse lostAnswer() {
    return new SandboxResponse(0, Map.of(), new byte[0], Duration.ZERO, true);
  }
}
