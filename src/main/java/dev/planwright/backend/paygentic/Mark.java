package dev.planwright.backend.paygentic;

import dev.planwright.catalog.Identity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our mark: the last line of the description of a plan or of a fee, since neither has metadata.
 *
 * <p>{@code planwright: shop-prod/team shop/team price=team-monthly kept=price_1a2b,tax}
 *
 * <p>Every part is percent-encoded, so that no owner or key can be written like another one.
 *
 * @param identity owner and key of the plan
 * @param namespace of the Plan object, for people
 * @param name of the Plan object, for people
 * @param price on a fee, the name of the Price that it is for; {@code ""} on a plan
 * @param kept on a plan, what was there when it was adopted and is not ours, sorted: ids of prices,
 *     and {@link #TAX}
 */
record Mark(Identity identity, String namespace, String name, String price, List<String> kept) {
  /** The tax of an adopted plan, which no manifest names. */
  static final String TAX = "tax";

  private static final String START = "planwright: ";
  private static final String PART = "((?:[A-Za-z0-9._|~-]|%[0-9A-F]{2})+)";
  private static final Pattern LINE =
      Pattern.compile(
          START
              + PART
              + "/"
              + PART
              + " "
              + PART
              + "/"
              + PART
              + "(?: price="
              + PART
              + ")?(?: kept=([A-Za-z0-9_]+(?:,[A-Za-z0-9_]+)*))?");

  Mark {
    kept = List.copyOf(new TreeSet<>(kept));
  }

  /**
   * A description as people wrote it, and our mark.
   *
   * @param text without the mark
   */
  record Split(String text, Optional<Mark> mark) {}

  /** Takes a description apart. Only a whole last line is a mark; a mention elsewhere is text. */
  static Split split(String description) {
    String trimmed = description.stripTrailing();
    int lineBreak = trimmed.lastIndexOf('\n');
    Optional<Mark> mark = parse(trimmed.substring(lineBreak + 1));
    if (mark.isEmpty()) {
      return new Split(description, mark);
    }
    String text = lineBreak < 0 ? "" : trimmed.substring(0, lineBreak);
    // A form in a browser sends line ends as CR LF.
    return new Split(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, mark);
  }

  /** A mark, if this line is exactly one. */
  static Optional<Mark> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String price = matcher.group(5);
    String kept = matcher.group(6);
    Mark mark =
        new Mark(
            new Identity(decode(matcher.group(1)), decode(matcher.group(2))),
            decode(matcher.group(3)),
            decode(matcher.group(4)),
            price == null ? "" : decode(price),
            kept == null ? List.of() : List.of(kept.split(",", -1)));
    // Another spelling of the same mark was not written by us.
    return mark.line().equals(line) ? Optional.of(mark) : Optional.empty();
  }

  /** The mark as it is written. */
  String line() {
    return START
        + encode(identity.ownerId())
        + "/"
        + encode(identity.key())
        + " "
        + encode(namespace)
        + "/"
        + encode(name)
        + (price.isEmpty() ? "" : " price=" + encode(price))
        + (kept.isEmpty() ? "" : " kept=" + String.join(",", kept));
  }

  /** The description with the mark as its last line. */
  String appendTo(String text) {
    return text.isEmpty() ? line() : text + "\n" + line();
  }

  private static String encode(String part) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : part.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "._|~-".indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static String decode(String part) {
    // The pattern lets no plus through, which this decoder would take for a space.
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
