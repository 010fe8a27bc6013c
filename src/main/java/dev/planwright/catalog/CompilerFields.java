package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.api.v1alpha1.Unknown;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one object. What is wrong is put down as a finding, and a harmless value is
 * given instead, so that reading goes on and finds the rest: whoever reads throws the result away
 * when there was any finding.
 */
final class CompilerFields {
  private static final Pattern AMOUNT = Pattern.compile(Formats.AMOUNT);
  private static final Pattern RATE = Pattern.compile(Formats.RATE);
  private static final Pattern CURRENCY = Pattern.compile(Formats.CURRENCY);
  private static final Pattern WORD = Pattern.compile(Formats.WORD);
  private static final Pattern NAME = Pattern.compile(Formats.NAME);
  private static final Pattern URL = Pattern.compile(Formats.URL);
  private static final Pattern METADATA_KEY = Pattern.compile(Formats.METADATA_KEY);

  private final String object;
  private final List<Compilation.Finding> findings;

  CompilerFields(String object, List<Compilation.Finding> findings) {
    this.object = object;
    this.findings = findings;
  }

  void report(Rule rule, String field, Object value, String problem, String instead) {
    findings.add(
        new Compilation.Finding(
            rule, new Violation(object, field, String.valueOf(value), problem, instead)));
  }

  /** As above, where the rule's own sentence says what would be right. */
  void report(Rule rule, String field, Object value, String problem) {
    report(rule, field, value, problem, "a valid one " + rule.sentence());
  }

  /**
   * What this version cannot read. A field that is left out of a reading may be the one that makes
   * a price half as high, so nothing is done with such an object.
   *
   * @return whether there is any
   */
  boolean unknown(List<Unknown> parts) {
    for (Unknown part : parts) {
      String upgrade = "upgrade the operator, or ";
      if (part.kind() == Unknown.Kind.FIELD) {
        report(
            Rule.KNOWN_FIELD,
            part.field(),
            part.value(),
            "this operator does not know the field",
            upgrade + "remove it");
      } else {
        String words =
            part.words().isEmpty()
                ? "use a value that it knows"
                : "use one of " + String.join(", ", part.words());
        report(
            Rule.ENUM,
            part.field(),
            part.value(),
            "this operator does not know the value",
            upgrade + words);
      }
    }
    return !parts.isEmpty();
  }

  void missing(String field, String instead) {
    report(Rule.REQUIRED, field, "", "is missing", instead);
  }

  /** One line for people; {@code ""} when unset. */
  String line(String field, @Nullable String value) {
    return text(field, value, Formats.LINE_LENGTH, false);
  }

