package dev.planwright.sync;

import dev.planwright.backend.Account;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Check;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Provider;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** One run of {@link PlanSync#sync}: the state between its rounds. */
final class SyncRun<R> {
  static final int ROUNDS = 5;

  private final Account<R> account;
  private final Provider<R> provider;
  private final SyncRequest request;
  private final CatalogPlan desired;
  private final StatusStore store;
  private final Lookout<R> lookout;
  private final InstantSource clock;
  private final Supplier<String> idempotencyKeys;

  private final List<SyncEvent> events = new ArrayList<>();
  private final List<Step> done = new ArrayList<>();
  private List<String> warnings = List.of();
  private List<Step> pending = List.of();
  private String pendingHash = "";
  private Optional<RemoteView> view = Optional.empty();
  private OptionalLong subscribers = OptionalLong.empty();
  private Memory memory;

  /** Why something may be written although nobody edited the manifest; decided in round one. */
  private boolean reverting;

  private boolean adopting;

  /**
   * Whether what was seen is this plan's. What is in its way, or another's, must not come into
   * status: an object that status knows by its id counts as ours from then on.
   */
  private boolean ours;

  /** An approval was used that is not written down yet. */
  private boolean approvalUsed;

  private List<String> lastRound = List.of();

  SyncRun(
      Account<R> account,
      SyncRequest request,
      StatusStore store,
      InstantSource clock,
      Supplier<String> idempotencyKeys) {
    this.account = account;
    this.provider = account.provider();
    this.request = request;
    this.desired = request.desired();
    this.store = store;
    this.lookout = new Lookout<>(account, desired, request.policies(), store, clock);
    this.clock = clock;
    this.idempotencyKeys = idempotencyKeys;
    this.memory = request.memory();
  }

  SyncResult run() {
    Verdict verdict = Check.of(provider, desired, request.policies(), account.facts());
    warnings = verdict.warnings();
    if (!verdict.isExpressible()) {
      return result(new Outcome.Inexpressible(verdict.violations()));
    }
    Optional<Outcome> otherAccount = pinAccount();
    if (otherAccount.isPresent()) {
      return result(otherAccount.get());
    }
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        Optional<Outcome> end = round(round == 1);
        if (end.isPresent()) {
          return result(end.get());
        }
      }
      return result(notConverged("still changes something after " + ROUNDS + " rounds"));
    } catch (BackendException e) {
      return result(Failures.outcome(e));
    } catch (StatusStore.StaleException e) {
      return result(new Outcome.Stale());
    }
  }

  private Optional<Outcome> pinAccount() {
    String pinned = memory.binding().account();
    String now = account.facts().id();
    if (!pinned.isEmpty() && !pinned.equals(now)) {
      return Optional.of(
          new Outcome.Blocked(
              Reason.ACCOUNT_MISMATCH,
              "%s is pinned to account %s of %s, whose key now opens account %s; %s"
                  .formatted(
                      desired.object(),
                      pinned,
                      account.backend(),
                      now,
                      Reason.ACCOUNT_MISMATCH.whatToDo())));
    }
    memory = memory.withAccount(now);
    return Optional.empty();
  }

  /** Find, plan, guard, journal, execute: empty when another round has to look at the result. */
  private Optional<Outcome> round(boolean first) throws StatusStore.StaleException {
    return switch (lookout.look(memory)) {
      case Lookout.Halt<R>(Outcome outcome, Optional<RemoteView> seen) -> {
        view = seen;
        ours = true;
        if (outcome instanceof Outcome.Blocked(Reason reason, String message)) {
          doubtWhatWasSynced(reason);
        }
        yield halt(outcome);
      }
      case Lookout.Wait<R>(Outcome outcome, boolean looked) -> {
        if (looked) {
          memory = memory.withJournal(memory.journal().looked(clock.instant()));
        }
        yield Optional.of(outcome);
      }
      case Lookout.Gone<R> gone -> recreate(first, gone.world(), recreation().inPlaceOf(gone));
      case Lookout.Unsure<R> unsure -> recreate(first, unsure.world(), recreation().beside(unsure));
      case Lookout.Work<R> work -> work(first, work);
    };
  }

  private Recreation<R> recreation() {
    return new Recreation<>(provider, request, memory);
  }

  private Optional<Outcome> recreate(boolean first, R world, Recreation.Ruling ruling)
      throws StatusStore.StaleException {
    switch (ruling) {
      case Recreation.Ruling.Go go -> {}
      case Recreation.Ruling.GoByApproval(String hash, String content) -> approve(hash, content);
      case Recreation.Ruling.Stop(Reason reason, String message, List<Step> steps, String hash) -> {
        doubtWhatWasSynced(reason);
        view = Optional.empty();
        pending = steps;
        pendingHash = hash;
        return block(reason, message);
      }
    }
    return work(first, new Lookout.Work<>(world, false, false));
  }

  private void approve(String hash, String content) {
    memory = memory.withApproval(new Memory.Approval(hash, content, clock.instant(), true));
    approvalUsed = true;
  }

  private Optional<Outcome> work(boolean first, Lookout.Work<R> work)
      throws StatusStore.StaleException {
    R world = work.world();
    adopting |= work.adopting();
    if (work.exists()) {
      memory = memory.withJournal(LateCreates.found(memory.journal()));
    }
    view = provider.view(world);
    ours = !adopting;
    subscribers = provider.subscribersSeen(world);
    Optional<String> rival = rival(world);
    if (rival.isPresent()) {
      ours = false;
      return block(
          Reason.KEY_CONFLICT,
          "key %s is held by Plan %s, whose mark %s bears; %s"
              .formatted(
                  desired.identity().key(),
                  rival.get(),
                  externalIdSeen(),
                  Reason.KEY_CONFLICT.whatToDo()));
    }
    List<Violation> conflicts = provider.conflicts(desired, world);
    if (!conflicts.isEmpty()) {
      doubtWhatWasSynced(Reason.NOT_EXPRESSIBLE);
      return Optional.of(new Outcome.Inexpressible(conflicts));
    }
    if (!work.exists() && desired.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED) {
      return Optional.of(converged());
    }
    Handles known = known(work.exists());
    List<Step> steps =
        provider.plan(
            desired, world, new Provider.Planning(request.policies().existingSubscribers(), known));
    if (steps.isEmpty()) {
      return Optional.of(converged());
    }
    List<String> signatures = steps.stream().map(Step::signature).toList();
    if (signatures.equals(lastRound)) {
      return Optional.of(notConverged("answered success, and still differs: " + fields(steps)));
    }
    lastRound = signatures;
    Optional<Outcome> refused = guard(first && work.exists(), work, steps);
    if (refused.isPresent()) {
      if (isDrift() && memory.drift().isEmpty()) {
        doubt(steps);
      }
      return refused;
    }
    return execute(steps, known, work.exists());
  }

  /** What was confirmed before is not there as it was: the next run must not believe it. */
  private void doubtWhatWasSynced(Reason reason) {
    if (isDrift()) {
      memory = DriftMemory.doubted(memory, reason, clock.instant());
    }
  }

  /**
   * The same for a difference that is not written. Content that nobody made is no drift of ours.
   */
  private void doubt(List<Step> steps) {
    if (Guards.erased(steps).isEmpty()) {
      memory = memory.withDrift(DriftMemory.record(List.of(), steps, clock.instant()));
    } else {
      doubtWhatWasSynced(Reason.UNMANAGED_REMOTE_CONTENT);
    }
  }

  /** Another Plan that the remote mark names and that is still there, when status names nobody. */
  private Optional<String> rival(R world) {
    if (!memory.binding().externalId().isEmpty()) {
      return Optional.empty();
    }
    return provider
        .markedFor(world)
        .filter(named -> !named.equals(desired.namespace() + "/" + desired.name()))
        .filter(store::yieldsTo);
  }

  /** Ids of an object that is gone would point at nothing. */
  private Handles known(boolean exists) {
    Handles remembered = memory.binding().handles();
    if (!exists && !memory.binding().externalId().isEmpty() && done.isEmpty()) {
      return Handles.NONE;
    }
    return view.map(seen -> remembered.and(seen.handles())).orElse(remembered);
  }

  private String externalIdSeen() {
    return view.map(RemoteView::externalId).orElse("the object");
  }

  /** Whether the steps may be sent; remembers the approval that lets them through. */
  private Optional<Outcome> guard(boolean mayBeDrift, Lookout.Work<R> work, List<Step> steps) {
    pending = steps;
    pendingHash =
        Guards.pendingHash(
            view.map(RemoteView::externalId).orElse(""),
            view.map(RemoteView::fingerprint).orElse(""),
            steps,
            memory.approvals().size());
    List<String> erased = Guards.erased(steps);
    if (erased.isEmpty() && work.adopting()) {
      erased = Guards.dropped(steps);
    }
    if (!erased.isEmpty()) {
      return block(
          Reason.UNMANAGED_REMOTE_CONTENT,
          "\"%s\" would erase: %s; %s"
              .formatted(
                  steps.getFirst().title(),
                  String.join(", ", erased),
                  Reason.UNMANAGED_REMOTE_CONTENT.whatToDo()));
    }
    if (request.policies().management() == Policies.Management.OBSERVE) {
      return block(Reason.OBSERVING, "differs, and nothing is written: " + fields(steps));
    }
    if (adopting
        && request.policies().adoption() == Policies.Adoption.IF_EQUAL
        && !Guards.onlyMarks(steps)) {
      return block(
          Reason.OWNERSHIP_CONFLICT,
          "%s bears no owner's mark and differs, so IfEqual does not take it over: %s"
              .formatted(externalIdSeen(), fields(steps)));
    }
    if (mayBeDrift && !adopting && isDrift() && !Guards.isUpkeep(steps)) {
      Optional<Outcome> drift = drift(steps);
      if (drift.isPresent()) {
        return drift;
      }
    }
    return guardSubscribers(work.world(), steps).or(() -> guardRemoval(steps));
  }

  private Optional<Outcome> guardSubscribers(R world, List<Step> steps) {
    Subscribers count =
        Guards.touchesSubscribers(steps) ? provider.subscribers(world) : new Subscribers.Known(0);
    if (count instanceof Subscribers.Known(long known) && Guards.touchesSubscribers(steps)) {
      subscribers = OptionalLong.of(known);
    }
    return switch (Guards.onSubscribers(
        request.policies(),
        steps,
        count,
        pendingHash,
        memory.isApproved(request.hash()),
        request.approval(),
        memory.hasUsed(request.approval()))) {
      case Guards.Ruling.Go go -> Optional.empty();
      case Guards.Ruling.GoByApproval approval -> {
        approve(pendingHash, request.hash());
        yield Optional.empty();
      }
      case Guards.Ruling.Stop(Reason reason, String message) -> block(reason, message);
    };
  }

  private Optional<Outcome> guardRemoval(List<Step> steps) {
    if (steps.stream().noneMatch(Step::removes)) {
      return Optional.empty();
    }
    return store
        .whyNotRemove()
        .map(
            why ->
                new Outcome.Unfinished(
                    Reason.PROGRESSING, "nothing is taken away now: " + why, Optional.empty()));
  }

  /** Whether a difference cannot come from an edit: this very content was confirmed before. */
  private boolean isDrift() {
    return memory.binding().syncedHash().equals(request.hash());
  }

  private Optional<Outcome> drift(List<Step> steps) {
    Instant now = clock.instant();
    if (memory.drift().isEmpty()) {
      events.add(new SyncEvent(SyncEvent.Type.DRIFT_DETECTED, fields(steps)));
    }
    memory = memory.withDrift(DriftMemory.record(memory.drift(), steps, now));
    if (request.requested()) {
      memory = memory.withReverts(Map.of());
    }
    Optional<Outcome.Blocked> objection =
        DriftMemory.objection(memory, mapping(), request.policies().drift(), steps, now);
    reverting = objection.isEmpty();
    return objection.flatMap(this::halt);
  }

  private Optional<Outcome> execute(List<Step> steps, Handles known, boolean exists)
      throws StatusStore.StaleException {
    Memory current = exists ? memory : memory.forgotten();
    Execution execution =
        new Execution(
            account, request.hash(), store, clock, idempotencyKeys, current.withHandles(known));
    try {
      return execution.run(steps, approvalUsed, this::announceRefusal);
    } finally {
      approvalUsed = false;
      memory = execution.memory();
      done.addAll(execution.done());
      pending = steps.subList(execution.done().size(), steps.size());
    }
  }

  private Outcome converged() {
    ours = true;
    if (reverting) {
      memory = memory.withReverts(DriftMemory.reverted(memory.reverts(), done, clock.instant()));
    }
    Handles handles = view.map(RemoteView::handles).orElse(Handles.NONE);
    memory =
        memory.synced(
            mapping(),
            request.hash(),
            view.map(RemoteView::externalId).orElse(""),
            handles,
            LateCreates.afterReadBack(memory.journal(), clock.instant()));
    pending = List.of();
    pendingHash = "";
    if (!done.isEmpty()) {
      boolean isNew = request.memory().binding().externalId().isEmpty();
      events.add(
          new SyncEvent(
              Messages.type(done, isNew, adopting, reverting), Messages.done(done, desired)));
    } else if (adopting) {
      events.add(new SyncEvent(SyncEvent.Type.ADOPTED, externalIdSeen()));
    }
    return new Outcome.Done();
  }

  private String mapping() {
    return provider.name() + "/" + provider.mapping();
  }

  private Outcome notConverged(String why) {
    return new Outcome.Blocked(Reason.NOT_CONVERGED, externalIdSeen() + " " + why);
  }

  private Optional<Outcome> block(Reason reason, String message) {
    return halt(new Outcome.Blocked(reason, message));
  }

  private Optional<Outcome> halt(Outcome outcome) {
    if (outcome instanceof Outcome.Blocked(Reason reason, String message)) {
      events.add(new SyncEvent(SyncEvent.Type.BLOCKED, reason + ": " + message));
    }
    return Optional.of(outcome);
  }

  private void announceRefusal(Outcome refused) {
    if (refused instanceof Outcome.Blocked(Reason reason, String message)) {
      events.add(new SyncEvent(SyncEvent.Type.BACKEND_REJECTED, message));
    }
  }

  private static String fields(List<Step> steps) {
    return Messages.fields(steps);
  }

  private SyncResult result(Outcome outcome) {
    Optional<RemoteView> own = ours ? view : Optional.empty();
    return new SyncResult(
        outcome, memory, own, pending, pendingHash, warnings, subscribers, events);
  }
}
