package dev.planwright.api.v1alpha1;

import java.util.Locale;

/** The words of manifests for the constants of this package. */
final class Words {
  private Words() {}

  /**
   * {@code InAdvance} for {@code IN_ADVANCE}: the rule by which every constant of this package is
   * named.
   */
  static String of(Enum<?> constant) {
    StringBuilder word = new StringBuilder();
    for (String part : constant.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
