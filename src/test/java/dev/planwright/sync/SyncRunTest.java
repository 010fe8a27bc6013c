package dev.planwright.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.testing.FakeBilling;
import dev.planwright.testing.FakeBilling.Remote;
import dev.planwright.testing.SmallPlans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyncRunTest {
  private static final String HASH = "sha256:same";

  private final ManualClock clock = new ManualClock();
  private final FakeBilling billing = new FakeBilling();
  private final AtomicInteger sent = new AtomicInteger();
  private final List<Memory> written = new ArrayList<>();
  private Optional<String> whyNot = Optional.empty();
  private int answer = 200;
  private final StatusStore heldByB =
      new StatusStore() {
        @Override
        public void write(Memory memory) {
          written.add(memory);
        }

        @Override
        public Optional<String> whyNotRemove() {
          return whyNot;
        }

        @Override
        public Optional<String> holderOf(String externalId) {
          return externalId.equals("plan_held") ? Optional.of("shop/b") : Optional.empty();
        }
      };

  @Test
  void anObjectThatAnotherPlanHoldsIsNeverTouchedWhereOnlyIdsTell() {
    billing.knownByIdOnly = true;
    put("plan_held", "another text");
    SyncResult result = sync("plan_held", "");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> {
              assertThat(blocked.reason()).isEqualTo(Reason.OWNERSHIP_CONFLICT);
              assertThat(blocked.message()).contains("plan_held", "shop/b");
            });
    assertThat(sent).hasValue(0);
  }

  @Test
  void whereMarksTellNobodyIsAskedWhoHoldsIt() {
    put("plan_held", "another text");
    assertThat(sync("plan_held", "").outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void aDeletedCopyOfAManifestLeavesTheObjectOfTheOriginal() {
    billing.knownByIdOnly = true;
    put("plan_held", "text");
    SyncResult result =
        new RemovalRun<>(
                account(),
                new RemovalRequest(
                    "Plan shop/a",
                    new Identity("acme", "pro"),
                    Policies.Deletion.DELETE,
                    memory("plan_held", "")),
                heldByB,
                clock)
            .run();
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    assertThat(result.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo(SyncEvent.Type.RELEASED);
              assertThat(event.text()).contains("is held by Plan shop/b");
            });
  }

  @Test
  void tidyingUpWhatWeLeftOnPurposeIsDoneUnderReportAndIsNoDrift() {
    billing.shape = Step.Builder::upkeep;
    put("plan_1", "old");
    SyncResult result = sync("plan_1", HASH);
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    assertThat(sent).hasValue(1);
    assertThat(result.memory().drift()).isEmpty();
  }

  @Test
  void anyOtherDifferenceWithoutAnEditIsDriftAndOnlyReported() {
    put("plan_1", "old");
    SyncResult result = sync("plan_1", HASH);
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> assertThat(blocked.reason()).isEqualTo(Reason.DRIFTED));
    assertThat(sent).hasValue(0);
  }

  @Test
  void whatTheBackendMakesImpossibleSinceIsNotTakenForConfirmedByTheNextRun() {
    put("plan_1", "text");
    billing.conflicts =
        List.of(
            new Violation("Plan shop/pro", "spec.tax", "", "has another rate there", "mend it"));
    SyncResult first = sync("plan_1", HASH);
    assertThat(first.outcome()).isInstanceOf(Outcome.Inexpressible.class);
    assertThat(request(first.memory()).isSettled("org_1")).isFalse();

    billing.conflicts = List.of();
    SyncResult second = run(request(first.memory()));
    assertThat(second.outcome()).isEqualTo(new Outcome.Done());
    assertThat(request(second.memory()).isSettled("org_1")).isTrue();
  }

  @Test
  void aBackendThatAnswersSuccessAndDoesNothingIsNeverReady() {
    billing.deaf = true;
    put("plan_1", "old");
    SyncResult result = sync("plan_1", "");
    assertBlocked(
        result, Reason.NOT_CONVERGED, "answered success, and still differs", "displayName");
    assertThat(sent).as("the same is not sent twice").hasValue(1);
    assertThat(request(result.memory()).isSettled("org_1")).isFalse();
  }

  @Test
  void aKeyThatOpensAnotherAccountThanTheOnePinnedSendsNothing() {
    put("plan_1", "old");
    SyncRequest elsewhere =
        request(
            Memory.EMPTY.withBinding(
                new Memory.Binding("http/1", "org_9", "plan_1", "", Handles.NONE)));
    assertBlocked(run(elsewhere), Reason.ACCOUNT_MISMATCH, "org_9", "org_1");
    assertThat(sent).hasValue(0);
  }

  @Test
  void underObserveTheDifferenceIsToldAndNothingSent() {
    put("plan_1", "old");
    SyncResult result = run(request(memory("plan_1", ""), with(Policies.Management.OBSERVE)));
    assertBlocked(result, Reason.OBSERVING, "displayName");
    assertThat(result.pending()).hasSize(1);
    assertThat(sent).hasValue(0);
  }

  @Test
  void whatTakesSomethingAwayNeedsALiveLook() {
    billing.shape = Step.Builder::removes;
    whyNot = Optional.of("namespace shop is being deleted");
    put("plan_1", "old");
    SyncResult result = sync("plan_1", "");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Unfinished.class,
            it -> assertThat(it.message()).contains("namespace shop is being deleted"));
    assertThat(sent).hasValue(0);
  }

  @Test
  void whoeverPaysIsAskedForBeforeAnythingThatTouchesThem() {
    billing.shape = step -> step.affects(Affects.EXISTING_SUBSCRIBERS);
    put("plan_1", "old");
    billing.subscribers = new Subscribers.Known(3);
    assertBlocked(sync("plan_1", ""), Reason.SUBSCRIBERS_AFFECTED, "3 subscribers");
    billing.subscribers = new Subscribers.Unreadable("forbidden");
    assertBlocked(sync("plan_1", ""), Reason.SUBSCRIBERS_UNKNOWN, "forbidden");
    assertThat(sent).hasValue(0);
    billing.subscribers = new Subscribers.Known(0);
    assertThat(sync("plan_1", "").outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void anApprovalIsWrittenDownBeforeItIsUsedAndNeverWorksTwice() {
    billing.shape = step -> step.affects(Affects.EXISTING_SUBSCRIBERS);
    billing.subscribers = new Subscribers.Known(3);
    put("plan_1", "old");
    Policies migrate = with(Policies.ExistingSubscribers.MIGRATE);
    SyncResult asked = run(request(memory("plan_1", ""), migrate));
    assertBlocked(asked, Reason.APPROVAL_REQUIRED, asked.pendingHash());
    assertThat(sent).hasValue(0);

    SyncResult done = run(request(memory("plan_1", ""), migrate, asked.pendingHash()));
    assertThat(done.outcome()).isEqualTo(new Outcome.Done());
    assertThat(written)
        .as("before the first call")
        .singleElement()
        .satisfies(memory -> assertThat(memory.hasUsed(asked.pendingHash())).isTrue());

    put("plan_1", "old");
    SyncResult replayed = run(request(done.memory().unsynced(), migrate, asked.pendingHash()));
    assertBlocked(replayed, Reason.APPROVAL_REQUIRED, replayed.pendingHash());
    assertThat(sent).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Policies.Adoption.class)
  void anUnmarkedObjectIsTakenOverAsFarAsThePolicyGoes(Policies.Adoption adoption) {
    billing.ownership = Observation.Ownership.UNMARKED;
    put("plan_1", "old");
    SyncResult result = run(request(memory("", ""), with(adoption), "plan_1", ""));
    switch (adoption) {
      case NEVER -> assertBlocked(result, Reason.OWNERSHIP_CONFLICT, "bears no owner's mark");
      case IF_EQUAL -> assertBlocked(result, Reason.OWNERSHIP_CONFLICT, "differs");
      case ALWAYS -> assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    }
    boolean taken = adoption == Policies.Adoption.ALWAYS;
    assertThat(sent).hasValue(taken ? 1 : 0);
    // What status knows by its id counts as ours at the next look.
    assertThat(result.view().isPresent()).as("shown as ours").isEqualTo(taken);
  }

  @Test
  void whatWasThereAndIsGoneIsMadeAgainUnderRevertOnlyAndNeverOnAnotherAccount() {
    SyncResult reported = sync("plan_1", HASH);
    assertBlocked(reported, Reason.REMOTE_MISSING, "plan_1");
    billing.facts =
        new AccountFacts("org_2", "Other", AccountFacts.AccountEnvironment.SANDBOX, Map.of());
    SyncResult elsewhere = run(request(memory("plan_1", HASH), with(Policies.DriftPolicy.REVERT)));
    assertBlocked(elsewhere, Reason.ACCOUNT_MISMATCH, "org_2");
    assertThat(sent).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(Policies.DriftPolicy.class)
  void whatWasMadeAndNeverConfirmedIsMissedAfterTwoLooksAndNotMadeAgainByItself(
      Policies.DriftPolicy drift) {
    SyncResult first = run(request(neverConfirmed(), with(drift)));
    clock.advance(Duration.ofSeconds(80));
    SyncResult soon = run(request(first.memory(), with(drift)));
    clock.advance(Duration.ofSeconds(11));
    SyncResult late = run(request(soon.memory(), with(drift)));

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
    assertThat(sent).hasValue(0);
  }

  @Test
  void whatWasSentAfterTheFirstLookHasItsTimeToBeShown() {
    SyncResult first = run(request(neverConfirmed()));
    clock.advance(Duration.ofSeconds(60));
    Intent unseen = new Intent("unseen: create plan", clock.instant(), "", "");
    Memory memory =
        first
            .memory()
            .withJournal(new Memory.Journal(List.of(unseen), first.memory().journal().lookedAt()));
    clock.advance(Duration.ofSeconds(60));

    assertThat(run(request(memory)).outcome()).isInstanceOf(Outcome.Unfinished.class);
  }

  @Test
  void aPersonMayHaveWhatIsMissingMadeAgainOnce() {
    makesAnew("plan_2");
    SyncResult missing = missing(neverConfirmed());
    String hash = missing.pendingHash();
    SyncResult made = run(request(missing.memory(), SmallPlans.POLICIES, hash));

    assertThat(made.outcome()).isEqualTo(new Outcome.Done());
    assertThat(made.memory().binding().externalId()).isEqualTo("plan_2");
    assertThat(sent).hasValue(1);
    assertThat(written)
        .as("the approval is written down before it is used")
        .singleElement()
        .satisfies(it -> assertThat(it.hasUsed(hash)).isTrue())
        .satisfies(it -> assertThat(it.isApproved(HASH)).as("moves nobody").isFalse());

    billing.plans.clear();
    SyncResult again = run(request(made.memory(), SmallPlans.POLICIES, hash));
    assertBlocked(again, Reason.REMOTE_MISSING, "plan_2 was there and is gone");
    assertThat(again.pendingHash()).isNotEqualTo(hash);
    assertThat(sent).hasValue(1);
  }

  /** The old id comes back from the annotation, where nothing but ids tell. */
  @Test
  void anApprovalCoversTheTriesUntilItIsMade() {
    makesAnew("plan_2");
    SyncResult missing = missing(neverConfirmed());
    answer = 500;
    SyncResult failed = run(request(missing.memory(), SmallPlans.POLICIES, missing.pendingHash()));
    assertThat(failed.outcome()).isNotEqualTo(new Outcome.Done());
    answer = 200;
    Memory old = failed.memory().bound("plan_1");
    SyncResult waiting = run(request(old, SmallPlans.POLICIES, missing.pendingHash()));
    clock.advance(Duration.ofSeconds(91));

    SyncResult made = run(request(waiting.memory(), SmallPlans.POLICIES, missing.pendingHash()));

    assertThat(made.outcome()).isEqualTo(new Outcome.Done());
    assertThat(made.memory().approvals()).hasSize(1);
  }

  @Test
  void whatWasConfirmedOnceAndIsGoneAfterAWriteIsMadeAgainUnderRevert() {
    makesAnew("plan_2");
    Policies revert = with(Policies.DriftPolicy.REVERT);
    SyncResult first = run(request(memory("plan_1", ""), revert));
    assertThat(sent).hasValue(0);
    clock.advance(Duration.ofSeconds(91));

    assertThat(run(request(first.memory(), revert)).outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void whoOnlyObservesIsOfferedNothing() {
    SyncResult missing = run(request(memory("plan_1", HASH), with(Policies.Management.OBSERVE)));

    assertBlocked(missing, Reason.REMOTE_MISSING, "plan_1");
    assertThat(missing.pendingHash()).isEmpty();
  }

  @Test
  void anEarlierLookThatMissedItCountsNoMoreOnceItWasSeen() {
    Memory missed = run(request(neverConfirmed())).memory();
    put("plan_1", "old");
    billing.conflicts = List.of(new Violation("Plan", "spec.type", "", "is fixed", "nothing"));
    Memory seen = run(request(missed)).memory();
    billing.plans.clear();
    clock.advance(Duration.ofMinutes(5));

    assertThat(run(request(seen)).outcome()).isInstanceOf(Outcome.Unfinished.class);
  }

  private static Memory neverConfirmed() {
    return Memory.EMPTY.withBinding(new Memory.Binding("", "org_1", "plan_1", "", Handles.NONE));
  }

  /** After two looks. */
  private SyncResult missing(Memory memory) {
    SyncResult first = run(request(memory));
    clock.advance(Duration.ofSeconds(91));
    SyncResult missing = run(request(first.memory()));
    assertBlocked(missing, Reason.REMOTE_MISSING, "plan_1");
    return missing;
  }

  private void makesAnew(String id) {
    billing.shape =
        step ->
            step.learn(
                (handles, response) -> {
                  put(id, "text");
                  return handles.with(Handles.PLAN, id);
                });
  }

  @Test
  void aRemovalIsRefusedWhereSomebodyPaysOrNobodyKnows() {
    removalStep(step -> step);
    billing.subscribers = new Subscribers.Known(1);
    assertBlocked(remove(Policies.Deletion.DELETE), Reason.SUBSCRIBERS_AFFECTED, "1 still pay");
    billing.subscribers = new Subscribers.Unreadable("forbidden");
    assertBlocked(remove(Policies.Deletion.DELETE), Reason.SUBSCRIBERS_UNKNOWN, "forbidden");
    assertThat(sent).hasValue(0);
  }

  @Test
  void aRemovalLeavesWhatIsNotOursAndWhatItWouldErase() {
    removalStep(step -> step.erases(List.of("prices.extra")));
    assertBlocked(remove(Policies.Deletion.DELETE), Reason.UNMANAGED_REMOTE_CONTENT, "extra");
    billing.ownership = Observation.Ownership.UNMARKED;
    billing.unnamed = "plan_1";
    SyncResult released = remove(Policies.Deletion.DELETE, memory("", ""));
    assertThat(released.outcome()).isEqualTo(new Outcome.Done());
    assertThat(released.events())
        .extracting(SyncEvent::type)
        .containsExactly(SyncEvent.Type.RELEASED);
    assertThat(sent).hasValue(0);
  }

  @Test
  void aRemovalOnAnotherAccountSendsNothing() {
    removalStep(step -> step);
    assertBlocked(
        remove(
            Policies.Deletion.DELETE,
            Memory.EMPTY.withBinding(
                new Memory.Binding("http/1", "org_9", "plan_1", "", Handles.NONE))),
        Reason.ACCOUNT_MISMATCH,
        "org_9");
    assertThat(sent).hasValue(0);
  }

  @Test
  void aRemovalThatIsAnsweredWithSuccessAndDoesNothingIsNotDone() {
    removalStep(step -> step);
    assertBlocked(remove(Policies.Deletion.DELETE), Reason.NOT_CONVERGED, "still as it was");
    assertThat(sent).hasValue(1);
  }

  @Test
  void whatIsArchivedThereWhileItIsToBeSoldIsToldAndNotTouched() {
    billing.archived = true;
    put("plan_1", "text");
    assertBlocked(sync("plan_1", ""), Reason.REMOTE_ARCHIVED, "plan_1");
  }

  @Test
  void afterAWriteThatWasNotReadBackTheOldConfirmationIsNotBelieved() {
    put("plan_1", "old");
    AtomicInteger looks = new AtomicInteger();
    billing.onFind =
        () -> {
          if (looks.incrementAndGet() == 2) {
            throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer came");
          }
        };
    SyncResult result = sync("plan_1", "sha256:what was sold before");
    assertThat(result.outcome()).isInstanceOf(Outcome.Unfinished.class);
    assertThat(sent).hasValue(1);
    assertThat(result.memory().binding().syncedHash()).isEmpty();
  }

  private void removalStep(UnaryOperator<Step.Builder> shape) {
    put("plan_1", "text");
    billing.removal =
        new Removal.Steps(
            List.of(
                shape
                    .apply(
                        Step.of(
                                Step.Kind.DELETE,
                                "delete plan",
                                sending -> ApiRequest.of("delete", "DELETE", "/plans/1"))
                            .affects(Affects.NOBODY))
                    .build()));
  }

  private SyncResult remove(Policies.Deletion policy) {
    return remove(policy, memory("plan_1", ""));
  }

  private SyncResult remove(Policies.Deletion policy, Memory memory) {
    return new RemovalRun<>(
            account(),
            new RemovalRequest("Plan shop/a", new Identity("acme", "pro"), policy, memory),
            heldByB,
            clock)
        .run();
  }

  private static void assertBlocked(SyncResult result, Reason reason, String... words) {
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> {
              assertThat(blocked.reason()).isEqualTo(reason);
              assertThat(blocked.message()).contains(words);
            });
  }

  private void put(String id, String text) {
    billing.plans.put(id, new Remote(Optional.empty(), id, text, true));
  }

  private SyncResult sync(String externalId, String synced) {
    return run(request(memory(externalId, synced)));
  }

  private SyncResult run(SyncRequest request) {
    return new SyncRun<>(account(), request, heldByB, clock, () -> "key").run();
  }

  private static SyncRequest request(Memory memory) {
    return request(memory, SmallPlans.POLICIES);
  }

  private static SyncRequest request(Memory memory, Policies policies) {
    return request(memory, policies, "");
  }

  private static SyncRequest request(Memory memory, Policies policies, String approval) {
    return request(memory, policies, "", approval);
  }

  private static SyncRequest request(
      Memory memory, Policies policies, String externalId, String approval) {
    CatalogPlan plan = SmallPlans.plan("acme", "pro", "text", externalId);
    return new SyncRequest(plan, policies, HASH, memory, approval, false);
  }

  private static Policies with(Policies.ExistingSubscribers existing) {
    Policies usual = SmallPlans.POLICIES;
    return new Policies(
        existing, usual.management(), usual.adoption(), usual.deletion(), usual.drift());
  }

  private static Policies with(Policies.Management management) {
    Policies usual = SmallPlans.POLICIES;
    return new Policies(
        usual.existingSubscribers(), management, usual.adoption(), usual.deletion(), usual.drift());
  }

  private static Policies with(Policies.Adoption adoption) {
    Policies usual = SmallPlans.POLICIES;
    return new Policies(
        usual.existingSubscribers(), usual.management(), adoption, usual.deletion(), usual.drift());
  }

  private static Policies with(Policies.DriftPolicy drift) {
    Policies usual = SmallPlans.POLICIES;
    return new Policies(
        usual.existingSubscribers(), usual.management(), usual.adoption(), usual.deletion(), drift);
  }

  private static Memory memory(String externalId, String synced) {
    return Memory.EMPTY.withBinding(
        new Memory.Binding("http/1", "org_1", externalId, synced, Handles.NONE));
  }

  private Account<Remote> account() {
    return new Account<>(
        "shop/default",
        billing.provider(clock),
        request -> {
          sent.incrementAndGet();
          if (answer >= 500) {
            throw new BackendException(BackendException.Kind.SERVER_ERROR, "broken");
          }
          return new ApiResponse(answer, Map.of(), JsonNodeFactory.instance.objectNode());
        },
        new AccountFacts("org_1", "Acme", AccountFacts.AccountEnvironment.SANDBOX, Map.of()));
  }
}
