package dev.planwright.catalog;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with a number that is not written as it should be, and what may be meant. */
final class CompilerNumbers {
  private static final Pattern PLAIN =
      Pattern.compile("[+]?[0-9]*\\.?[0-9]*([eE][+-]?[0-9]{1,2})?");

  private CompilerNumbers() {}

  /** Why it is refused, as a clause that follows the value. */
  static String problem(String written) {
    if (written.isBlank()) {
      return "is empty";
    }
    if (written.strip().startsWith("-")) {
      return "is negative";
    }
    if (written.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
      return outOfForm(written);
    }
    String lower = written.toLowerCase(Locale.ROOT);
    if (PLAIN.matcher(written).matches() && lower.contains("e")) {
      return "has an exponent";
    }
    if (written.contains(",")) {
      return "has a comma";
    }
    if (written.contains("%")) {
      return "has a percent sign";
    }
    return "is not a plain decimal number";
  }

  private static String outOfForm(String digits) {
    if (digits.startsWith(".") || digits.endsWith(".")) {
      return "lacks a digit beside the point";
    }
    if (digits.length() > 1 && digits.charAt(0) == '0' && digits.charAt(1) != '.') {
      return "has a leading zero";
    }
    long count = digits.chars().filter(c -> c != '.').count();
    return count > 10 ? "has " + count + " digits" : "is out of range";
  }

  /** The number in plain digits, where it is clear and small enough to be written down. */
  static Optional<String> meant(String written) {
    String plain = written.strip().replaceFirst("\\s*%$", "");
    if (plain.length() > 60
        || !PLAIN.matcher(plain).matches()
        || plain.chars().noneMatch(Character::isDigit)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Decimals.canonical(new BigDecimal(plain)));
    } catch (NumberFormatException e) {
      return Optional.empty(); // such as "e5": nothing to propose
    }
  }
}
