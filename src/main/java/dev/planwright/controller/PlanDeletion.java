package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.DeletionPolicy;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.backend.admission.Lane;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.RemovalRequest;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncEvent;
import dev.planwright.sync.SyncResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lets a Plan go: does what its policy says, and keeps it {@code Terminating}, saying why and how
 * to let go, for as long as that cannot be done.
 */
final class PlanDeletion {
  private final PlanContext context;
  private final PlanSync sync;

  PlanDeletion(PlanContext context, PlanSync sync) {
    this.context = context;
    this.sync = sync;
  }

  /** Returns when to look again; empty when nothing is left to do or an event will say. */
  Optional<Duration> run(Plan plan) {
    if (!Finalizers.has(plan, Annotations.PLAN_FINALIZER)) {
      return Optional.empty();
    }
    ObjectKey backend = References.backendOf(plan);
    Policies policies = CatalogCompiler.policies(plan, backendSpec(backend));
    LiveLook.Definition definition = context.live().planDefinition();
    if (definition == LiveLook.Definition.TERMINATING) {
      return release(plan, "left as it is on the backend");
    }
    List<Violation> unknown = CatalogCompiler.unknown(plan);
    if (!unknown.isEmpty() && plan.getSpec().deletionPolicy() != DeletionPolicy.RETAIN) {
      // The word for what deleting does may be what is not known.
      return wait(plan, Reason.INVALID_SPEC, PlanStatuses.messages(unknown) + "; ", false);
    }
    if (policies.deletion() == Policies.Deletion.RETAIN) {
      return release(plan, "left as it is on the backend");
    }
    if (definition == LiveLook.Definition.UNREADABLE) {
      return wait(
          plan,
          Reason.PROGRESSING,
          "whether the Plan kind itself is being deleted may not be read (get on"
              + " customresourcedefinitions plans.planwright.dev); ",
          true);
    }
    if (Requests.isPaused(plan)) {
      return wait(plan, Reason.PAUSED, "paused; remove the annotation to go on; ", false);
    }
    return switch (context.accounts().of(backend)) {
      case AccountState.Usable(OpenAccount open) -> remove(plan, policies, open);
      case AccountState.NotLookedAt notYet -> Optional.of(Duration.ofMinutes(1));
      case AccountState.Remembered remembered -> {
        context.accounts().needed(backend);
        yield Optional.of(Duration.ofMinutes(1));
      }
      case AccountState.Unusable(
              Reason reason,
              String message,
              boolean triedAgain,
              Optional<OpenAccount> last) -> {
        if (last.isPresent() && reason != Reason.PAUSED) {
          yield remove(plan, policies, last.get());
        }
        yield wait(plan, reason, message + "; ", triedAgain);
      }
    };
  }

  private Optional<Duration> remove(Plan plan, Policies policies, OpenAccount open) {
    KeyClaims claims = context.claims();
    Optional<Plan> winner = claims.winnerOver(plan, open);
    if (winner.isPresent()) {
      return release(plan, "the key belongs to Plan " + ObjectKey.of(winner.get()));
    }
    Optional<Plan> heir = claims.heir(plan, open);
    if (heir.isPresent()) {
      KeptId.keep(
          context.client(),
          heir.get(),
          open.account().provider(),
          KeptId.memory(plan, open.account().provider()).binding().externalId());
      Optional<Duration> done =
          release(plan, "handed over to Plan " + ObjectKey.of(heir.get()) + ", which has the key");
      context.plans().wake(ObjectKey.of(heir.get()));
      return done;
    }
    String inputs = "delete/" + policies.deletion() + "/" + plan.getMetadata().getGeneration();
    String uid = plan.getMetadata().getUid();
    Optional<Duration> left = context.retries().left(uid, inputs);
    if (left.isPresent()) {
      return left;
    }
    ObjectKey key = ObjectKey.of(plan);
    if (!context.turns().take(open, key, Lane.DELETION)) {
      return Optional.empty();
    }
    SyncResult result;
    try {
      Memory memory = KeptId.memory(plan, open.account().provider());
      result =
          sync.remove(
              open.account(),
              new RemovalRequest(
                  "Plan " + key,
                  new Identity(open.config().ownerId(), References.keyOf(plan)),
                  policies.deletion(),
                  memory),
              new StillTerminating(plan, open));
    } finally {
      context.turns().release(open, key);
    }
    context.announcer().announce(eventTarget(plan), result.events());
    return end(plan, inputs, result);
  }

