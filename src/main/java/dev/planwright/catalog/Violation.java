package dev.planwright.catalog;

/**
 * One thing that is wrong with a manifest, for the person who wrote it.
 *
 * @param object the object it stands in, for instance {@code Price shop/team-monthly}
 * @param field path of the field, for instance {@code spec.flat.amount}
 * @param value what stands there, {@code ""} where nothing does
 * @param problem why it cannot be
 * @param instead what would work
 */
public record Violation(String object, String field, String value, String problem, String instead) {
  /** One line: object, field, value, problem, way out. */
  public String message() {
    String shown = value.isEmpty() ? "" : " \"" + shorten(value) + "\"";
    return object + " " + field + shown + ": " + problem + "; " + instead;
  }

  private static String shorten(String value) {
    String oneLine = value.replaceAll("\\s+", " ");
    return oneLine.length() <= 80 ? oneLine : oneLine.substring(0, 77) + "...";
  }
}
