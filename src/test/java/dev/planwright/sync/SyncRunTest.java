package dev.planwright.sync;

import static dev.planwright.sync.SyncBench.HASH;
import static dev.planwright.sync.SyncBench.assertBlocked;
import static dev.planwright.sync.SyncBench.memory;
import static dev.planwright.sync.SyncBench.request;
import static dev.planwright.sync.SyncBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyncRunTest {
  private final SyncBench bench = new SyncBench();

  @Test
  void anObjectThatAnotherPlanHoldsIsNeverTouchedWhereOnlyIdsTell() {
    bench.billing.knownByIdOnly = true;
    bench.put("plan_held", "another text");
    SyncResult result = bench.sync("plan_held", "");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> {
              assertThat(blocked.reason()).isEqualTo(Reason.OWNERSHIP_CONFLICT);
              assertThat(blocked.message()).contains("plan_held", "shop/b");
            });
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void whereMarksTellNobodyIsAskedWhoHoldsIt() {
    bench.put("plan_held", "another text");
    assertThat(bench.sync("plan_held", "").outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void tidyingUpWhatWeLeftOnPurposeIsDoneUnderReportAndIsNoDrift() {
    bench.billing.shape = Step.Builder::upkeep;
    bench.put("plan_1", "old");
    SyncResult result = bench.sync("plan_1", HASH);
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    assertThat(bench.sent).hasValue(1);
    assertThat(result.memory().drift()).isEmpty();
  }

  @Test
  void anyOtherDifferenceWithoutAnEditIsDriftAndOnlyReported() {
    bench.put("plan_1", "old");
    SyncResult result = bench.sync("plan_1", HASH);
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> assertThat(blocked.reason()).isEqualTo(Reason.DRIFTED));
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void whatTheBackendMakesImpossibleSinceIsNotTakenForConfirmedByTheNextRun() {
    bench.put("plan_1", "text");
    bench.billing.conflicts =
        List.of(
            new Violation("Plan shop/pro", "spec.tax", "", "has another rate there", "mend it"));
    SyncResult first = bench.sync("plan_1", HASH);
    assertThat(first.outcome()).isInstanceOf(Outcome.Inexpressible.class);
    assertThat(request(first.memory()).isSettled("org_1")).isFalse();

    bench.billing.conflicts = List.of();
    SyncResult second = bench.run(request(first.memory()));
    assertThat(second.outcome()).isEqualTo(new Outcome.Done());
    assertThat(request(second.memory()).isSettled("org_1")).isTrue();
  }

  @Test
  void aBackendThatAnswersSuccessAndDoesNothingIsNeverReady() {
    bench.billing.deaf = true;
    bench.put("plan_1", "old");
    SyncResult result = bench.sync("plan_1", "");
    assertBlocked(
        result, Reason.NOT_CONVERGED, "answered success, and still differs", "displayName");
    assertThat(bench.sent).as("the same is not bench.sent twice").hasValue(1);
    assertThat(request(result.memory()).isSettled("org_1")).isFalse();
  }

  @Test
  void aKeyThatOpensAnotherAccountThanTheOnePinnedSendsNothing() {
    bench.put("plan_1", "old");
    SyncRequest elsewhere =
        request(
            Memory.EMPTY.withBinding(
                new Memory.Binding("http/1", "org_9", "plan_1", "", Handles.NONE)));
    assertBlocked(bench.run(elsewhere), Reason.ACCOUNT_MISMATCH, "org_9", "org_1");
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void underObserveTheDifferenceIsToldAndNothingSent() {
    bench.put("plan_1", "old");
    SyncResult result = bench.run(request(memory("plan_1", ""), with(Policies.Management.OBSERVE)));
    assertBlocked(result, Reason.OBSERVING, "displayName");
    assertThat(result.pending()).hasSize(1);
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void whatTakesSomethingAwayNeedsALiveLook() {
    bench.billing.shape = Step.Builder::removes;
    bench.whyNot = Optional.of("namespace shop is being deleted");
    bench.put("plan_1", "old");
    SyncResult result = bench.sync("plan_1", "");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Unfinished.class,
            it -> assertThat(it.message()).contains("namespace shop is being deleted"));
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void whoeverPaysIsAskedForBeforeAnythingThatTouchesThem() {
    bench.billing.shape = step -> step.affects(Affects.EXISTING_SUBSCRIBERS);
    bench.put("plan_1", "old");
    bench.billing.subscribers = new Subscribers.Known(3);
    assertBlocked(bench.sync("plan_1", ""), Reason.SUBSCRIBERS_AFFECTED, "3 subscribers");
    bench.billing.subscribers = new Subscribers.Unreadable("forbidden");
    assertBlocked(bench.sync("plan_1", ""), Reason.SUBSCRIBERS_UNKNOWN, "forbidden");
    assertThat(bench.sent).hasValue(0);
    bench.billing.subscribers = new Subscribers.Known(0);
    assertThat(bench.sync("plan_1", "").outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void anApprovalIsWrittenDownBeforeItIsUsedAndNeverWorksTwice() {
    bench.billing.shape = step -> step.affects(Affects.EXISTING_SUBSCRIBERS);
    bench.billing.subscribers = new Subscribers.Known(3);
    bench.put("plan_1", "old");
    Policies migrate = with(Policies.ExistingSubscribers.MIGRATE);
    SyncResult asked = bench.run(request(memory("plan_1", ""), migrate));
    assertBlocked(asked, Reason.APPROVAL_REQUIRED, asked.pendingHash());
    assertThat(bench.sent).hasValue(0);

    SyncResult done = bench.run(request(memory("plan_1", ""), migrate, asked.pendingHash()));
    assertThat(done.outcome()).isEqualTo(new Outcome.Done());
    assertThat(bench.written)
        .as("before the first call")
        .singleElement()
        .satisfies(memory -> assertThat(memory.hasUsed(asked.pendingHash())).isTrue());

    bench.put("plan_1", "old");
    SyncResult replayed =
        bench.run(request(done.memory().unsynced(), migrate, asked.pendingHash()));
    assertBlocked(replayed, Reason.APPROVAL_REQUIRED, replayed.pendingHash());
    assertThat(bench.sent).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Policies.Adoption.class)
  void anUnmarkedObjectIsTakenOverAsFarAsThePolicyGoes(Policies.Adoption adoption) {
    bench.billing.ownership = Observation.Ownership.UNMARKED;
    bench.put("plan_1", "old");
    SyncResult result = bench.run(request(memory("", ""), with(adoption), "plan_1", ""));
    switch (adoption) {
      case NEVER -> assertBlocked(result, Reason.OWNERSHIP_CONFLICT, "bears no owner's mark");
      case IF_EQUAL -> assertBlocked(result, Reason.OWNERSHIP_CONFLICT, "differs");
      case ALWAYS -> assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    }
    boolean taken = adoption == Policies.Adoption.ALWAYS;
    assertThat(bench.sent).hasValue(taken ? 1 : 0);
    // What status knows by its id counts as ours at the next look.
    assertThat(result.view().isPresent()).as("shown as ours").isEqualTo(taken);
  }

  @Test
  void whatIsArchivedThereWhileItIsToBeSoldIsToldAndNotTouched() {
    bench.billing.archived = true;
    bench.put("plan_1", "text");
    assertBlocked(bench.sync("plan_1", ""), Reason.REMOTE_ARCHIVED, "plan_1");
  }

  @Test
  void afterAWriteThatWasNotReadBackTheOldConfirmationIsNotBelieved() {
    bench.put("plan_1", "old");
    AtomicInteger looks = new AtomicInteger();
    bench.billing.onFind =
        () -> {
          if (looks.incrementAndGet() == 2) {
            throw new BackendException(BackendException.Kind.NO_ANSWER, "no bench.answer came");
          }
        };
    SyncResult result = bench.sync("plan_1", "sha256:what was sold before");
    assertThat(result.outcome()).isInstanceOf(Outcome.Unfinished.class);
    assertThat(bench.sent).hasValue(1);
    assertThat(result.memory().binding().syncedHash()).isEmpty();
  }
}
