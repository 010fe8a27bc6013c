package dev.planwright.backend.client;

import java.net.URI;
import java.util.Map;

/**
 * One HTTP request as it goes over the wire, key included. The array is not copied: nobody writes
 * to it.
 *
 * @param headers all of them, the key's included
 * @param body empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per call would buy nothing
public record TransportCall(String method, URI uri, Map<String, String> headers, byte[] body) {
  public TransportCall {
    headers = Map.copyOf(headers);
  }

  /** Method and address only: headers hold the key, and bodies are nobody else's business. */
  @Override
  public String toString() {
    return method + " " + uri;
  }
}
