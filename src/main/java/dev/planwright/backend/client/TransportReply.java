package dev.planwright.backend.client;

import java.util.Map;
import java.util.Optional;

/**
 * One HTTP answer. The array is not copied: nobody writes to it.
 *
 * @param status HTTP status
 * @param headers by lower-case name; several values joined by a comma
 * @param body what was read of the body
 * @param truncated whether the body was longer than the transport is willing to read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per call would buy nothing
public record TransportReply(
    int status, Map<String, String> headers, byte[] body, boolean truncated) {
  public TransportReply {
    headers = Map.copyOf(headers);
  }

  /** An answer that was read to its end. */
  public TransportReply(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, false);
  }

  /** A header by its lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The status and the size only. */
  @Override
  public String toString() {
    return status + " (" + body.length + (truncated ? "+" : "") + " bytes)";
  }
}
