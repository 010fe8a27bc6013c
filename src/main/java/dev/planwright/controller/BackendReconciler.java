package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.catalog.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Keeps the account of each BillingBackend open, and says in its status where it stands.
 *
 * <p>A run finds out whether there is anything to ask (a new spec, another key, a failure whose
 * time has come), asks, publishes the answer to the Plans, and writes the status when it says
 * something new. It also holds the object while Plans use it, so that deleting a namespace in any
 * order still does what each Plan's policy says.
 */
@ControllerConfiguration(
    name = "billingbackend",
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true,
    informer = @Informer(onUpdateFilter = BackendChanges.class))
public final class BackendReconciler implements Reconciler<BillingBackend> {
  /** A count of Plans is written no more often, unless something else is written anyway. */
  static final Duration COUNT_DELAY = Duration.ofSeconds(5);

  private static final int NAMED_PLANS = 5;

  private final AccountAccess access;
  private final Manifests manifests;
  private final OpenAccounts accounts;
  private final AccountOpener opener;
  private final BackendWrites writes;
  private final Wakeups<BillingBackend> wakeups;
  private final Consumer<ObjectKey> wakePlan;
  private final RandomGenerator random;
  private final LastWritten<BillingBackend> lastWritten = new LastWritten<>();

  /**
   * @param wakeups by which others start a run; {@code accounts} wakes through it too
   * @param wakePlan starts a run of a Plan
   */
  public BackendReconciler(
      KubernetesClient client,
      AccountAccess access,
      Manifests manifests,
      OpenAccounts accounts,
      Wakeups<BillingBackend> wakeups,
      Consumer<ObjectKey> wakePlan,
      RandomGenerator random) {
    this.access = access;
    this.manifests = manifests;
    this.accounts = accounts;
    this.opener = new AccountOpener(access, new Secrets(client));
    this.writes = new BackendWrites(client);
    this.wakeups = wakeups;
    this.wakePlan = wakePlan;
    this.random = random;
  }

  @Override
  public List<EventSource<?, BillingBackend>> prepareEventSources(
      EventSourceContext<BillingBackend> context) {
    return List.of(wakeups);
  }

  @Override
  public UpdateControl<BillingBackend> reconcile(
      BillingBackend backend, Context<BillingBackend> context) {
    if (context.isPrimaryResourceDeleted()) {
      gone(backend);
      return UpdateControl.noUpdate();
    }
    UpdateControl<BillingBackend> done = UpdateControl.noUpdate();
    run(backend).ifPresent(done::rescheduleAfter);
    return done;
  }

  /**
   * One run.
   *
   * @return when to run again without an event
   */
  Optional<Duration> run(BillingBackend cached) {
    ObjectKey key = ObjectKey.of(cached);
    BackendAccount account = accounts.account(cached);
    Optional<BillingBackend> held = hold(lastWritten.newest(cached));
    if (held.isEmpty()) {
      return Optional.empty();
    }
    BillingBackend backend = held.get();
    look(account, backend);
    AccountState state = state(account, backend);
    boolean changed = false;
    if (state instanceof AccountState.Unusable) {
      changed = account.publish(state);
    }
    Optional<Duration> countLater = write(account, backend);
    // An account becomes usable only when its id is pinned in status: the pin is what keeps another
    // key from starting ten thousand creates on another account.
    changed |= account.publish(state);
    if (changed) {
      manifests.plansOf(key).forEach(plan -> wakePlan.accept(ObjectKey.of(plan)));
    }
    return sooner(account.untilNextLook(access.clock().instant()), countLater);
  }

  /** The object is gone: so is the account, and the Plans that used it hear of it. */
  void gone(BillingBackend backend) {
    ObjectKey key = ObjectKey.of(backend);
    accounts.forget(key);
    lastWritten.forget(backend);
    manifests.plansOf(key).forEach(plan -> wakePlan.accept(ObjectKey.of(plan)));
  }

  /** Holds a BillingBackend that is in use; lets go of one that is deleted and no longer is. */
  private Optional<BillingBackend> hold(BillingBackend backend) {
    ObjectKey key = ObjectKey.of(backend);
    boolean inUse = !manifests.plansOf(key).isEmpty();
    if (!isTerminating(backend)) {
      return inUse ? finalizer(backend, true) : Optional.of(backend);
    }
    // A live look: the cache of Plans may be filled later than ours.
    if (!inUse && isHeld(backend) && writes.livePlans(key).isEmpty()) {
      finalizer(backend, false);
      return Optional.empty();
    }
    return Optional.of(backend);
  }

  private Optional<BillingBackend> finalizer(BillingBackend backend, boolean wanted) {
    if (isHeld(backend) == wanted) {
      return Optional.of(backend);
    }
    return writes.finalizer(backend, wanted).map(lastWritten::remember);
  }

  private void look(BackendAccount account, BillingBackend backend) {
    Instant now = access.clock().instant();
    if (account.mustLook(backend, now)) {
      Optional<HeldKey> failed = account.waitingFor(backend, now);
      if (failed.isPresent() && !opener.isKeyChanged(backend, failed.get())) {
        account.sameKey(now);
      } else {
        judge(account, backend, opener.look(backend, account));
      }
    }
    askForDeletions(account, backend);
  }

  private void judge(BackendAccount account, BillingBackend backend, Finding found) {
    Instant now = access.clock().instant();
    if (!account.isNew(backend) && !saysMore(found, account.finding())) {
      account.keep(now, random);
    } else {
      account.looked(backend, found, now, random);
    }
  }

