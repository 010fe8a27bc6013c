package dev.planwright.api.v1alpha1;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the compact constructors of this package do with values that a document left out. */
final class Absent {
  private Absent() {}

  /** The other value for one that is missing. */
  static <T> T or(@Nullable T value, T other) {
    return value == null ? other : value;
  }

  /** Empty for a string that is missing. */
  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /**
   * None for -1, which the API server puts where there is no status yet, so that tools that wait
   * for an object do not take it for done. To us it is no status.
   */
  static @Nullable Long generation(@Nullable Long observed) {
    return observed == null || observed < 0 ? null : observed;
  }

  /** Empty for a list that is missing; otherwise a copy, without elements that are null. */
  static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value.stream().filter(Objects::nonNull).toList();
  }

  /**
   * Empty for a map that is missing; otherwise a copy in the same order, without values that are
   * null, as the API server drops them too.
   */
  static <V> Map<String, V> map(@Nullable Map<String, V> value) {
    if (value == null) {
      return Map.of();
    }
    Map<String, V> copy = new LinkedHashMap<>(value);
    copy.values().removeIf(Objects::isNull);
    return Collections.unmodifiableMap(copy);
  }

  /** As {@link #list}, cut to the first {@code max}. */
  static <T> List<T> first(@Nullable List<T> value, int max) {
    List<T> all = list(value);
    return all.size() <= max ? all : List.copyOf(all.subList(0, max));
  }

  /** As {@link #text}, cut to {@code max} characters of which the last then is an ellipsis. */
  static String cut(@Nullable String value, int max) {
    String text = text(value);
    if (text.length() <= max) {
      return text;
    }
    // Half of a surrogate pair is no valid JSON text: such a pair goes as a whole.
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end) + "\u2026";
  }
}
