package dev.planwright.matrix;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs every scenario of one backend undisturbed, and then once for each boundary that was passed,
 * each fault that can strike there, and each status that a new process may find.
 */
final class Matrix {
  /** Refusals that a lost status may end in where the backend holds neither key nor mark. */
  private static final Set<Reason> NAMED_REFUSALS =
      Set.of(
          Reason.OWNERSHIP_CONFLICT,
          Reason.AMBIGUOUS_REMOTE,
          Reason.UNMANAGED_REMOTE_CONTENT,
          Reason.DRAFT_IN_USE,
          // An id that was never confirmed and is gone: nothing is made in its place unasked.
          Reason.REMOTE_MISSING);

  private final BackendUnderTest backend;
  private final Tamper tamper;
  private final ManualClock clock = new ManualClock();
  private final MatrixReport report;

  private Matrix(BackendUnderTest backend, Tamper tamper) {
    this.backend = backend;
    this.tamper = tamper;
    this.report = new MatrixReport(backend.name());
  }

  static MatrixReport run(BackendUnderTest backend) {
    return run(backend, Tamper.NONE);
  }

  static MatrixReport run(BackendUnderTest backend, Tamper tamper) {
    Matrix matrix = new Matrix(backend, tamper);
    backend.scenarios().forEach(matrix::scenario);
    return matrix.report;
  }

  private void scenario(Scenario scenario) {
    try (Server empty = backend.fresh(clock)) {
      Trial.Start start = prepare(scenario, empty);
      Trial.Ending clean = trial(scenario, start, Plot.undisturbed(), OptionalInt.empty()).run();
      MatrixReport.Row row = report.scenario(scenario, clean);
      switch (scenario.end()) {
        case DONE -> {
          if (!(clean.outcome() instanceof Outcome.Done)) {
            row.fail("undisturbed", "ended as " + clean.outcome());
            return;
          }
        }
        case REFUSED -> {
          if (clean.outcome() instanceof Outcome.Done || clean.serverWrites() > 0) {
            row.fail("undisturbed", "was not refused: " + clean);
            return;
          }
        }
      }
      disturb(scenario, start, clean, row);
      start.server().close();
    }
  }

  /** Brings what the scenario starts from about, without any fault and without any tampering. */
  private Trial.Start prepare(Scenario scenario, Server empty) {
    Server server = empty.copy();
    Desk desk = new Desk();
    if (scenario.before().isPresent()) {
      Plot plot = Plot.undisturbed();
      Scenario first = Scenario.create("before", scenario.before().get(), scenario.policies());
      OperatorProcess process =
          OperatorProcess.start(
              backend, new Wire(server, clock, plot), clock, desk, plot, Tamper.NONE);
      Outcome outcome = process.once(first.goal(), first);
      if (!(outcome instanceof Outcome.Done)) {
        throw new IllegalStateException(scenario + " could not be prepared: " + outcome);
      }
    }
    scenario.between().accept(server);
    return new Trial.Start(server, scenario.forgotten() ? new Desk() : desk, clock);
  }

  private void disturb(
      Scenario scenario, Trial.Start start, Trial.Ending clean, MatrixReport.Row row) {
    for (Boundary boundary : clean.boundaries()) {
      for (Fault fault : Fault.of(boundary.kind())) {
        String label = boundary + " / " + fault;
        Trial.Ending latest =
            run(scenario, start, clean, Plot.of(boundary, fault), OptionalInt.empty(), label, row);
        if (latest == null || !fault.isDeadly()) {
          continue;
        }
        for (int i = 0; i < latest.written(); i++) {
          run(
              scenario,
              start,
              clean,
              Plot.of(boundary, fault),
              OptionalInt.of(i),
              label + " / restarted from status " + i,
              row);
        }
        if (backend.mayForget(scenario)) {
          run(
              scenario,
              start,
              clean,
              Plot.of(boundary, fault),
              OptionalInt.of(Trial.EMPTY),
              label + " / restarted from an empty status",
              row);
        }
        if (backend.keepsId()) {
          run(
              scenario,
              start,
              clean,
              Plot.of(boundary, fault),
              OptionalInt.of(Trial.ANNOTATION),
              label + " / restarted from the annotation alone",
              row);
        }
      }
    }
  }

  private Trial trial(Scenario scenario, Trial.Start start, Plot plot, OptionalInt restart) {
    return new Trial(backend, scenario, tamper, start, plot, restart);
  }