  /** A look that failed in passing says nothing about an account that was good just before. */
  private static boolean saysMore(Finding found, Optional<Finding> before) {
    if (!(before.orElse(null) instanceof Finding.Good good)) {
      return true;
    }
    return switch (found) {
      case Finding.Good again -> true;
      case Finding.Unknown unknown -> false;
      case Finding.Bad bad ->
          bad.reason() != Reason.UNREACHABLE
              || !good.probed()
              || !bad.key().equals(Optional.of(good.key()));
    };
  }

  /**
   * Deletions go on with the key last read when the Secret is gone. Where that key was only read
   * and never used since the start, whom it opens is asked first.
   */
  private void askForDeletions(BackendAccount account, BillingBackend backend) {
    Optional<Finding.Good> last = account.lastGood();
    if (last.isEmpty() || last.get().probed() || !mayStillDelete(account, backend)) {
      return;
    }
    boolean asked =
        isTerminating(backend)
            || manifests.plansOf(ObjectKey.of(backend)).stream()
                .anyMatch(BackendReconciler::isTerminating);
    if (asked && opener.probe(backend, last.get()) instanceof Finding.Good good) {
      account.askedForDeletions(good);
    }
  }

  private static boolean mayStillDelete(BackendAccount account, BillingBackend backend) {
    boolean keyGone =
        switch (account.finding().orElse(null)) {
          case Finding.Bad bad ->
              bad.reason() == Reason.SECRET_NOT_FOUND || bad.reason() == Reason.UNREACHABLE;
          case Finding.Unknown unknown -> true;
          case Finding.Good good -> false;
          case null -> false;
        };
    return keyGone
        && account
            .lastGood()
            .filter(good -> AccountOpener.isSameAccount(good.open().spec(), backend.getSpec()))
            .isPresent();
  }

  private static AccountState state(BackendAccount account, BillingBackend backend) {
    String object = "BillingBackend " + ObjectKey.of(backend);
    Optional<OpenAccount> forDeletions =
        mayStillDelete(account, backend)
            ? account.lastGood().filter(Finding.Good::probed).map(Finding.Good::open)
            : Optional.empty();
    return switch (account.finding().orElseThrow()) {
      case Finding.Good good when isTerminating(backend) ->
          new AccountState.Unusable(
              Reason.BACKEND_NOT_READY,
              object + " is being deleted: only deletions go on",
              false,
              Optional.of(good.open()));
      case Finding.Good good ->
          good.probed()
              ? new AccountState.Usable(good.open())
              : new AccountState.Remembered(good.open());
      case Finding.Bad bad when bad.reason() == Reason.PAUSED ->
          new AccountState.Unusable(
              Reason.PAUSED, object + " is paused: " + bad.message(), false, Optional.empty());
      case Finding.Bad bad ->
          new AccountState.Unusable(
              Reason.BACKEND_NOT_READY,
              "%s is not ready (%s): %s".formatted(object, bad.reason(), bad.message()),
              bad.reason().retry() == Reason.Retry.SOON,
              forDeletions);
      case Finding.Unknown unknown ->
          new AccountState.Unusable(
              Reason.BACKEND_NOT_READY,
              object + " is not ready: " + unknown.message(),
              true,
              forDeletions);
    };
  }

  /**
   * Writes the status when it says something new. A count alone waits: ten thousand Plans that
   * arrive one by one are a few writes, not ten thousand.
   *
   * @return when a count that waits is due
   */
  private Optional<Duration> write(BackendAccount account, BillingBackend backend) {
    Instant now = access.clock().instant();
    Optional<SweepNews> news = account.news();
    int plans = manifests.plansOf(ObjectKey.of(backend)).size();
    BackendStatuses.View view = view(account, backend, plans, news);
    BillingBackendStatus before = backend.getStatus();
    Integer shown = before.plans();
    if (shown != null && shown != plans) {
      BillingBackendStatus same =
          BackendStatuses.next(before, view(account, backend, shown, news), now);
      Duration left = Duration.between(now, account.countWritten().plus(COUNT_DELAY));
      if (same.equals(before) && left.isPositive()) {
        return Optional.of(left);
      }
    }
    writes
        .status(backend, status -> BackendStatuses.next(status, view, now))
        .ifPresent(
            written -> {
              lastWritten.remember(written);
              if (!Objects.equals(shown, written.getStatus().plans())) {
                account.countWritten(now);
              }
            });
    news.ifPresent(account::reported);
    return Optional.empty();
  }

  private BackendStatuses.View view(
      BackendAccount account, BillingBackend backend, int plans, Optional<SweepNews> news) {
    Optional<String> provider = BackendCheck.providerOf(backend.getSpec());
    return new BackendStatuses.View(
        account.generation(),
        provider,
        provider.map(access.providers()::get),
        account.finding().orElseThrow(),
        plans,
        news,
        remarks(account, backend));
  }

  private List<String> remarks(BackendAccount account, BillingBackend backend) {
    List<String> remarks = new ArrayList<>();
    account.sweepError().ifPresent(error -> remarks.add("the last comparison failed: " + error));
    List<Plan> plans = manifests.plansOf(ObjectKey.of(backend));
    if (isTerminating(backend) && !plans.isEmpty()) {
      List<String> names =
          plans.stream().limit(NAMED_PLANS).map(plan -> plan.getMetadata().getName()).toList();
      int more = plans.size() - names.size();
      remarks.add(
          "it is being deleted and waits for Plan %s%s; delete what is left of them"
              .formatted(String.join(", ", names), more == 0 ? "" : " and " + more + " more"));
    }
    return remarks;
  }

  private static Optional<Duration> sooner(Optional<Duration> one, Optional<Duration> other) {
    return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
  }

  private static boolean isHeld(BillingBackend backend) {
    return backend.getMetadata().getFinalizers().contains(Annotations.BACKEND_FINALIZER);
  }

  private static boolean isTerminating(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }
}
