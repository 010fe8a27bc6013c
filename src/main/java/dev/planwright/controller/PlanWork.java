package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatus.PriceRow;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.admission.Lane;
import dev.planwright.catalog.Compilation;
import dev.planwright.catalog.CompilerAliases;
import dev.planwright.catalog.ContentHash;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A valid Plan on an account that can be used: decides whether anything has to be read at all,
 * waits for quiet and for its turn, runs the core, and writes down what came of it.
 */
public final class PlanWork implements AutoCloseable {
  /** Work that takes longer than this is said to be under way. */
  private static final Duration A_MOMENT = Duration.ofSeconds(2);

  private final PlanContext context;
  private final PlanSync sync;
  private final DriftMarks marks;
  private final Map<ObjectKey, Instant> inFlight = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress-watch").factory());

  PlanWork(PlanContext context, PlanSync sync, DriftMarks marks) {
    this.context = context;
    this.sync = sync;
    this.marks = marks;
  }

  /**
   * An account that nobody has asked since the process started: enough to see that a Plan is
   * settled, so that a restart makes no call. Any other Plan has the account asked, which wakes it.
   */
  Optional<Duration> runRemembered(
      Plan plan, List<Price> prices, Compilation.Compiled compiled, OpenAccount open) {
    boolean settled =
        context.claims().winnerOver(plan, open).isEmpty()
            && PlanWarnings.areKnown(plan)
            && isSettled(plan, request(plan, compiled, open), open);
    if (settled) {
      // Said of this very spec, of an account whose facts may have been forgotten since.
      String onDelete =
          Optional.ofNullable(plan.getStatus().onDelete())
              .orElseGet(() -> open.onDelete(compiled.policies().deletion()));
      return settled(
          plan,
          prices,
          compiled.policies(),
          onDelete,
          PlanWarnings.remembered(plan, compiled),
          open);
    }
    context.accounts().needed(References.backendOf(plan));
    return Optional.empty();
  }

  /** Returns when to look again; empty when an event will say. */
  Optional<Duration> run(
      Plan plan, List<Price> prices, Compilation.Compiled compiled, OpenAccount open) {
    PlanDesk desk = context.desk(plan, prices);
    Optional<Plan> winner = context.claims().winnerOver(plan, open);
    if (winner.isPresent()) {
      return keyConflict(desk, plan, prices, winner.get());
    }
    SyncRequest request = request(plan, compiled, open);
    if (isSettled(plan, request, open)) {
      return settled(
          plan,
          prices,
          compiled.policies(),
          open.onDelete(compiled.policies().deletion()),
          PlanWarnings.of(compiled, open.account().provider(), open.account().facts()),
          open);
    }
    boolean look = request.requested() || marks.isMarked(ObjectKey.of(plan));
    String uid = plan.getMetadata().getUid();
    String inputs = inputs(plan, prices, open, request.hash());
    Optional<Duration> pause =
        context
            .retries()
            .left(uid, inputs)
            .or(
                () ->
                    context
                        .settling()
                        .left(uid, inputs, compiled.complete(), vanished(plan, prices)));
    if (pause.isPresent()) {
      return pause;
    }
    Lane lane = lane(look, context.retries().isRetry(uid, inputs));
    if (!context.turns().take(open, ObjectKey.of(plan), lane)) {
      return queued(desk, plan);
    }
    return admitted(plan, prices, compiled, open, inputs);
  }

  private boolean isSettled(Plan plan, SyncRequest request, OpenAccount open) {
    return !marks.isMarked(ObjectKey.of(plan)) && request.isSettled(open.account().facts().id());
  }

  private Optional<Duration> settled(
      Plan before,
      List<Price> prices,
      Policies policies,
      String onDelete,
      List<String> warnings,
      OpenAccount open) {
    forget(before);
    Plan plan =
        keepId(
            withFinalizer(before, policies),
            open,
            Optional.ofNullable(before.getStatus().externalId()).orElse(""));
    PlanStatus status =
        PlanStatuses.settled(plan, prices, onDelete, warnings, context.clock().instant());
    write(context.desk(plan, prices), plan, prices, status);
    return Optional.empty();
  }

