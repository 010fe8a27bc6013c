package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * Whole lives of a Plan, with many faults in one run: nobody who pays is ever touched without
 * approval, there is never a second plan, and what is called done is sold at the price that was
 * asked for. What is paid is computed by each server's own code.
 */
class LivesTest {
  private static final int EDITS = 6;

  /** As often as this edits have to be done on each backend, for the test to mean something. */
  private static final int ENOUGH = 10;

  /** What people have to decide, in whatever life. */
  private static final Set<Reason> ASKED =
      EnumSet.of(Reason.SUBSCRIBERS_AFFECTED, Reason.APPROVAL_REQUIRED);

  /**
   * What else a lost or old status may end in where the account itself doesn't tell what is ours,
   * or who opened a draft; and, where reads lag after one write and again after the next, what was
   * then written twice.
   */
  private static final Set<Reason> UNCLEAR =
      EnumSet.of(
          Reason.OWNERSHIP_CONFLICT,
          Reason.UNMANAGED_REMOTE_CONTENT,
          Reason.DRAFT_IN_USE,
          Reason.DRIFTED,
          Reason.AMBIGUOUS_REMOTE,
          Reason.REMOTE_MISSING);

  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void nobodyWhoPaysIsTouchedNothingIsDoubledAndDoneIsTrue(
      @ForAll("backends") BackendUnderTest backend, @ForAll long seed) {
    Life life = new Life(backend, seed, Tamper.NONE);
    for (Outcome end : life.live(EDITS)) {
      switch (end) {
        case Outcome.Done done -> Statistics.collect(backend.name() + " Done");
        case Outcome.Blocked(Reason reason, String message) -> {
          Statistics.collect(backend.name() + " " + reason);
          boolean isUnclear = !backend.isMarked() || backend instanceof StiggUnderTest;
          assertThat(
                  ASKED.contains(reason)
                      || (isUnclear && UNCLEAR.contains(reason))
                      || (life.wasRestored() && reason == Reason.DRIFTED))
              .as("%s: %s", reason, message)
              .isTrue();
        }
        case Outcome.Unfinished unfinished -> throw new AssertionError("never ends: " + unfinished);
        case Outcome.Stale stale -> throw new AssertionError("never ends: " + stale);
        case Outcome.Inexpressible it -> throw new AssertionError("cannot be said: " + it);
      }
    }
    Statistics.coverage(
        it -> {
          for (BackendUnderTest one : Backends.OFFERED) {
            it.check(one.name() + " Done").count(done -> done >= ENOUGH);
          }
        });
  }

  @Provide
  Arbitrary<BackendUnderTest> backends() {
    return Arbitraries.of(Backends.OFFERED);
  }
}
