package dev.planwright.backend;

import java.util.EnumMap;
import java.util.Map;

/**
 * One word for each question: {@code yes}, {@code no}, or a word that says how. The same data that
 * {@code check} decides by.
 */
public record Capabilities(Map<Capability, String> words) {
  public static final String YES = "yes";
  public static final String NO = "no";

  /** Taken with a warning, and left out: nobody pays for it or gets less. */
  public static final String NOT_SENT = "NotSent";

  public Capabilities {
    EnumMap<Capability, String> all = new EnumMap<>(Capability.class);
    for (Capability capability : Capability.values()) {
      all.put(capability, words.getOrDefault(capability, NO));
    }
    words = java.util.Collections.unmodifiableMap(all);
  }

  public String word(Capability capability) {
    return words.getOrDefault(capability, NO);
  }

  public boolean has(Capability capability) {
    return !word(capability).equals(NO);
  }
}
