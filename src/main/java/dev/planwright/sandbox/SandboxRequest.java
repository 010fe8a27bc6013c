package dev.planwright.sandbox;

import java.util.Map;

/**
 * One request, as it came over HTTP or from memory.
 *
 * @param method in capitals, such as {@code PUT}
 * @param target path and query as sent, still percent-encoded: {@code /plans/shop.team?owner=shop}
 * @param headers by lower-case name
 * @param body empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes pass through; requests are never compared.
public record SandboxRequest(
    String method, String target, Map<String, String> headers, byte[] body) {
  public SandboxRequest {
    headers = Map.copyOf(headers);
  }
}
