package dev.planwright.sync;

import dev.planwright.backend.Account;
import dev.planwright.backend.Affects;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One run of {@link PlanSync#remove}. */
final class RemovalRun<R> {
  private final Account<R> account;
  private final Provider<R> provider;
  private final RemovalRequest request;
  private final StatusStore store;
  private final InstantSource clock;

  private final List<SyncEvent> events = new ArrayList<>();
  private final List<Step> done = new ArrayList<>();
  private Optional<RemoteView> view = Optional.empty();
  private OptionalLong subscribers = OptionalLong.empty();
  private List<String> lastRound = List.of();
  private Memory memory;

  RemovalRun(Account<R> account, RemovalRequest request, StatusStore store, InstantSource clock) {
    this.account = account;
    this.provider = account.provider();
    this.request = request;
    this.store = store;
    this.clock = clock;
    this.memory = request.memory();
  }

  SyncResult run() {
    String pinned = memory.binding().account();
    if (!pinned.isEmpty() && !pinned.equals(account.facts().id())) {
      return result(
          new Outcome.Blocked(
              Reason.ACCOUNT_MISMATCH,
              "%s lives on account %s, and the key of %s opens %s"
                  .formatted(request.object(), pinned, account.backend(), account.facts().id())));
    }
    Optional<String> holder =
        Holders.of(
            provider,
            Optional.of(memory.binding().externalId()).filter(id -> !id.isEmpty()),
            store);
    if (holder.isPresent()) {
      return result(released("is held by Plan " + holder.get()).orElseThrow());
    }
    try {
      for (int round = 1; round <= SyncRun.ROUNDS; round++) {
        Optional<Outcome> end = round();
        if (end.isPresent()) {
          return result(end.get());
        }
      }
      return result(new Outcome.Blocked(Reason.NOT_CONVERGED, "still there after every round"));
    } catch (BackendException e) {
      return result(Failures.outcome(e));
    }
  }

  private Optional<Outcome> round() {
    Observation<R> seen =
        provider.find(
            new Sought(
                request.identity(),
                Optional.empty(),
                Optional.of(memory.binding().externalId()).filter(id -> !id.isEmpty()),
                false,
                memory.binding().handles(),
                LateCreates.soughtForRemoval(memory.journal()),
                memory.journal().lookedAt(),
                id -> store.holderOf(id).isPresent()));
    return switch (seen) {
      case Observation.Absent<R>(R world) -> {
        List<Step> leftovers = provider.leftovers(world);
        yield leftovers.isEmpty() ? gone() : remove(world, leftovers);
      }
      case Observation.Foreign<R> foreign -> released("belongs to " + foreign.owner());
      case Observation.Found<R>(R world, Observation.Ownership ownership) ->
          isOurs(world, ownership) ? remove(world) : released("bears no mark of ours");
      case Observation.Archived<R>(R world, Observation.Ownership ownership) ->
          isOurs(world, ownership) ? remove(world) : released("bears no mark of ours");
      case Observation.Ambiguous<R>(List<String> ids, String why) ->
          blocked(Reason.AMBIGUOUS_REMOTE, why + ": " + String.join(", ", ids));
      case Observation.ForeignDraft<R>(String externalId, String why) ->
          blocked(Reason.DRAFT_IN_USE, externalId + ": " + why);
      case Observation.Unresolved<R> unresolved ->
          blocked(
              Reason.DEPENDENCY_MISSING, Messages.missing(unresolved.missing(), account.backend()));
      case Observation.Unsettled<R> unsettled -> unsettled(unsettled);
    };
  }

  /** What was taken away need not be all that was sent: a create may still be on its way. */
  private Optional<Outcome> gone() {
    Optional<Outcome> end = finished("is gone");
    return LateCreates.holdDeletion(memory.journal(), store, clock.instant()).or(() -> end);
  }

  private Optional<Outcome> unsettled(Observation.Unsettled<R> unsettled) {
    if (unsettled.looked()) {
      memory = memory.withJournal(memory.journal().looked(clock.instant()));
    }
    return Optional.of(
        new Outcome.Unfinished(
            Reason.PROGRESSING, unsettled.why(), Optional.of(unsettled.again())));
  }

  private boolean isOurs(R world, Observation.Ownership ownership) {
    view = provider.view(world);
    return ownership == Observation.Ownership.OURS
        || view.map(v -> v.externalId().equals(memory.binding().externalId())).orElse(false);
  }

  private Optional<Outcome> remove(R world) {
    List<Step> leftovers = provider.leftovers(world);
    if (!leftovers.isEmpty()) {
      return remove(world, leftovers);
    }
    return switch (provider.removal(request.policy(), world)) {
      case Removal.Impossible(String why, String instead) ->
          blocked(Reason.NOT_EXPRESSIBLE, why + "; " + instead);
      case Removal.Steps(List<Step> steps) -> steps.isEmpty() ? finished("") : remove(world, steps);
    };
  }

  private Optional<Outcome> remove(R world, List<Step> steps) {
    List<String> signatures = steps.stream().map(Step::signature).toList();
    if (signatures.equals(lastRound)) {
      return blocked(
          Reason.NOT_CONVERGED,
          "answered success, and is still as it was: " + steps.getFirst().title());
    }
    lastRound = signatures;
    Optional<Outcome> stopped =
        guard(world, steps).or(() -> LateCreates.holdRemoval(store, clock.instant()));
    if (stopped.isPresent()) {
      return stopped;
    }
    StepRunner runner = new StepRunner(account, memory, clock);
    try {
      return runner.run(steps);
    } finally {
      memory = runner.memory();
      done.addAll(runner.done());
    }
  }

  /** A deletion is never approved past people who pay: it has no round in which to ask. */
  private Optional<Outcome> guard(R world, List<Step> steps) {
    List<String> erased = Guards.erased(steps);
    if (!erased.isEmpty()) {
      return blocked(Reason.UNMANAGED_REMOTE_CONTENT, "would erase: " + String.join(", ", erased));
    }
    boolean counts =
        (request.policy() == Policies.Deletion.DELETE && !Guards.isUpkeep(steps))
            || steps.stream().anyMatch(s -> s.affects() == Affects.EXISTING_SUBSCRIBERS);
    if (counts) {
      switch (provider.subscribers(world)) {
        case Subscribers.Known(long count) -> {
          subscribers = OptionalLong.of(count);
          if (count > 0) {
            return blocked(
                Reason.SUBSCRIBERS_AFFECTED,
                "%d still pay for it; wait until nobody does, or set spec.deletionPolicy to Retain"
                    .formatted(count));
          }
        }
        case Subscribers.Unreadable(String why) -> {
          return uncounted(why);
        }
        case Subscribers.Unread(String why) -> {
          return uncounted(why);
        }
      }
    }
    return store
        .whyNotRemove()
        .map(
            why ->
                new Outcome.Unfinished(
                    Reason.PROGRESSING, "nothing is removed now: " + why, Optional.empty()));
  }

  private Optional<Outcome> uncounted(String why) {
    return blocked(
        Reason.SUBSCRIBERS_UNKNOWN,
        "whether anybody pays could not be read: "
            + why
            + "; set spec.deletionPolicy to Retain to let go");
  }

  private Optional<Outcome> finished(String what) {
    if (!done.isEmpty()) {
      events.add(
          new SyncEvent(
              request.policy() == Policies.Deletion.DELETE
                  ? SyncEvent.Type.DELETED
                  : SyncEvent.Type.ARCHIVED,
              request.object()
                  + " "
                  + (what.isEmpty() ? "is archived" : what)
                  + " on the backend"));
    }
    return Optional.of(new Outcome.Done());
  }

  private Optional<Outcome> released(String why) {
    events.add(
        new SyncEvent(
            SyncEvent.Type.RELEASED, request.object() + " left as it is: the object " + why));
    return Optional.of(new Outcome.Done());
  }

  private Optional<Outcome> blocked(Reason reason, String message) {
    events.add(new SyncEvent(SyncEvent.Type.BLOCKED, reason + ": " + message));
    return Optional.of(new Outcome.Blocked(reason, message));
  }

  private SyncResult result(Outcome outcome) {
    return new SyncResult(outcome, memory, view, List.of(), "", List.of(), subscribers, events);
  }
}