  String requiredLine(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      missing(field, "set a name for people");
      return "";
    }
    return line(field, value);
  }

  String text(String field, @Nullable String value, int max, boolean lineBreaks) {
    if (value == null) {
      return "";
    }
    int length = value.codePointCount(0, value.length());
    if (length > max) {
      report(
          Rule.TEXT_LENGTH,
          field,
          value,
          "has " + length + " characters",
          "use at most " + max + " characters");
    }
    controlCharacter(value, lineBreaks)
        .ifPresent(
            name ->
                report(Rule.TEXT_PRINTABLE, field, value, "holds " + name, "take it out of there"));
    return value;
  }

  Optional<String> externalId(String field, @Nullable String value) {
    String id = text(field, value, Formats.EXTERNAL_ID_LENGTH, false);
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  /** A word for a metric, feature, credit or product. */
  String word(String field, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      missing(field, "set the word that the backend or an alias of the BillingBackend knows");
      return "";
    }
    return optionalWord(field, value).orElse("");
  }

  Optional<String> optionalWord(String field, @Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    if (!matches(WORD, value, Formats.WORD_LENGTH)) {
      report(Rule.WORD_FORMAT, field, value, unfit(value, Formats.WORD_LENGTH));
    }
    return Optional.of(value);
  }

  /** The name of an object of Kubernetes. */
  String name(String field, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      missing(field, "set the name of the object");
      return "";
    }
    if (!matches(NAME, value, Formats.NAME_LENGTH)) {
      report(Rule.NAME_FORMAT, field, value, unfit(value, Formats.NAME_LENGTH));
    }
    return value;
  }

  String url(String field, @Nullable String value) {
    if (value == null) {
      return "";
    }
    if (!matches(URL, value, Formats.URL_LENGTH)) {
      report(Rule.URL_FORMAT, field, value, "is no such URL");
    }
    return value;
  }

  BigDecimal amount(String field, @Nullable String written) {
    if (written == null || written.isEmpty()) {
      missing(field, "set an amount in major units such as \"49.00\"");
      return BigDecimal.ZERO;
    }
    return number(Rule.AMOUNT_FORMAT, AMOUNT, Formats.AMOUNT_LENGTH, field, written);
  }

  Optional<BigDecimal> optionalAmount(String field, @Nullable String written) {
    // An empty text is no amount that was left out: taking it for zero would be a price, and wrong.
    return written == null
        ? Optional.empty()
        : Optional.of(number(Rule.AMOUNT_FORMAT, AMOUNT, Formats.AMOUNT_LENGTH, field, written));
  }

  BigDecimal rate(String field, @Nullable String written) {
    if (written == null || written.isEmpty()) {
      missing(field, "set a percentage such as \"2.5\"");
      return BigDecimal.ZERO;
    }
    return number(Rule.RATE_FORMAT, RATE, Formats.RATE_LENGTH, field, written);
  }

  Optional<BigDecimal> optionalRate(String field, @Nullable String written) {
    return written == null
        ? Optional.empty()
        : Optional.of(number(Rule.RATE_FORMAT, RATE, Formats.RATE_LENGTH, field, written));
  }

  String currency(String field, @Nullable String written) {
    if (written == null || written.isEmpty()) {
      missing(field, "set an ISO 4217 code such as USD");
      return "";
    }
    String instead =
        Currencies.suggest(written)
            .map(meant -> "did you mean " + meant + "?")
            .orElse("use an ISO 4217 code such as USD, EUR or GBP");
    if (!matches(CURRENCY, written, 3)) {
      report(Rule.CURRENCY_FORMAT, field, written, "is no code of three capital letters", instead);
    } else if (!Currencies.isKnown(written)) {
      report(
          Rule.CURRENCY_KNOWN, field, written, "is no currency that people pay in today", instead);
    }
    return written;
  }

  /** A whole number within bounds; {@code or} when unset. */
  long whole(Rule rule, String field, @Nullable Long value, long min, long max, long or) {
    if (value == null) {
      return or;
    }
    if (value < min || value > max) {
      report(
          rule,
          field,
          value,
          value < min ? "is less than " + min : "is more than " + max,
          "use a whole number from " + min + " to " + max);
      return or;
    }
    return value;
  }

  long quantity(String field, @Nullable Long value, long min, long or) {
    return whole(Rule.QUANTITY_RANGE, field, value, min, Formats.QUANTITY_MAX, or);
  }

  /** The list, or as much of it as is looked at when it is too long. */
  <T> List<T> bounded(String field, List<T> values, int max) {
    if (values.size() <= max) {
      return values;
    }
    report(
        Rule.LIST_LENGTH,
        field,
        "",
        "has " + values.size() + " items",
        "use at most " + max + " items");
    return values.subList(0, max);
  }

  Map<String, String> metadata(Map<String, String> metadata) {
    String field = "spec.metadata";
    if (metadata.size() > Formats.METADATA_ENTRIES) {
      report(
          Rule.LIST_LENGTH,
          field,
          "",
          "has " + metadata.size() + " entries",
          "use at most " + Formats.METADATA_ENTRIES + " entries");
    }
    Map<String, String> kept = new LinkedHashMap<>();
    metadata.entrySet().stream()
        .limit(Formats.METADATA_ENTRIES)
        .forEach(
            entry -> {
              metadataEntry(field + "[" + entry.getKey() + "]", entry.getKey(), entry.getValue());
              kept.put(entry.getKey(), entry.getValue());
            });
    return kept;
  }

  private void metadataEntry(String field, String key, String value) {
    if (key.startsWith(Formats.RESERVED_METADATA_PREFIX)) {
      report(
          Rule.METADATA_RESERVED,
          field,
          key,
          "is kept for the operator",
          "use a key with another prefix");
    } else if (!matches(METADATA_KEY, key, 63)) {
      report(Rule.METADATA_KEY, field, key, unfit(key, 63));
    }
    int length = value.codePointCount(0, value.length());
    if (length > Formats.METADATA_VALUE_LENGTH) {
      report(
          Rule.TEXT_LENGTH,
          field,
          value,
          "has " + length + " characters",
          "use at most " + Formats.METADATA_VALUE_LENGTH + " characters");
    }
    controlCharacter(value, false)
        .ifPresent(
            name ->
                report(Rule.METADATA_VALUE, field, value, "holds " + name, "write it on one line"));
  }

  private BigDecimal number(Rule rule, Pattern pattern, int max, String field, String written) {
    if (matches(pattern, written, max)) {
      return new BigDecimal(written);
    }
    Optional<String> meant = CompilerNumbers.meant(written).filter(n -> matches(pattern, n, max));
    report(
        rule,
        field,
        written,
        CompilerNumbers.problem(written),
        meant.map(n -> "write \"" + n + "\"").orElse("a valid one " + rule.sentence()));
    return BigDecimal.ZERO;
  }

  /** The length first: no pattern is run over a megabyte. */
  static boolean matches(Pattern pattern, String value, int max) {
    return value.length() <= max && pattern.matcher(value).matches();
  }

  static String unfit(String value, int max) {
    if (value.isEmpty()) {
      return "is empty";
    }
    return value.length() > max
        ? "has " + value.length() + " characters"
        : "has a form that is not allowed";
  }

  private static Optional<String> controlCharacter(String value, boolean lineBreaks) {
    return value
        .codePoints()
        .filter(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)
        .filter(c -> !(lineBreaks && (c == '\n' || c == '\r' || c == '\t')))
        .mapToObj(
            c ->
                switch (c) {
                  case '\n', '\r' -> "a line break";
                  case '\t' -> "a tabulator";
                  default -> String.format("the control character U+%04X", c);
                })
        .findFirst();
  }
}