  private Optional<Duration> admitted(
      Plan before,
      List<Price> prices,
      Compilation.Compiled compiled,
      OpenAccount open,
      String inputs) {
    ObjectKey key = ObjectKey.of(before);
    inFlight.put(key, context.clock().instant());
    try {
      boolean marked = marks.take(key);
      Plan plan = withFinalizer(before, compiled.policies());
      PlanDesk desk = context.desk(plan, prices);
      desk.holdCreates(context.formerCalls(open));
      desk.rivals(
          named -> {
            Optional<Plan> holder = context.claims().yieldTo(plan, open, named);
            holder.map(ObjectKey::of).ifPresent(context.plans()::wake);
            return holder.isPresent();
          });
      desk.holders(id -> context.claims().holderOf(id, plan, open));
      Future<?> slow =
          watch.schedule(desk::sayProgressing, A_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
      SyncResult result;
      try {
        result = KeptId.seen(plan, sync.sync(open.account(), request(plan, compiled, open), desk));
      } finally {
        slow.cancel(false);
      }
      Optional<Duration> again =
          end(
              desk,
              plan,
              prices,
              open.onDelete(compiled.policies().deletion()),
              PlanWarnings.ofManifests(compiled),
              inputs,
              marked,
              result);
      if (!KeptId.isInDoubt(result.outcome())) {
        keepId(plan, open, result.memory().binding().externalId());
      }
      return again;
    } finally {
      inFlight.remove(key);
      context.turns().release(open, key);
    }
  }

  private Optional<Duration> end(
      PlanDesk desk,
      Plan plan,
      List<Price> prices,
      String onDelete,
      List<String> warnings,
      String inputs,
      boolean marked,
      SyncResult result) {
    String uid = plan.getMetadata().getUid();
    context.announcer().announce(plan, result.events());
    if (result.outcome() instanceof Outcome.Stale) {
      // What changed is on its way as an event; should it have come before, this run makes up.
      return Optional.of(Duration.ofSeconds(1));
    }
    PlanStatus status =
        PlanStatuses.of(plan, prices, onDelete, warnings, result, context.clock().instant());
    if (!write(desk, plan, prices, status)) {
      return Optional.of(A_MOMENT);
    }
    tellThoseWhoNameIt(plan, status);
    if (!(result.outcome() instanceof Outcome.Unfinished)) {
      context.settling().done(uid);
    }
    return switch (result.outcome()) {
      case Outcome.Done done -> {
        context.retries().clear(uid);
        yield result.mayStillLand(context.clock().instant());
      }
      case Outcome.Inexpressible inexpressible -> done(uid);
      case Outcome.Blocked(Reason reason, String message) ->
          reason.retry() == Reason.Retry.NEVER
              ? done(uid)
              : Optional.of(context.retries().failed(uid, inputs, reason, Optional.empty()));
      case Outcome.Unfinished(Reason reason, String message, Optional<Duration> after) -> {
        if (marked) {
          marks.mark(ObjectKey.of(plan));
        }
        if (reason == Reason.BACKEND_NOT_READY) {
          context.accounts().unauthorized(References.backendOf(plan));
        }
        yield Optional.of(context.retries().failed(uid, inputs, reason, after));
      }
      case Outcome.Stale stale -> Optional.of(Duration.ofSeconds(1));
    };
  }

  private Optional<Duration> done(String uid) {
    context.retries().clear(uid);
    return Optional.empty();
  }

  private Optional<Duration> keyConflict(
      PlanDesk desk, Plan plan, List<Price> prices, Plan winner) {
    forget(plan);
    String message =
        "key %s of this account is held by Plan %s; %s"
            .formatted(
                References.keyOf(plan), ObjectKey.of(winner), Reason.KEY_CONFLICT.whatToDo());
    write(
        desk,
        plan,
        prices,
        PlanStatuses.waiting(
            plan, prices, context.clock().instant(), Reason.KEY_CONFLICT, message, false));
    return Optional.empty();
  }

  /** Waits for its turn: an event starts the run that gets it. Only a long wait is written down. */
  private Optional<Duration> queued(PlanDesk desk, Plan plan) {
    boolean wasReady =
        Conditions.find(plan.getStatus().conditions(), ConditionType.READY)
            .map(ready -> ready.holds())
            .orElse(false);
    if (!wasReady) {
      return Optional.empty();
    }
    Duration waited = context.settling().waited(plan.getMetadata().getUid());
    if (waited.compareTo(A_MOMENT) < 0) {
      return Optional.of(A_MOMENT.minus(waited).plusMillis(1));
    }
    desk.sayProgressing();
    return Optional.empty();
  }

  private SyncRequest request(Plan plan, Compilation.Compiled compiled, OpenAccount open) {
    return new SyncRequest(
        compiled.plan(),
        compiled.policies(),
        hash(compiled, open),
        KeptId.memory(plan, open.account().provider()),
        Requests.approval(plan),
        Requests.isReconcileRequested(plan));
  }

  /** Names the content and every setting that changes what it means on this account. */
  static String hash(Compilation.Compiled compiled, OpenAccount open) {
    Map<String, String> meaning = new TreeMap<>(open.account().provider().meaning());
    meaning.putAll(CompilerAliases.inUse(compiled.plan(), open.spec()));
    return ContentHash.of(compiled.plan(), meaning);
  }

  private Plan withFinalizer(Plan plan, Policies policies) {
    boolean wanted = policies.deletion() != Policies.Deletion.RETAIN;
    if (Finalizers.has(plan, Annotations.PLAN_FINALIZER) == wanted) {
      return plan;
    }
    return Finalizers.set(context.client(), plan, Annotations.PLAN_FINALIZER, wanted)
        .map(context.lastWritten()::remember)
        .orElse(plan);
  }

  private Plan keepId(Plan plan, OpenAccount open, String externalId) {
    return KeptId.keep(context.client(), plan, open.account().provider(), externalId)
        .map(context.lastWritten()::remember)
        .orElse(plan);
  }

  /** Everything that a try depends on: with any of it changed, the next try starts at once. */
  private String inputs(Plan plan, List<Price> prices, OpenAccount open, String hash) {
    return plan.getMetadata().getGeneration()
        + "|"
        + hash
        + "|"
        + Requests.approval(plan)
        + "|"
        + Requests.reconcileRequestedAt(plan).orElse("")
        + "|"
        + KeptId.given(plan).orElse("")
        + "|"
        + open.opened()
        + "|"
        + prices.stream()
            .map(price -> price.getMetadata().getUid() + ":" + price.getMetadata().getGeneration())
            .collect(Collectors.joining(","))
        + "|"
        + References.plansNamedBy(plan).stream()
            .flatMap(named -> context.manifests().plan(named).stream())
            .map(named -> existence(context.lastWritten().newest(named)))
            .collect(Collectors.joining(","));
  }

  /**
   * What there is of a Plan on the backend, for those that name it as parent or add-on: an object
   * with this id, and whether it was ever brought to what its manifest says.
   */
  private static String existence(Plan plan) {
    PlanStatus status = plan.getStatus();
    return status.externalId() + (status.syncedHash() == null ? " begun" : " made");
  }

  /** Whoever could not be made because this Plan was not there yet is tried at once. */
  private void tellThoseWhoNameIt(Plan before, PlanStatus after) {
    Plan now = new Plan();
    now.setStatus(after);
    if (!existence(before).equals(existence(now))) {
      context.manifests().plansNaming(ObjectKey.of(before)).stream()
          .map(ObjectKey::of)
          .forEach(context.plans()::wake);
    }
  }

  private static Lane lane(boolean look, boolean retry) {
    return look ? Lane.DRIFT : retry ? Lane.RETRY : Lane.EDIT;
  }

  /** Prices that the backend has and no manifest names any more. */
  private static Set<String> vanished(Plan plan, List<Price> prices) {
    Set<String> names = new HashSet<>();
    for (PriceRow row : plan.getStatus().prices()) {
      names.add(row.name());
    }
    prices.forEach(price -> names.remove(price.getMetadata().getName()));
    return names;
  }

  /** Forgets waits and failures: something else decides now. */
  void forget(Plan plan) {
    context.retries().clear(plan.getMetadata().getUid());
    context.settling().done(plan.getMetadata().getUid());
  }

  /**
   * Writes the status, and tells the Prices whose row changed.
   *
   * @return whether it counts: false when a newer run has written meanwhile
   */
  boolean write(PlanDesk desk, Plan plan, List<Price> prices, PlanStatus status) {
    PlanDesk.Written written = desk.finish(status);
    if (written != PlanDesk.Written.NEWS) {
      return written == PlanDesk.Written.NOTHING;
    }
    Set<PriceRow> before = Set.copyOf(plan.getStatus().prices());
    Set<String> changed =
        status.prices().stream()
            .filter(row -> !before.contains(row))
            .map(PriceRow::name)
            .collect(Collectors.toSet());
    for (Price price : prices) {
      if (changed.contains(price.getMetadata().getName())) {
        context.prices().wake(ObjectKey.of(price));
      }
    }
    return true;
  }

  /** Whether a run of this Plan is at the backend now. */
  boolean isInFlight(ObjectKey plan) {
    return inFlight.containsKey(plan);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