  private Trial.@Nullable Ending run(
      Scenario scenario,
      Trial.Start start,
      Trial.Ending clean,
      Plot plot,
      OptionalInt restart,
      String label,
      MatrixReport.Row row) {
    row.ran();
    Trial.Ending ending;
    try {
      ending = trial(scenario, start, plot, restart).holding(clean.objects()).run();
    } catch (RuntimeException e) {
      // Whatever escapes the core is a finding with a place, not the end of the matrix.
      row.fail(label, "threw " + e);
      return null;
    }
    judge(scenario, start, clean, ending, restart, label, row);
    return ending;
  }

  private void judge(
      Scenario scenario,
      Trial.Start start,
      Trial.Ending clean,
      Trial.Ending ending,
      OptionalInt restart,
      String label,
      MatrixReport.Row row) {
    if (!ending.struck()) {
      row.fail(label, "the boundary was not reached");
    }
    ending.dishonest().forEach(lie -> row.fail(label, lie));
    if (ending.idleWrites() > 0) {
      row.fail(label, "still writes at rest: " + ending.idleWrites());
    }
    if (isNamedRefusal(scenario, start, clean, ending, restart)
        || isDraftLeftToPeople(start, ending, restart)) {
      row.refused();
      return;
    }
    if (!sameEnd(scenario, clean.outcome(), ending.outcome())) {
      row.fail(label, "ended as " + ending.outcome());
    }
    if (!neverCame(scenario, start, ending)) {
      compare(clean.objects(), ending.objects(), label, row);
    }
    if (restart.isEmpty() && ending.approvals() != clean.approvals()) {
      row.fail(
          label, "asked for %d approvals, not %d".formatted(ending.approvals(), clean.approvals()));
    }
  }

  /**
   * Where the account doesn't tell what is ours, a lost status may end in a refusal, or in an
   * object left as it is; never in a second object.
   */
  private boolean isNamedRefusal(
      Scenario scenario,
      Trial.Start start,
      Trial.Ending clean,
      Trial.Ending ending,
      OptionalInt restart) {
    boolean refused =
        switch (ending.outcome()) {
          case Outcome.Blocked(Reason reason, String message) -> NAMED_REFUSALS.contains(reason);
          case Outcome.Unfinished unfinished -> false;
          case Outcome.Done done -> false;
          case Outcome.Inexpressible inexpressible -> false;
          case Outcome.Stale stale -> false;
        };
    boolean released =
        scenario.lastGoal() instanceof Scenario.Remove && ending.outcome() instanceof Outcome.Done;
    // Deleted while it was created, status may not know yet what of it is ours.
    boolean unknown = restart.isPresent() || (refused && scenario.then() != Scenario.Then.NOTHING);
    return !backend.isMarked()
        && unknown
        && (refused || released)
        && backend.sellable(ending.objects())
            <= Math.max(clean.most(), backend.sellable(start.server().objects()));
  }

  /** Deleted before anything of it was there, it may never have been there. */
  private static boolean neverCame(Scenario scenario, Trial.Start start, Trial.Ending ending) {
    return scenario.then() != Scenario.Then.NOTHING
        && ending.objects().equals(start.server().objects());
  }

  /** What is sold is what was sold before, and the condition says that a draft is in the way. */
  private boolean isDraftLeftToPeople(Trial.Start start, Trial.Ending ending, OptionalInt restart) {
    return restart.isPresent()
        && ending.outcome() instanceof Outcome.Blocked(Reason reason, String message)
        && reason == Reason.DRAFT_IN_USE
        && withoutDrafts(ending.objects()).equals(withoutDrafts(start.server().objects()));
  }

  private List<String> withoutDrafts(List<String> objects) {
    return objects.stream().filter(object -> !backend.isOpenDraft(object)).toList();
  }

  private static boolean sameEnd(Scenario scenario, Outcome clean, Outcome ended) {
    return switch (scenario.end()) {
      case DONE -> ended instanceof Outcome.Done;
      case REFUSED -> clean.getClass().equals(ended.getClass());
    };
  }

  /** More than one of what there should be one of is a duplicate; anything else too many a leak. */
  private static void compare(
      List<String> clean, List<String> there, String label, MatrixReport.Row row) {
    List<String> lacking = new ArrayList<>(clean);
    List<String> surplus = new ArrayList<>();
    for (String object : there) {
      if (!lacking.remove(object)) {
        surplus.add(object);
      }
    }
    if (there.size() <= clean.size()) {
      // A changed object shows as one lacking and one too many: a wrong end, not a leak.
      if (!surplus.isEmpty() || !lacking.isEmpty()) {
        row.fail(label, "lacks " + lacking + " and holds " + surplus);
      }
      return;
    }
    if (surplus.stream().anyMatch(clean::contains)) {
      row.duplicate(label, surplus);
    } else {
      row.leak(label, surplus);
    }
  }
}
