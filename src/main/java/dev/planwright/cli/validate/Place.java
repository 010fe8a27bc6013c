package dev.planwright.cli.validate;

/**
 * Where something stands.
 *
 * @param file as it was named, or {@code stdin}; {@code ""} when it stands nowhere
 * @param line from 1; 0 when it is about the file as a whole
 * @param column from 1; 0 as above
 */
record Place(String file, int line, int column) {
  static final Place NOWHERE = new Place("", 0, 0);

  static Place whole(String file) {
    return new Place(file, 0, 0);
  }

  /** {@code file:line}, as editors and people follow it. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
