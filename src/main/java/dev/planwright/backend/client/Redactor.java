package dev.planwright.backend.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Takes the key out of what a backend answered: some repeat it in their error texts, and those end
 * in conditions that many people read.
 */
final class Redactor {
  // Shorter header values are versions and formats, not secrets.
  private static final int SECRET_LENGTH = 12;

  private final List<String> secrets;

  /**
   * @param key as the Secret holds it
   * @param headers that carry it, in whatever form
   */
  Redactor(String key, Map<String, String> headers) {
    TreeSet<String> found =
        new TreeSet<>(
            Comparator.comparingInt(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    if (!key.isBlank()) {
      found.add(key);
      found.add(key.strip());
    }
    for (String value : headers.values()) {
      // "Bearer ..." and "Basic ...": what follows the scheme is what gets repeated.
      String token = value.substring(value.lastIndexOf(' ') + 1);
      if (token.length() >= SECRET_LENGTH && !token.equals("application/json")) {
        found.add(token);
      }
    }
    secrets = new ArrayList<>(found);
  }

  String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "[redacted]");
    }
    return clean;
  }
}