  private Optional<Duration> end(Plan plan, String inputs, SyncResult result) {
    return switch (result.outcome()) {
      case Outcome.Done done -> release(plan, "");
      case Outcome.Blocked(Reason reason, String message) ->
          retry(plan, inputs, result, reason, message, Optional.empty());
      case Outcome.Unfinished(Reason reason, String message, Optional<Duration> after) ->
          retry(plan, inputs, result, reason, message, after);
      case Outcome.Stale stale -> Optional.of(Duration.ofSeconds(1));
      case Outcome.Inexpressible inexpressible ->
          throw new IllegalStateException("a removal expresses nothing");
    };
  }

  private Optional<Duration> retry(
      Plan plan,
      String inputs,
      SyncResult result,
      Reason reason,
      String message,
      Optional<Duration> after) {
    if (reason == Reason.BACKEND_NOT_READY) {
      context.accounts().unauthorized(References.backendOf(plan));
    }
    Plan known = new Plan();
    known.setMetadata(plan.getMetadata());
    known.setSpec(plan.getSpec());
    known.setStatus(
        MemoryCodec.write(
                dev.planwright.api.v1alpha1.PlanStatusBuilder.from(plan.getStatus()),
                result.memory())
            .build());
    write(plan, deleting(known, reason, message + "; ", reason.retry() == Reason.Retry.SOON));
    return Optional.of(
        context.retries().failed(plan.getMetadata().getUid(), inputs, reason, after));
  }

  /** Says why it waits and how to let go, and looks again from time to time. */
  private Optional<Duration> wait(Plan plan, Reason reason, String why, boolean triedAgain) {
    write(plan, deleting(plan, reason, why, triedAgain));
    return Optional.of(Duration.ofMinutes(1));
  }

  private PlanStatus deleting(Plan plan, Reason reason, String why, boolean working) {
    ObjectKey key = ObjectKey.of(plan);
    return PlanStatuses.deleting(
        plan,
        context.clock().instant(),
        reason,
        why
            + "to let go without touching the backend: kubectl patch bplan %s -n %s --type=merge -p '{\"spec\":{\"deletionPolicy\":\"Retain\"}}'"
                .formatted(key.name(), key.namespace()),
        working);
  }

  private void write(Plan plan, PlanStatus status) {
    context.desk(plan, List.of()).finish(status);
  }

  private Optional<Duration> release(Plan plan, String why) {
    Finalizers.set(context.client(), plan, Annotations.PLAN_FINALIZER, false)
        .ifPresent(context.lastWritten()::remember);
    if (!why.isEmpty()) {
      context
          .announcer()
          .announce(
              eventTarget(plan),
              List.of(
                  new SyncEvent(
                      SyncEvent.Type.RELEASED, "Plan " + ObjectKey.of(plan) + ": " + why)));
    }
    context.retries().clear(plan.getMetadata().getUid());
    return Optional.empty();
  }

  /** An event on a Plan that is gone is seen by nobody: the BillingBackend stays. */
  private HasMetadata eventTarget(Plan plan) {
    Optional<BillingBackend> backend = context.manifests().backend(References.backendOf(plan));
    return backend.isPresent() ? backend.get() : plan;
  }

  private BillingBackendSpec backendSpec(ObjectKey backend) {
    return context
        .manifests()
        .backend(backend)
        .map(BillingBackend::getSpec)
        .orElse(BillingBackendSpec.EMPTY);
  }

  /** A last live look: the Plan is still being deleted, and is still the same. */
  private final class StillTerminating implements StatusStore {
    private final Plan plan;
    private final OpenAccount open;

    StillTerminating(Plan plan, OpenAccount open) {
      this.plan = plan;
      this.open = open;
    }

    @Override
    public Optional<String> holderOf(String externalId) {
      return context.claims().holderOf(externalId, plan, open);
    }

    @Override
    public Optional<Instant> holdCreates() {
      return context.formerCalls(open);
    }

    @Override
    public void write(Memory memory) {
      throw new IllegalStateException("a removal creates nothing that needs a journal");
    }

    @Override
    public Optional<String> whyNotRemove() {
      Optional<Plan> now = context.live().plan(ObjectKey.of(plan));
      boolean same =
          now.isPresent()
              && now.get().isMarkedForDeletion()
              && plan.getMetadata().getUid().equals(now.get().getMetadata().getUid());
      return same ? Optional.empty() : Optional.of("the Plan is gone or was made anew");
    }
  }
}
