package dev.planwright.cli.validate;

/**
 * One thing to say.
 *
 * @param severity how bad it is
 * @param place where it stands
 * @param object the object, such as {@code Plan shop/team}; {@code ""} for a file
 * @param field the field; {@code ""} for the object as a whole
 * @param reason the reason that the operator would give, such as {@code InvalidSpec}; {@code ""}
 *     for none
 * @param message one line: object, field, value, problem, way out
 */
record Note(
    Severity severity, Place place, String object, String field, String reason, String message) {
  /** How bad it is; the worst first. */
  enum Severity {
    /** What was given cannot be read as manifests. */
    UNUSABLE("unusable"),
    /** The operator would refuse it, or wait for ever. */
    ERROR("error"),
    /** The operator would take it and warn. */
    WARNING("warning"),
    /** Only the cluster or the account can tell. */
    OFFLINE("cannot tell offline");

    private final String word;

    Severity(String word) {
      this.word = word;
    }

    /** As it is printed. */
    String word() {
      return word;
    }
  }

  /** About nothing in particular. */
  static Note warning(String message) {
    return new Note(Severity.WARNING, Place.NOWHERE, "", "", "", message);
  }

  static Note unusable(Place place, String message) {
    return new Note(Severity.UNUSABLE, place, "", "", "", message);
  }
}
