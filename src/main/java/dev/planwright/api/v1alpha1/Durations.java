package dev.planwright.api.v1alpha1;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a manifest writes them: {@code 30s}, {@code 10m}, {@code 1h30m}. */
public final class Durations {
  private static final Pattern PATTERN = Pattern.compile(Formats.DURATION);

  private Durations() {}

  /** The duration that the text means, or empty when it has another form or is empty. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(number(matcher, 1))
            .plusMinutes(number(matcher, 2))
            .plusSeconds(number(matcher, 3)));
  }

  private static long number(Matcher matcher, int group) {
    String part = matcher.group(group);
    return part == null ? 0 : Long.parseLong(part, 0, part.length() - 1, 10);
  }
}
