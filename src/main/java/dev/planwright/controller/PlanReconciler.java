package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.client.AccountClient;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Compilation;
import dev.planwright.catalog.Reason;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;

/**
 * The story of a Plan: gather it with its Prices, compile, ask whether the account can be used, let
 * the core bring the backend there, write down what came of it.
 *
 * <p>Runs start from events and from {@link Wakeups}; each reads everything afresh and returns when
 * to look again. Nothing that must survive is kept in memory: after a crash, status and backend say
 * what happened.
 */
@ControllerConfiguration(
    name = "plan",
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true,
    informer = @Informer(onUpdateFilter = ManifestChanges.class))
public final class PlanReconciler implements Reconciler<Plan> {
  private static final String LEAVING = " leaving";

  private final PlanContext context;
  private final CatalogCompiler compiler;
  private final PlanWork work;
  private final PlanDeletion deletion;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  PlanReconciler(
      PlanContext context, CatalogCompiler compiler, PlanWork work, PlanDeletion deletion) {
    this.context = context;
    this.compiler = compiler;
    this.work = work;
    this.deletion = deletion;
  }

  @Override
  public UpdateControl<Plan> reconcile(Plan cached, Context<Plan> run) {
    MDC.put(AccountClient.MDC_PLAN, ObjectKey.of(cached).toString());
    try {
      UpdateControl<Plan> done = UpdateControl.noUpdate();
      run(cached, run.isPrimaryResourceDeleted()).ifPresent(done::rescheduleAfter);
      return done;
    } finally {
      MDC.remove(AccountClient.MDC_PLAN);
    }
  }

  /** Returns when to look again; empty when an event will say. */
  Optional<Duration> run(Plan cached, boolean isGone) {
    Optional<Duration> again = Optional.empty();
    try {
      again = isGone ? gone(cached) : reconcile(context.lastWritten().newest(cached));
      return again;
    } finally {
      context.turns().runEnded(References.backendOf(cached), ObjectKey.of(cached), again);
    }
  }

  private Optional<Duration> reconcile(Plan plan) {
    if (known.add(stage(plan))) {
      context.backends().wake(References.backendOf(plan));
      wakeNaming(plan);
    }
    if (plan.isMarkedForDeletion()) {
      return deletion.run(plan);
    }
    List<Price> prices = context.pricesOf(plan);
    ObjectKey backend = References.backendOf(plan);
    BillingBackendSpec spec =
        context
            .manifests()
            .backend(backend)
            .map(BillingBackend::getSpec)
            .orElse(BillingBackendSpec.EMPTY);
    if (Requests.isPaused(plan)) {
      return say(plan, prices, Reason.PAUSED, "paused; remove the annotation to go on", false);
    }
    return switch (compiler.compile(plan, prices, spec)) {
      case Compilation.Invalid invalid -> invalid(plan, prices, invalid);
      case Compilation.Waiting waiting -> waiting(plan, prices, waiting);
      case Compilation.Compiled compiled ->
          switch (context.accounts().of(backend)) {
            case AccountState.NotLookedAt notYet -> Optional.empty();
            case AccountState.Unusable(
                    Reason reason,
                    String message,
                    boolean triedAgain,
                    var forDeletions) ->
                say(plan, prices, reason, message, triedAgain);
            case AccountState.Remembered(OpenAccount open) ->
                work.runRemembered(plan, prices, compiled, open);
            case AccountState.Usable(OpenAccount open) -> work.run(plan, prices, compiled, open);
          };
    };
  }

  private Optional<Duration> invalid(Plan plan, List<Price> prices, Compilation.Invalid invalid) {
    return write(
        plan,
        prices,
        PlanStatuses.invalid(
            plan, prices, context.clock().instant(), invalid.reason(), invalid.violations()));
  }

  private Optional<Duration> waiting(Plan plan, List<Price> prices, Compilation.Waiting waiting) {
    Optional<Duration> arriving = stillArriving(plan, prices);
    if (arriving.isPresent()) {
      return arriving;
    }
    boolean lostItsLast =
        waiting.reason() == Reason.WAITING_FOR_PRICES
            && waiting.missing().isEmpty()
            && plan.getStatus().externalId() != null;
    return lostItsLast
        ? say(
            plan,
            prices,
            Reason.NO_ACTIVE_PRICE,
            Reason.NO_ACTIVE_PRICE.meaning() + "; " + Reason.NO_ACTIVE_PRICE.whatToDo(),
            false)
        : say(plan, prices, waiting.reason(), waiting.message(), false);
  }

  /**
   * What is applied together arrives one by one: a new Plan is not said to wait for what comes in
   * the next moment, which would be a write for it and each of its Prices.
   */
  private Optional<Duration> stillArriving(Plan plan, List<Price> prices) {
    if (!plan.getStatus().conditions().isEmpty()) {
      return Optional.empty();
    }
    String inputs = plan.getMetadata().getGeneration() + " with " + prices.size() + " prices";
    return context.settling().left(plan.getMetadata().getUid(), inputs, false, Set.of());
  }

  private Optional<Duration> say(
      Plan plan, List<Price> prices, Reason reason, String message, boolean working) {
    return write(
        plan,
        prices,
        PlanStatuses.waiting(plan, prices, context.clock().instant(), reason, message, working));
  }

  /** What changes next comes as an event: nothing has to be looked at again. */
  private Optional<Duration> write(Plan plan, List<Price> prices, PlanStatus status) {
    work.forget(plan);
    work.write(context.desk(plan, prices), plan, prices, status);
    return Optional.empty();
  }

  /** The Plan is gone: who waited for its key, or names it, looks again. */
  private Optional<Duration> gone(Plan plan) {
    known.remove(plan.getMetadata().getUid());
    known.remove(plan.getMetadata().getUid() + LEAVING);
    context.backends().wake(References.backendOf(plan));
    work.forget(plan);
    context.lastWritten().forget(plan);
    context.manifests().plansWithKey(References.keyOf(plan)).stream()
        .map(ObjectKey::of)
        .forEach(context.plans()::wake);
    wakeNaming(plan);
    return Optional.empty();
  }

  /**
   * A BillingBackend counts its Plans, and is held by them: it hears of each that comes or goes.
   */
  private static String stage(Plan plan) {
    return plan.getMetadata().getUid() + (plan.isMarkedForDeletion() ? LEAVING : "");
  }

  private void wakeNaming(Plan plan) {
    context.manifests().plansNaming(ObjectKey.of(plan)).stream()
        .map(ObjectKey::of)
        .forEach(context.plans()::wake);
    context.manifests().pricesOf(ObjectKey.of(plan)).stream()
        .map(ObjectKey::of)
        .forEach(context.prices()::wake);
  }

  @Override
  public List<EventSource<?, Plan>> prepareEventSources(EventSourceContext<Plan> sources) {
    return List.of(context.plans());
  }
}
