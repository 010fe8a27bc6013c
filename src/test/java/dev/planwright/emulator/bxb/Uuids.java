package dev.planwright.emulator.bxb;

import java.util.Locale;
import java.util.regex.Pattern;

/** UUIDs as the server reads them: with or without hyphens, in any case. */
final class Uuids {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}");

  private Uuids() {}

  static boolean valid(String text) {
    return FORM.matcher(text).matches();
  }

  /** Lower case, with hyphens. */
  static String canonical(String text) {
    String hex = text.replace("-", "").toLowerCase(Locale.ROOT);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  /** The reason that the server gives in its 422. */
  static String whyNot(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.digit(c, 16) < 0 && c != '-') {
        return "invalid character: found `" + c + "` at " + i;
      }
    }
    return "invalid length: expected length 32 for simple format, found " + text.length();
  }
}
