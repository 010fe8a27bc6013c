package dev.planwright.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** What goes wrong in one run, and where; also records the boundaries that were passed. */
final class Plot {
  private final int at;
  private final Optional<Fault> fault;
  private final Optional<Whim> whim;
  private final List<Boundary> passed = new ArrayList<>();

  private boolean calm;

  private Plot(int at, Optional<Fault> fault, Optional<Whim> whim) {
    this.at = at;
    this.fault = fault;
    this.whim = whim;
  }

  /** Nothing goes wrong. */
  static Plot undisturbed() {
    return new Plot(-1, Optional.empty(), Optional.empty());
  }

  static Plot of(Boundary boundary, Fault fault) {
    return new Plot(boundary.number(), Optional.of(fault), Optional.empty());
  }

  /**
   * One boundary in four strikes, whatever it is, until {@link #calm}.
   *
   * @param story is told of each
   */
  static Plot random(Random dice, Consumer<String> story) {
    return new Plot(-1, Optional.empty(), Optional.of(new Whim(dice, story)));
  }

  private record Whim(Random dice, Consumer<String> story) {
    Optional<Fault> at(Boundary boundary) {
      if (dice.nextInt(4) > 0) {
        return Optional.empty();
      }
      List<Fault> all = Fault.of(boundary.kind());
      Fault fault = all.get(dice.nextInt(all.size()));
      story.accept("  " + boundary + ": " + fault);
      return Optional.of(fault);
    }
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
    if (whim.isPresent()) {
      return calm ? Optional.empty() : whim.get().at(boundary);
    }
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
