package dev.planwright.backend.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how long a backend asks us to stay away. */
final class RetryAfter {
  /**
   * However long a backend asks for, it is tried again after this: a date with a mistake in it must
   * not silence an account for years.
   */
  static final Duration LONGEST = Duration.ofHours(1);

  // Beyond this a number of X-RateLimit-Reset is a time, not a delay (2001 in seconds).
  private static final long EPOCH_SECONDS_FROM = 1_000_000_000L;
  private static final long EPOCH_MILLIS_FROM = 1_000_000_000_000L;
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,15})(\\.\\d*)?");

  private RetryAfter() {}

  /**
   * The wait asked for, by {@code retry-after-ms}, {@code Retry-After} (seconds or a date) or
   * {@code X-RateLimit-Reset}, the first that can be read.
   *
   * @param now our time, used where the answer bears no date of its own
   * @return between zero and {@link #LONGEST}; empty when nothing readable was said
   */
  static Optional<Duration> of(TransportReply reply, Instant now) {
    Instant theirNow = reply.header("date").flatMap(RetryAfter::date).orElse(now);
    return reply
        .header("retry-after-ms")
        .flatMap(RetryAfter::number)
        .map(Duration::ofMillis)
        .or(() -> reply.header("retry-after").flatMap(text -> secondsOrDate(text, theirNow)))
        .or(() -> reset(reply).map(number -> untilReset(number, theirNow)))
        .map(RetryAfter::bounded);
  }

  private static Optional<Long> reset(TransportReply reply) {
    return reply
        .header("x-ratelimit-reset")
        .or(() -> reply.header("ratelimit-reset"))
        .flatMap(RetryAfter::number);
  }

  private static Optional<Duration> secondsOrDate(String text, Instant theirNow) {
    return number(text)
        .map(Duration::ofSeconds)
        .or(() -> date(text).map(date -> Duration.between(theirNow, date)));
  }

  private static Duration untilReset(long number, Instant theirNow) {
    if (number >= EPOCH_MILLIS_FROM) {
      return Duration.between(theirNow, Instant.ofEpochMilli(number));
    }
    return number >= EPOCH_SECONDS_FROM
        ? Duration.between(theirNow, Instant.ofEpochSecond(number))
        : Duration.ofSeconds(number);
  }

  /** A whole number; a fraction is rounded up, so that we never come early. */
  private static Optional<Long> number(String text) {
    var matcher = NUMBER.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean whole = matcher.group(2) == null;
    return Optional.of(Long.parseLong(matcher.group(1)) + (whole ? 0 : 1));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // not a date: the next header is asked
    }
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
