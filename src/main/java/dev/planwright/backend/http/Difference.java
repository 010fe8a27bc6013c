package dev.planwright.backend.http;

import dev.planwright.backend.FieldChange;

/**
 * One field in which the server's plan differs.
 *
 * @param change in the manifest's words
 * @param rule the row of {@link AffectsTable} that it falls under
 */
record Difference(FieldChange change, String rule) {
  static Difference ofPlan(String field, String from, String to) {
    return new Difference(new FieldChange(field, from, to), first(field));
  }

  static Difference ofPrice(String price, String field, String from, String to) {
    return new Difference(
        new FieldChange("prices." + price + "." + field, from, to), "prices.*." + first(field));
  }

  static Difference added(String price, String summary) {
    return new Difference(
        new FieldChange("prices." + price, "", summary), AffectsTable.PRICE_ADDED);
  }

  static Difference removed(String price, String summary) {
    return new Difference(
        new FieldChange("prices." + price, summary, ""), AffectsTable.PRICE_REMOVED);
  }

  static Difference renamed(String from, String to) {
    return new Difference(
        new FieldChange("prices." + to + ".name", from, to), AffectsTable.PRICE_RENAMED);
  }

  /** Whether the manifest says nothing where the server says something. */
  boolean drops() {
    return change.to().isEmpty();
  }

  private static String first(String field) {
    int end = 0;
    while (end < field.length() && field.charAt(end) != '.' && field.charAt(end) != '[') {
      end++;
    }
    return field.substring(0, end);
  }
}
