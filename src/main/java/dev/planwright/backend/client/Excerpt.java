package dev.planwright.backend.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a person gets to see of an answer: one short line, without markup. */
final class Excerpt {
  static final int MAX = 200;

  // Of an HTML page this much is looked at; its words stand near the top.
  private static final int LOOKED_AT = 8_192;
  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(script|style|head)\\b.*?(</\\1>|\\z)|<!--.*?(-->|\\z)");
  private static final Pattern TAG = Pattern.compile("<[^>]*(>|\\z)");
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}]+");
  private static final List<String> REQUEST_IDS =
      List.of(
          "x-request-id",
          "request-id",
          "x-trace-id",
          "trace-id",
          "x-correlation-id",
          "traceparent",
          "x-amzn-trace-id",
          "cf-ray");

  private Excerpt() {}

  /** The first words of a body; {@code ""} when it has none. */
  static String of(TransportReply reply) {
    String text = text(reply);
    String start = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
    if (isHtml(reply, text)) {
      start = TAG.matcher(UNSEEN.matcher(start).replaceAll(" ")).replaceAll(" ");
    }
    return line(start);
  }

  /** One line of at most {@link #MAX} characters. */
  static String line(String text) {
    String line = BLANK.matcher(text).replaceAll(" ").strip();
    return line.length() <= MAX ? line : line.substring(0, MAX - 3) + "...";
  }

  /** Rounded up: nobody should come early. */
  static long seconds(Duration time) {
    return time.plusNanos(999_999_999).toSeconds();
  }

  static String text(TransportReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  static boolean isHtml(TransportReply reply, String text) {
    return reply.header("content-type").orElse("").toLowerCase(Locale.ROOT).contains("html")
        || text.stripLeading().startsWith("<");
  }

  /** {@code (x-request-id 4711)}: what the vendor's support asks for; {@code ""} without one. */
  static String requestId(TransportReply reply) {
    Optional<String> name = REQUEST_IDS.stream().filter(reply.headers()::containsKey).findFirst();
    return name.map(id -> " (" + id + " " + line(reply.header(id).orElse("")) + ")").orElse("");
  }
}
