package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of every backend's table of whom a step touches, changed by an edit, by a drift revert
 * and by an adoption: exactly these calls are sent, and none where people who pay were not asked
 * about.
 */
class GuardsTest {

  static Stream<Arguments> everyRowOnEveryPath() {
    return GuardCases.all().stream()
        .flatMap(
            change -> Stream.of(GuardRun.Path.values()).map(path -> Arguments.of(change, path)));
  }

  @Test
  void everyRowHasACase() {
    TreeSet<String> rows = new TreeSet<>();
    for (BackendUnderTest backend : Backends.OFFERED) {
      List<AffectsRow> table = backend.factory().affects();
      assertThat(table).isNotEmpty();
      table.forEach(row -> rows.add(backend.name() + ": " + row.what()));
    }
    GuardCases.all().forEach(it -> rows.remove(it.toString()));
    assertThat(rows).isEqualTo(new TreeSet<>(GuardCases.elsewhere().keySet()));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyRowOnEveryPath")
  void whoPaysIsAskedAboutBeforeAnythingIsSent(GuardCase change, GuardRun.Path path) {
    for (ExistingSubscribers policy : ExistingSubscribers.values()) {
      List<String> calls = withNobody(change, path, policy);
      if (calls.isEmpty()) {
        continue; // what is there and not ours stands in the way: held by withNobody
      }
      Affects affects =
          policy == ExistingSubscribers.KEEP
              ? change.row().underKeep()
              : change.row().underMigrate();
      if (affects != Affects.EXISTING_SUBSCRIBERS) {
        sentWhoeverSubscribes(change, path, policy, calls);
      } else if (policy == ExistingSubscribers.KEEP) {
        keptFromEverybody(change, path);
      } else {
        sentOnceWhenApproved(change, path, calls);
      }
    }
  }

  private static List<String> withNobody(
      GuardCase change, GuardRun.Path path, ExistingSubscribers policy) {
    try (GuardRun run = new GuardRun(change, path)) {
      GuardRun.Result result = run.attempt(policy);
      if (!change.backend().countsSubscribers()
          && policy == ExistingSubscribers.MIGRATE
          && change.row().underMigrate() == Affects.EXISTING_SUBSCRIBERS
          && result.calls().isEmpty()) {
        // Nobody subscribes, and nobody can tell: the question is asked all the same.
        assertThat(result.reason()).isIn(Reason.APPROVAL_REQUIRED, Reason.UNMANAGED_REMOTE_CONTENT);
        run.approve();
        result = run.attempt(policy);
      }
      if (path == GuardRun.Path.ADOPTION && result.calls().isEmpty()) {
        assertThat(result.reason()).isEqualTo(Reason.UNMANAGED_REMOTE_CONTENT);
        return List.of();
      }
      assertThat(result.outcome()).as("0 subscribers").isEqualTo(new Outcome.Done());
      if (path == GuardRun.Path.EDIT) {
        assertThat(result.calls()).isEqualTo(change.calls());
      }
      assertThat(result.calls()).isNotEmpty();
      return result.calls();
    }
  }

  private static void sentWhoeverSubscribes(
      GuardCase change, GuardRun.Path path, ExistingSubscribers policy, List<String> calls) {
    for (boolean readable : List.of(true, false)) {
      try (GuardRun run = new GuardRun(change, path)) {
        run.subscribe();
        if (!readable) {
          run.hideSubscribers();
        }
        GuardRun.Result result = run.attempt(policy);
        assertThat(result.calls()).as(policy + ", readable " + readable).isEqualTo(calls);
        assertThat(result.outcome()).isEqualTo(new Outcome.Done());
      }
    }
  }

  private static void keptFromEverybody(GuardCase change, GuardRun.Path path) {
    try (GuardRun run = new GuardRun(change, path)) {
      run.subscribe();
      refused(run, ExistingSubscribers.KEEP, Reason.SUBSCRIBERS_AFFECTED);
      run.hideSubscribers();
      refused(run, ExistingSubscribers.KEEP, Reason.SUBSCRIBERS_UNKNOWN);
    }
  }

  private static void sentOnceWhenApproved(
      GuardCase change, GuardRun.Path path, List<String> calls) {
    boolean mayGoUncounted = change.backend().mayGoUncounted();
    if (!mayGoUncounted) {
      try (GuardRun run = new GuardRun(change, path)) {
        run.subscribe();
        refused(run, ExistingSubscribers.MIGRATE, Reason.APPROVAL_REQUIRED);
        run.approve();
        run.hideSubscribers();
        refused(run, ExistingSubscribers.MIGRATE, Reason.SUBSCRIBERS_UNKNOWN);
      }
    }
    for (boolean readable : mayGoUncounted ? List.of(true, false) : List.of(true)) {
      try (GuardRun run = new GuardRun(change, path)) {
        run.subscribe();
        if (!readable) {
          run.hideSubscribers();
        }
        refused(run, ExistingSubscribers.MIGRATE, Reason.APPROVAL_REQUIRED);
        run.approve();
        GuardRun.Result current = run.attempt(ExistingSubscribers.MIGRATE);
        assertThat(current.calls()).as("approved, readable " + readable).isEqualTo(calls);
        assertThat(current.outcome()).isEqualTo(new Outcome.Done());

        run.undoByHand();
        refused(run, ExistingSubscribers.MIGRATE, Reason.APPROVAL_REQUIRED);
      }
    }
    try (GuardRun run = new GuardRun(change, path)) {
      run.subscribe();
      refused(run, ExistingSubscribers.MIGRATE, Reason.APPROVAL_REQUIRED);
      run.approve();
      run.changeByHand();
      refused(run, ExistingSubscribers.MIGRATE, Reason.APPROVAL_REQUIRED);
    }
  }

  private static void refused(GuardRun run, ExistingSubscribers policy, Reason reason) {
    GuardRun.Result result = run.attempt(policy);
    assertThat(result.calls()).as("calls, expecting " + reason).isEmpty();
    assertThat(result.reason()).as(result.toString()).isEqualTo(reason);
  }
}
