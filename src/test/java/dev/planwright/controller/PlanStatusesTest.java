package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatus.PriceRow;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceState;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.SyncResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanStatusesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Memory MEMORY =
      Memory.EMPTY.withBinding(
          new Memory.Binding("http/1", "org_1", "plan_1", "hash-1", Handles.NONE));
  private static final Outcome DONE = new Outcome.Done();
  private static final Outcome DOWN =
      new Outcome.Unfinished(Reason.BACKEND_UNAVAILABLE, "no answer", Optional.empty());
  private static final Outcome BLOCKED = new Outcome.Blocked(Reason.DRIFTED, "changed there");

  @Test
  void whatWasReadBackIsSyncedRowByRow() {
    Plan plan = Manifested.plan("team", 3, "{}");
    PlanStatus status = of(plan, prices("b", "a"), result(DONE), NOW);

    assertThat(ready(status).holds()).isTrue();
    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.priceCount()).isEqualTo(2);
    assertThat(status.externalId()).isEqualTo("plan_1");
    assertThat(status.externalVersion()).isEqualTo("7");
    assertThat(status.lastSyncTime()).isEqualTo(NOW);
    assertThat(status.prices())
        .extracting(PriceRow::name, PriceRow::uid, PriceRow::externalId, PriceRow::state)
        .containsExactlyInAnyOrder(
            tuple("a", "uid-a", "price_a", PriceState.SYNCED),
            tuple("b", "uid-b", null, PriceState.SYNCED));
    assertThat(status.key()).isEqualTo("shop.team");
    assertThat(status.backend()).isEqualTo("default");
  }

  @Test
  void theFirstKeyAndBackendAreKept() {
    Plan plan = Manifested.plan("team", 1, "{key: other, backendRef: {name: second}}");
    plan.setStatus(PlanStatusBuilder.from(PlanStatus.EMPTY).key("first").backend("one").build());
    PlanStatus status = of(plan, prices("a"), result(DONE), NOW);
    assertThat(status.key()).isEqualTo("first");
    assertThat(status.backend()).isEqualTo("one");
  }

  @Test
  void aRowKeepsItsIdWhileItWaits() {
    Plan plan = synced("a");
    PlanStatus status = of(plan, prices("a"), result(DOWN), LATER);
    assertThat(ready(status).reason()).isEqualTo("BackendUnavailable");
    assertThat(holds(status, ConditionType.RECONCILING)).isTrue();
    assertThat(status.prices())
        .containsExactly(
            row("a", "price_a", PriceState.PENDING, "BackendUnavailable", "no answer"));
    assertThat(status.lastSyncTime()).as("not confirmed now").isEqualTo(NOW);
  }

  @Test
  void aPriceThatIsNoLongerNamedIsBeingRemovedOrBlocked() {
    Plan plan = synced("a", "b");
    assertThat(of(plan, prices("a"), result(DOWN), LATER).prices())
        .contains(row("b", null, PriceState.REMOVING, "BackendUnavailable", "no answer"));
    assertThat(of(plan, prices("a"), result(BLOCKED), LATER).prices())
        .contains(row("b", null, PriceState.REMOVAL_BLOCKED, "Drifted", "changed there"));
    assertThat(of(plan, prices("a"), result(DONE), LATER).prices())
        .as("gone when the backend was read back")
        .extracting(PriceRow::name)
        .containsExactly("a");
  }

  @Test
  void aPriceBeingRemovedStaysInStatusUntilItIsGoneWhateverFailsMeanwhile() {
    Plan plan = synced("a", "b");
    plan.setStatus(of(plan, prices("a"), result(DOWN), LATER));
    plan.setStatus(of(plan, prices("a"), result(BLOCKED), LATER));
    assertThat(of(plan, prices("a"), result(DOWN), LATER).prices())
        .contains(row("b", null, PriceState.REMOVING, "BackendUnavailable", "no answer"));
  }

  @Test
  void aPriceThatNeverWasThereIsNotRemoved() {
    Plan plan = Manifested.plan("team", 1, "{}");
    plan.setStatus(of(plan, prices("a", "b"), result(DOWN), NOW));
    assertThat(of(plan, prices("a"), result(DOWN), NOW).prices())
        .extracting(PriceRow::name)
        .containsExactly("a");
  }

  @Test
  void eachPriceHearsItsOwnViolationsAndTheOthersWait() {
    List<Violation> violations =
        List.of(
            violation("Price shop/a", "too small"),
            violation("Plan shop/team", "too long"),
            violation("Price shop/a", "too odd"));
    Outcome outcome = new Outcome.Inexpressible(violations);
    PlanStatus status =
        of(Manifested.plan("team", 1, "{}"), prices("a", "b"), result(outcome), NOW);

    PriceRow a = status.prices().getFirst();
    assertThat(a.state()).isEqualTo(PriceState.REJECTED);
    assertThat(a.message()).contains("too small", "too odd").doesNotContain("too long");
    PriceRow b = status.prices().getLast();
    assertThat(b.state()).isEqualTo(PriceState.PENDING);
    assertThat(b.reason()).isEqualTo("NotExpressible");
    assertThat(ready(status).message()).contains("too small", "too long", "too odd");
    assertThat(holds(status, ConditionType.STALLED)).isTrue();
    assertThat(holds(status, ConditionType.ACCEPTED)).isFalse();
  }

  @Test
  void manyViolationsAreCounted() {
    List<Violation> many =
        java.util.stream.IntStream.range(0, 23)
            .mapToObj(i -> violation("Plan shop/team", "p" + i))
            .toList();
    assertThat(PlanStatuses.messages(many))
        .contains("p19")
        .doesNotContain("p20")
        .endsWith("and 3 more");
    assertThat(PlanStatuses.messages(many.subList(0, 20))).doesNotContain("more");
  }

  /** The next run would believe it, and take over what somebody else made. */
  @Test
  void theIdOfAnObjectThatWasOnlySeenIsNotRemembered() {
    Plan plan = Manifested.plan("team", 1, "{}");
    SyncResult seen = result(new Outcome.Blocked(Reason.OWNERSHIP_CONFLICT, "plan_1 is there"));
    SyncResult nothingOurs =
        new SyncResult(
            seen.outcome(),
            Memory.EMPTY,
            seen.view(),
            List.of(),
            "",
            List.of(),
            OptionalLong.empty(),
            List.of());

    assertThat(of(plan, List.of(), nothingOurs, NOW).externalId()).isNull();
  }

  @Test
  void eachPendingFieldIsARowAndAStepWithoutFieldsIsOne() {
    List<Step> steps =
        List.of(
            step(
                "change price a",
                new FieldChange("prices.a.amount", "49", "59"),
                new FieldChange("prices.a.trialDays", "", "7")),
            step("publish"));
    SyncResult result =
        new SyncResult(
            BLOCKED,
            MEMORY,
            Optional.empty(),
            steps,
            "hash-9",
            List.of("w"),
            OptionalLong.of(4),
            List.of());
    PlanStatus status = of(synced("a"), prices("a"), result, LATER);
    var whom = dev.planwright.api.v1alpha1.Affects.EXISTING_SUBSCRIBERS;
    assertThat(status.pending())
        .containsExactly(
            new PlanStatus.PendingStep("change price a", "prices.a.amount", "49", "59", whom),
            new PlanStatus.PendingStep("change price a", "prices.a.trialDays", "", "7", whom),
            new PlanStatus.PendingStep("publish", null, null, null, whom));
    assertThat(status.pendingHash()).isEqualTo("hash-9");
    assertThat(status.subscribers()).isEqualTo(4);
    assertThat(status.warnings()).containsExactly("w");

    Plan plan = Manifested.plan("team", 1, status);
    PlanStatus done = of(plan, prices("a"), result(DONE), LATER);
    assertThat(done.pending()).isEmpty();
    assertThat(done.pendingHash()).isNull();
    assertThat(done.subscribers()).as("the last count that was read").isEqualTo(4);
  }

  @Test
  void aReadThatWasAskedForIsEchoedOnlyWhenItCameToAnEnd() {
    Plan plan = synced("a");
    plan.getMetadata()
        .setAnnotations(new HashMap<>(Map.of(Annotations.RECONCILE_REQUESTED_AT, "noon")));
    assertThat(of(plan, prices("a"), result(DOWN), LATER).lastHandledReconcileAt()).isNull();
    assertThat(of(plan, prices("a"), result(BLOCKED), LATER).lastHandledReconcileAt())
        .isEqualTo("noon");
    assertThat(of(plan, prices("a"), result(DONE), LATER).lastHandledReconcileAt())
        .isEqualTo("noon");
    assertThat(
            PlanStatuses.waiting(plan, prices("a"), LATER, Reason.PAUSED, "", false)
                .lastHandledReconcileAt())
        .isNull();
  }

  @Test
  void aReadThatWasAskedForIsNotEchoedWhenNothingWasRead() {
    Plan plan = asked(Manifested.plan("team", 1, "{}"));
    Outcome inexpressible = new Outcome.Inexpressible(List.of(violation("Plan shop/team", "no")));
    Outcome otherAccount = new Outcome.Blocked(Reason.ACCOUNT_MISMATCH, "another");
    Outcome refused = new Outcome.Blocked(Reason.BACKEND_REJECTED, "no such scope");
    for (Outcome outcome : List.of(inexpressible, otherAccount, refused)) {
      assertThat(of(plan, prices("a"), unseen(outcome), LATER).lastHandledReconcileAt())
          .as("%s before anything was read", outcome)
          .isNull();
    }
    for (Outcome outcome : List.of(inexpressible, refused)) {
      assertThat(of(plan, prices("a"), result(outcome), LATER).lastHandledReconcileAt())
          .as("%s after it was read", outcome)
          .isEqualTo("noon");
    }
    Outcome missing = new Outcome.Blocked(Reason.REMOTE_MISSING, "gone");
    assertThat(of(plan, prices("a"), unseen(missing), LATER).lastHandledReconcileAt())
        .as("that nothing is there was read")
        .isEqualTo("noon");
  }

  @Test
  void aReadThatWasAskedForIsToldByItsTimeAlsoWhenNothingIsNew() {
    Plan plan = asked(synced("a"));
    PlanStatus read = of(plan, prices("a"), result(DONE), LATER);
    assertThat(read.lastSyncTime()).isEqualTo(LATER);

    plan.setStatus(read);
    assertThat(of(plan, prices("a"), result(DONE), LATER.plusSeconds(9))).isEqualTo(read);
  }

  @Test
  void anArchivedPlanOfWhichNothingIsThereShowsNothingOfIt() {
    Plan plan = synced("a");
    plan.setStatus(
        of(
            plan,
            prices("a"),
            result(DONE, List.of(new RemoteView.Superseded("a", 1, "price_old", "49 USD"))),
            NOW));
    Memory nothing =
        MEMORY.withBinding(new Memory.Binding("bxb/1", "acct", "", "hash", Handles.NONE));
    PlanStatus status = of(plan, prices("a"), unseen(DONE, nothing), LATER);
    assertThat(status.externalId()).isNull();
    assertThat(status.externalVersion()).isNull();
    assertThat(status.superseded()).isEmpty();
    assertThat(status.prices().getFirst().externalId()).isNull();
  }

  @Test
  void confirmingWhatWasKnownIsNoNews() {
    Plan plan = synced("a");
    assertThat(of(plan, prices("a"), result(DONE), LATER)).isEqualTo(plan.getStatus());
    PlanStatus settled =
        PlanStatuses.settled(plan, prices("a"), "left as it is (Retain)", List.of(), LATER);
    assertThat(settled).isEqualTo(plan.getStatus());
  }

  @Test
  void whatNobodyReadIsNotSaidToBeConfirmedNow() {
    Plan plan = synced("a");
    plan.setStatus(PlanStatuses.waiting(plan, prices("a"), LATER, Reason.PAUSED, "paused", false));
    PlanStatus settled =
        PlanStatuses.settled(
            plan, prices("a"), "left as it is (Retain)", List.of(), LATER.plusSeconds(1));
    assertThat(ready(settled).holds()).isTrue();
    assertThat(settled.prices())
        .containsExactly(row("a", "price_a", PriceState.SYNCED, null, null));
    assertThat(settled.lastSyncTime()).isEqualTo(NOW);
  }

  @Test
  void aWaitKeepsWhatIsKnownOfTheBackend() {
    Plan plan = synced("a");
    PlanStatus waiting =
        PlanStatuses.waiting(
            plan, prices("a"), LATER, Reason.BACKEND_NOT_READY, "see default", true);
    assertThat(MemoryCodec.read(waiting)).isEqualTo(MemoryCodec.read(plan.getStatus()));
    assertThat(waiting.externalVersion()).isEqualTo("7");
    assertThat(ready(waiting).holds()).isFalse();

    PlanStatus deleting =
        PlanStatuses.deleting(plan, LATER, Reason.BACKEND_NOT_READY, "see default", true);
    assertThat(deleting.prices()).isEqualTo(plan.getStatus().prices());
    assertThat(MemoryCodec.read(deleting)).isEqualTo(MemoryCodec.read(plan.getStatus()));
  }

  @Test
  void aFormerPriceKeepsTheTimeAtWhichItWasFirstSeen() {
    RemoteView.Superseded old = new RemoteView.Superseded("a", 1, "price_old", "49 USD");
    Plan plan = synced("a");
    plan.setStatus(of(plan, prices("a"), result(DONE, List.of(old)), NOW));
    PlanStatus again = of(plan, prices("a"), result(DONE, List.of(old)), LATER);
    assertThat(again.superseded())
        .containsExactly(new PlanStatus.Superseded("a", 1L, "price_old", "49 USD", NOW));
  }

  private static Plan synced(String... names) {
    Plan plan = Manifested.plan("team", 1, "{}");
    plan.setStatus(of(plan, prices(names), result(DONE), NOW));
    return plan;
  }

  private static PlanStatus of(Plan plan, List<Price> prices, SyncResult result, Instant now) {
    return PlanStatuses.of(plan, prices, "left as it is (Retain)", List.of(), result, now);
  }

  private static SyncResult result(Outcome outcome) {
    return result(outcome, List.of());
  }

  private static SyncResult result(Outcome outcome, List<RemoteView.Superseded> superseded) {
    RemoteView view =
        new RemoteView(
            "plan_1",
            Optional.of("7"),
            Optional.empty(),
            Map.of("a", "price_a"),
            superseded,
            "print",
            Handles.NONE);
    return new SyncResult(
        outcome,
        MEMORY,
        Optional.of(view),
        List.of(),
        "",
        List.of(),
        OptionalLong.empty(),
        List.of());
  }

  private static Plan asked(Plan plan) {
    plan.getMetadata()
        .setAnnotations(new HashMap<>(Map.of(Annotations.RECONCILE_REQUESTED_AT, "noon")));
    return plan;
  }

  private static SyncResult unseen(Outcome outcome) {
    return unseen(outcome, MEMORY);
  }

  private static SyncResult unseen(Outcome outcome, Memory memory) {
    return new SyncResult(
        outcome,
        memory,
        Optional.empty(),
        List.of(),
        "",
        List.of(),
        OptionalLong.empty(),
        List.of());
  }

  private static Step step(String title, FieldChange... changes) {
    return Step.of(Step.Kind.WRITE, title, sending -> ApiRequest.get("never", "/"))
        .changes(List.of(changes))
        .affects(Affects.EXISTING_SUBSCRIBERS)
        .build();
  }

  private static List<Price> prices(String... names) {
    return List.of(names).stream().map(Manifested::price).toList();
  }

  private static PriceRow row(
      String name,
      @org.jspecify.annotations.Nullable String id,
      PriceState state,
      @org.jspecify.annotations.Nullable String reason,
      @org.jspecify.annotations.Nullable String message) {
    return new PriceRow(name, "uid-" + name, 1L, id, state, reason, message);
  }

  private static Violation violation(String object, String problem) {
    return new Violation(object, "spec.x", "", problem, "mend it");
  }

  private static Condition ready(PlanStatus status) {
    return Conditions.find(status.conditions(), ConditionType.READY).orElseThrow();
  }

  private static boolean holds(PlanStatus status, String type) {
    return Conditions.find(status.conditions(), type).map(Condition::holds).orElse(false);
  }
}
