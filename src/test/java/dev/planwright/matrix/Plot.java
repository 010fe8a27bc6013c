package dev.planwright.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What goes wrong in one run, and where; also records the boundaries that were passed. */
final class Plot {
  private final int at;
  private final Optional<Fault> fault;
  private final List<Boundary> passed = new ArrayList<>();

  private Plot(int at, Optional<Fault> fault) {
    this.at = at;
    this.fault = fault;
  }

  /** Nothing goes wrong. */
  static Plot undisturbed() {
    return new Plot(-1, Optional.empty());
  }

  static Plot of(Boundary boundary, Fault fault) {
    return new Plot(boundary.number(), Optional.of(fault));
  }

  /** A boundary is reached: what goes wrong there, if anything. */
  Optional<Fault> reach(Boundary.Kind kind, String what) {
    Boundary boundary = new Boundary(passed.size(), kind, what);
    passed.add(boundary);
    return boundary.number() == at ? fault : Optional.empty();
  }

  /** What goes wrong. */
  Optional<Fault> fault() {
    return fault;
  }

  List<Boundary> passed() {
    return List.copyOf(passed);
  }

  /** Whether the boundary was reached at all. */
  boolean struck() {
    return passed.size() > at;
  }
}
