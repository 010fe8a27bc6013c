package dev.planwright.backend;

import dev.planwright.catalog.Identity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Our mark on an object of a vendor that has no metadata: the last line of its description.
 *
 * <p>{@code planwright: shop-prod/team shop/team filters=9f86d081884c7d65 kept=2c26b46b68ff,9d21}
 *
 * <p>Every part is percent-encoded, so that no owner or key can be written like another one.
 *
 * @param identity owner and key
 * @param namespace of the Plan object, for people
 * @param name of the Plan object, for people
 * @param notes what else the vendor's package has to remember, by a name of small letters: sets of
 *     texts, none of them empty
 */
public record MarkLine(
    Identity identity, String namespace, String name, Map<String, SortedSet<String>> notes) {
  private static final String START = "planwright: ";
  private static final String PART = "((?:[A-Za-z0-9._|~-]|%[0-9A-F]{2})+)";
  private static final String NOTE = "[a-z]+=(?:[A-Za-z0-9._|~,-]|%[0-9A-F]{2})+";
  private static final Pattern LINE =
      Pattern.compile(START + PART + "/" + PART + " " + PART + "/" + PART + "((?: " + NOTE + ")*)");

  public MarkLine {
    notes = Collections.unmodifiableMap(new TreeMap<>(notes));
  }

  /** A mark without notes. */
  public MarkLine(Identity identity, String namespace, String name) {
    this(identity, namespace, name, Map.of());
  }

  /** This mark with one more note; unchanged when there is nothing to note. */
  public MarkLine with(String note, Collection<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    Map<String, SortedSet<String>> more = new TreeMap<>(notes);
    more.put(note, new TreeSet<>(values));
    return new MarkLine(identity, namespace, name, more);
  }

  /** The values of a note; empty when there is none. */
  public SortedSet<String> note(String note) {
    return notes.getOrDefault(note, new TreeSet<>());
  }

  /** The first value of a note; {@code ""} when there is none. */
  public String firstNote(String note) {
    return note(note).stream().findFirst().orElse("");
  }

  /**
   * A description as people wrote it, and our mark.
   *
   * @param text without the mark
   */
  public record Split(String text, Optional<MarkLine> mark) {}

  /** Takes a description apart. Only a whole last line is a mark; a mention elsewhere is text. */
  public static Split split(String description) {
    String trimmed = description.stripTrailing();
    int lineBreak = trimmed.lastIndexOf('\n');
    Optional<MarkLine> mark = parse(trimmed.substring(lineBreak + 1));
    if (mark.isEmpty()) {
      return new Split(description, mark);
    }
    String text = lineBreak < 0 ? "" : trimmed.substring(0, lineBreak);
    // A form in a browser sends line ends as CR LF.
    return new Split(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, mark);
  }

  /** A mark, if this line is exactly one. */
  public static Optional<MarkLine> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, SortedSet<String>> notes = new TreeMap<>();
    for (String note : matcher.group(5).strip().split(" ", -1)) {
      int equals = note.indexOf('=');
      if (equals > 0) {
        notes.put(
            note.substring(0, equals),
            Stream.of(note.substring(equals + 1).split(",", -1))
                .map(MarkLine::decode)
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    MarkLine mark =
        new MarkLine(
            new Identity(decode(matcher.group(1)), decode(matcher.group(2))),
            decode(matcher.group(3)),
            decode(matcher.group(4)),
            notes);
    // Another spelling of the same mark was not written by us.
    return mark.line().equals(line) ? Optional.of(mark) : Optional.empty();
  }

  /** The mark as it is written. */
  public String line() {
    StringBuilder line = new StringBuilder(START);
    line.append(encode(identity.ownerId())).append('/').append(encode(identity.key()));
    line.append(' ').append(encode(namespace)).append('/').append(encode(name));
    notes.forEach(
        (note, values) ->
            line.append(' ')
                .append(note)
                .append('=')
                .append(values.stream().map(MarkLine::encode).collect(Collectors.joining(","))));
    return line.toString();
  }

  /** The description with the mark as its last line. */
  public String appendTo(String text) {
    return text.isEmpty() ? line() : text + "\n" + line();
  }

  /** What changes from one description to the other, the text and the mark apart. */
  public static List<FieldChange> changes(String from, String to) {
    Split before = split(from);
    Split after = split(to);
    List<FieldChange> changes = new ArrayList<>();
    if (!before.text().equals(after.text())) {
      changes.add(new FieldChange("description", before.text(), after.text()));
    }
    String oldMark = before.mark().map(MarkLine::line).orElse("");
    String newMark = after.mark().map(MarkLine::line).orElse("");
    if (!oldMark.equals(newMark)) {
      changes.add(new FieldChange(FieldChange.OWNER, oldMark, newMark));
    }
    if (changes.isEmpty() && !from.equals(to)) {
      changes.add(new FieldChange("description", "other line ends", "as in the manifest"));
    }
    return changes;
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
