package dev.planwright.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What goes wrong in one run, and where; also records the boundaries that were passed. */
final class Plot {
  private final int at;
  private final Optional<Fault> fault;
  private final Optional<Random> dice;
  private final List<Boundary> passed = new ArrayList<>();

  private boolean calm;

  private Plot(int at, Optional<Fault> fault, Optional<Random> dice) {
    this.at = at;
    this.fault = fault;
    this.dice = dice;
  }

  /** Nothing goes wrong. */
  static Plot undisturbed() {
    return new Plot(-1, Optional.empty(), Optional.empty());
  }

  static Plot of(Boundary boundary, Fault fault) {
    return new Plot(boundary.number(), Optional.of(fault), Optional.empty());
  }

  /** One boundary in four strikes, whatever it is, until {@link #calm}. */
  static Plot random(Random dice) {
    return new Plot(-1, Optional.empty(), Optional.of(dice));
  }

  /** Whether anything may go wrong from here on, where that is random. */
  void calm(boolean calm) {
    this.calm = calm;
  }

  boolean isCalm() {
    return calm;
  }

  /** A boundary is reached: what goes wrong there, if anything. */
  Optional<Fault> reach(Boundary.Kind kind, String what) {
    Boundary boundary = new Boundary(passed.size(), kind, what);
    passed.add(boundary);
    if (dice.isPresent()) {
      return calm || dice.get().nextInt(4) > 0 ? Optional.empty() : Optional.of(any(kind));
    }
    return boundary.number() == at ? fault : Optional.empty();
  }

  private Fault any(Boundary.Kind kind) {
    List<Fault> all = Fault.of(kind);
    return all.get(dice.orElseThrow().nextInt(all.size()));
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
