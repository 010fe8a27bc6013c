package dev.planwright.matrix;

/**
 * A point at which something leaves the process: found by recording an undisturbed run.
 *
 * @param number in order, from 0
 * @param what for people: method and path, or what is written
 */
record Boundary(int number, Kind kind, String what) {
  /** What leaves the process. */
  enum Kind {
    /** A call that changes something on the backend. */
    CALL,
    /** The journal, before the first call of a round. */
    JOURNAL,
    /** The status at the end of a run, or the finalizer that goes. */
    END
  }

  @Override
  public String toString() {
    return number + " " + kind + " " + what;
  }
}
