package dev.planwright.backend.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * Hash of what a pending step depends on: content, owner and ids. Neither the count of subscribers
 * nor version and etag, which say that something changed and changed back.
 */
final class Fingerprint {
  private Fingerprint() {}

  static String of(RemotePlan remote) {
    StringBuilder text = new StringBuilder();
    entry(text, "id", remote.id());
    entry(text, "owner", remote.owner().orElse(""));
    entries(text, remote.content().fields());
    remote
        .content()
        .prices()
        .forEach(
            (name, price) -> {
              entry(text, "price", name);
              entries(text, price);
            });
    entries(text, remote.priceIds());
    remote.unknown().forEach(unknown -> entry(text, "unknown", unknown));
    return sha256(text.toString());
  }

  private static void entries(StringBuilder text, SortedMap<String, String> entries) {
    text.append(entries.size()).append('\n');
    entries.forEach((name, value) -> entry(text, name, value));
  }

  /** With lengths, so that no two contents read alike. */
  private static void entry(StringBuilder text, String name, String value) {
    text.append(name.length()).append(':').append(name);
    text.append(value.length()).append(':').append(value).append('\n');
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
