package dev.planwright.sync;

import static dev.planwright.sync.SyncBench.HASH;
import static dev.planwright.sync.SyncBench.assertBlocked;
import static dev.planwright.sync.SyncBench.memory;
import static dev.planwright.sync.SyncBench.request;
import static dev.planwright.sync.SyncBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.testing.SmallPlans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan that is gone is made again where the drift policy or a person says so, and else told. */
class RecreationTest {
  private final SyncBench bench = new SyncBench();

  @Test
  void whatWasThereAndIsGoneIsMadeAgainUnderRevertOnlyAndNeverOnAnotherAccount() {
    SyncResult reported = bench.sync("plan_1", HASH);
    assertBlocked(reported, Reason.REMOTE_MISSING, "plan_1");
    bench.billing.facts =
        new AccountFacts("org_2", "Other", AccountFacts.AccountEnvironment.SANDBOX, Map.of());
    SyncResult elsewhere =
        bench.run(request(memory("plan_1", HASH), with(Policies.DriftPolicy.REVERT)));
    assertBlocked(elsewhere, Reason.ACCOUNT_MISMATCH, "org_2");
    assertThat(bench.sent).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(Policies.DriftPolicy.class)
  void whatWasMadeAndNeverConfirmedIsMissedAfterTwoLooksAndNotMadeAgainByItself(
      Policies.DriftPolicy drift) {
    SyncResult first = bench.run(request(neverConfirmed(), with(drift)));
    bench.clock.advance(Duration.ofSeconds(80));
    SyncResult soon = bench.run(request(first.memory(), with(drift)));
    bench.clock.advance(Duration.ofSeconds(11));
    SyncResult late = bench.run(request(soon.memory(), with(drift)));

    assertThat(List.of(first, soon))
        .allSatisfy(
            it ->
                assertThat(it.outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Unfinished.class,
                        wait -> assertThat(wait.reason()).isEqualTo(Reason.PROGRESSING)));
    assertBlocked(
        late,
        Reason.REMOTE_MISSING,
        "plan_1 is not on the account",
        "kubectl annotate bplan",
        "planwright.dev/approve=" + late.pendingHash());
    assertThat(late.pendingHash()).isNotEmpty();
    assertThat(late.pending()).isNotEmpty();
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void whatWasSentAfterTheFirstLookHasItsTimeToBeShown() {
    SyncResult first = bench.run(request(neverConfirmed()));
    bench.clock.advance(Duration.ofSeconds(60));
    Intent unseen = new Intent("unseen: create plan", bench.clock.instant(), "", "");
    Memory memory =
        first
            .memory()
            .withJournal(new Memory.Journal(List.of(unseen), first.memory().journal().lookedAt()));
    bench.clock.advance(Duration.ofSeconds(60));

    assertThat(bench.run(request(memory)).outcome()).isInstanceOf(Outcome.Unfinished.class);
  }

  @Test
  void aPersonMayHaveWhatIsMissingMadeAgainOnce() {
    makesAnew("plan_2");
    SyncResult missing = missing(neverConfirmed());
    String hash = missing.pendingHash();
    SyncResult made = bench.run(request(missing.memory(), SmallPlans.POLICIES, hash));

    assertThat(made.outcome()).isEqualTo(new Outcome.Done());
    assertThat(made.memory().binding().externalId()).isEqualTo("plan_2");
    assertThat(bench.sent).hasValue(1);
    assertThat(bench.written)
        .as("the approval is bench.written down before it is used")
        .singleElement()
        .satisfies(it -> assertThat(it.hasUsed(hash)).isTrue())
        .satisfies(it -> assertThat(it.isApproved(HASH)).as("moves nobody").isFalse());

    bench.billing.plans.clear();
    SyncResult again = bench.run(request(made.memory(), SmallPlans.POLICIES, hash));
    assertBlocked(again, Reason.REMOTE_MISSING, "plan_2 was there and is gone");
    assertThat(again.pendingHash()).isNotEqualTo(hash);
    assertThat(bench.sent).hasValue(1);
  }

  /** The old id comes back from the annotation, where nothing but ids tell. */
  @Test
  void anApprovalCoversTheTriesUntilItIsMade() {
    makesAnew("plan_2");
    SyncResult missing = missing(neverConfirmed());
    bench.answer = 500;
    SyncResult failed =
        bench.run(request(missing.memory(), SmallPlans.POLICIES, missing.pendingHash()));
    assertThat(failed.outcome()).isNotEqualTo(new Outcome.Done());
    bench.answer = 200;
    Memory old = failed.memory().bound("plan_1");
    SyncResult waiting = bench.run(request(old, SmallPlans.POLICIES, missing.pendingHash()));
    bench.clock.advance(Duration.ofSeconds(91));

    SyncResult made =
        bench.run(request(waiting.memory(), SmallPlans.POLICIES, missing.pendingHash()));

    assertThat(made.outcome()).isEqualTo(new Outcome.Done());
    assertThat(made.memory().approvals()).hasSize(1);
  }

  @Test
  void whatWasConfirmedOnceAndIsGoneAfterAWriteIsMadeAgainUnderRevert() {
    makesAnew("plan_2");
    Policies revert = with(Policies.DriftPolicy.REVERT);
    SyncResult first = bench.run(request(memory("plan_1", ""), revert));
    assertThat(bench.sent).hasValue(0);
    bench.clock.advance(Duration.ofSeconds(91));

    assertThat(bench.run(request(first.memory(), revert)).outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void whoOnlyObservesIsOfferedNothing() {
    SyncResult missing =
        bench.run(request(memory("plan_1", HASH), with(Policies.Management.OBSERVE)));

    assertBlocked(missing, Reason.REMOTE_MISSING, "plan_1");
    assertThat(missing.pendingHash()).isEmpty();
  }

  @Test
  void anEarlierLookThatMissedItCountsNoMoreOnceItWasSeen() {
    Memory missed = bench.run(request(neverConfirmed())).memory();
    bench.put("plan_1", "old");
    bench.billing.conflicts =
        List.of(new Violation("Plan", "spec.type", "", "is fixed", "nothing"));
    Memory seen = bench.run(request(missed)).memory();
    bench.billing.plans.clear();
    bench.clock.advance(Duration.ofMinutes(5));

    assertThat(bench.run(request(seen)).outcome()).isInstanceOf(Outcome.Unfinished.class);
  }

  private static Memory neverConfirmed() {
    return Memory.EMPTY.withBinding(new Memory.Binding("", "org_1", "plan_1", "", Handles.NONE));
  }

  /** After two looks. */
  private SyncResult missing(Memory memory) {
    SyncResult first = bench.run(request(memory));
    bench.clock.advance(Duration.ofSeconds(91));
    SyncResult missing = bench.run(request(first.memory()));
    assertBlocked(missing, Reason.REMOTE_MISSING, "plan_1");
    return missing;
  }

  private void makesAnew(String id) {
    bench.billing.shape =
        step ->
            step.learn(
                (handles, response) -> {
                  bench.put(id, "text");
                  return handles.with(Handles.PLAN, id);
                });
  }
}
