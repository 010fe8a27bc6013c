package dev.planwright.backend;

/**
 * One field that differs, in the words of the manifest.
 *
 * @param field for instance {@code prices.team-monthly.amount}
 * @param from what the backend has, {@code ""} for nothing
 * @param to what the manifest says, {@code ""} for nothing
 */
public record FieldChange(String field, String from, String to) {
  /** The name of the change that sets our mark: alone, it changes nothing that anybody sees. */
  public static final String OWNER = "owner";

  /** One line for people: {@code prices.team-monthly.amount 49 -> 59}. */
  @Override
  public String toString() {
    return field + " " + shown(from) + " -> " + shown(to);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(none)" : value;
  }
}
