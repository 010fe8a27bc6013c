package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.DriftPolicy;
import dev.planwright.api.v1alpha1.Durations;
import dev.planwright.backend.Account;
import dev.planwright.sync.Sweep;
import dev.planwright.sync.SweepReport;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for drift: for each BillingBackend, about once in its interval, one comparison of the whole
 * catalogue. Marks the Plans that differ and wakes them; they read, judge and write by themselves.
 *
 * <p>{@link #tick} is called every second by {@link SweepClock} and never waits: what calls a
 * billing system runs on the executor, once at a time for each account.
 */
public final class Sweeper {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final AccountAccess access;
  private final Manifests manifests;
  private final OpenAccounts accounts;
  private final AccountOpener opener;
  private final WantedPlans wanted;
  private final DriftMarks marks;
  private final Consumer<ObjectKey> wakePlan;
  private final Executor executor;
  private final RandomGenerator random;
  private final Map<ObjectKey, Round> rounds = new ConcurrentHashMap<>();

  /**
   * @param wakePlan starts a run of a Plan
   * @param executor runs the comparisons; each may take minutes, waiting for its turn to call
   */
  public Sweeper(
      KubernetesClient client,
      AccountAccess access,
      Manifests manifests,
      OpenAccounts accounts,
      WantedPlans wanted,
      DriftMarks marks,
      Consumer<ObjectKey> wakePlan,
      Executor executor,
      RandomGenerator random) {
    this.access = access;
    this.manifests = manifests;
    this.accounts = accounts;
    this.opener = new AccountOpener(access, new Secrets(client));
    this.wanted = wanted;
    this.marks = marks;
    this.wakePlan = wakePlan;
    this.executor = executor;
    this.random = random;
  }

  /** The plans on each account that have no Plan, counted by the last sweep; for metrics. */
  public Map<ObjectKey, Integer> unclaimed() {
    Map<ObjectKey, Integer> counts = new ConcurrentHashMap<>();
    rounds.forEach((key, round) -> round.unclaimedCount().ifPresent(n -> counts.put(key, n)));
    return counts;
  }

  /** Starts what is due. */
  public void tick() {
    Instant now = access.clock().instant();
    Set<ObjectKey> there = new HashSet<>();
    for (BillingBackend backend : manifests.backends()) {
      ObjectKey key = ObjectKey.of(backend);
      there.add(key);
      // Anywhere in the second half of the interval: accounts that were opened together must not
      // be swept together for ever.
      Round round =
          rounds.computeIfAbsent(
              key, k -> new Round(now.plus(share(interval(backend.getSpec()), 50, 100))));
      round.nextReads(now).forEach(this::markAndWake);
      if (round.start(now)) {
        executor.execute(() -> run(backend, key, round));
      }
    }
    rounds.keySet().retainAll(there);
  }

  private void run(BillingBackend backend, ObjectKey key, Round round) {
    Duration next = SOON;
    try {
      next = visit(backend, key, round);
    } catch (RuntimeException e) {
      // Anything unforeseen in a provider or in Kubernetes: the next visit must still come.
      log.warn("backend={} was not swept, tried again in {} s", key, next.toSeconds(), e);
    } finally {
      round.end(access.clock().instant().plus(next));
    }
  }

  /** Reads the Secret, then compares; returns when to come again. */
  private Duration visit(BillingBackend backend, ObjectKey key, Round round) {
    Optional<BackendAccount> account = accounts.known(key);
    Duration interval = share(interval(backend.getSpec()), 90, 110);
    if (account.isEmpty() || backend.isMarkedForDeletion()) {
      return SOON;
    }
    Optional<Finding.Good> good =
        account
            .flatMap(BackendAccount::finding)
            .filter(Finding.Good.class::isInstance)
            .map(Finding.Good.class::cast);
    if (good.isEmpty()) {
      return SOON; // the reconciler looks after it
    }
    if (opener.isKeyChanged(backend, good.get().key())) {
      account.get().recheck();
      accounts.wake(key);
      return SOON;
    }
    if (isOff(backend.getSpec())) {
      return interval;
    }
    if (!good.get().probed()) {
      accounts.needed(key);
      return SOON;
    }
    sweep(good.get().forSweep(), backend, key, account.get(), round);
    return interval;
  }

  private <R> void sweep(
      Account<R> open, BillingBackend backend, ObjectKey key, BackendAccount account, Round round) {
    Sweep<R, ObjectKey> sweep =
        new Sweep<>(
            open,
            backend.getSpec().ownerId(),
            access.clock(),
            () -> wanted.of(key).stream().map(Wanted::expected).toList(),
            () -> keysOn(key));
    SweepReport<ObjectKey> report = sweep.run(round.since(backend.getStatus()));
    report.differing().forEach(this::markAndWake);
    report.missing().forEach(this::markAndWake);
    round.found(report, access.clock().instant(), interval(backend.getSpec()));
    account.report(news(report));
    accounts.wake(key);
    report
        .error()
        .ifPresent(error -> log.warn("backend={} comparison without conclusion: {}", key, error));
  }

  /**
   * Keys that Plans hold on this account: also those that are not valid, and those of other
   * BillingBackends that may open the same account.
   */
  private Set<String> keysOn(ObjectKey backend) {
    return manifests.plans().stream()
        .filter(plan -> isSameOwner(References.backendOf(plan), backend))
        .map(References::keyOf)
        .collect(Collectors.toSet());
  }

  private boolean isSameOwner(ObjectKey other, ObjectKey backend) {
    return other.equals(backend) || ownerOf(other).equals(ownerOf(backend));
  }

  private Optional<String> ownerOf(ObjectKey backend) {
    return manifests.backend(backend).map(found -> found.getSpec().ownerId());
  }

  private void markAndWake(ObjectKey plan) {
    marks.mark(plan);
    wakePlan.accept(plan);
  }

  private static SweepNews news(SweepReport<ObjectKey> report) {
    Duration took = Duration.between(report.started(), report.ended());
    BillingBackendStatus.Sweep sweep =
        new BillingBackendStatus.Sweep(
            report.ended().truncatedTo(ChronoUnit.SECONDS),
            Math.max(1, took.toSeconds()) + "s",
            report.compared(),
            report.differing().size() + report.missing().size(),
            report.unread().isEmpty() ? null : report.unread().size());
    return new SweepNews(
        // Without a conclusion the last one stands, with its time.
        report.error().isEmpty() ? Optional.of(sweep) : Optional.empty(),
        report
            .unclaimed()
            .map(plans -> new SweepNews.UnclaimedPlans(report.marks(), unclaimed(plans))),
        report.error());
  }

  private static List<BillingBackendStatus.Unclaimed> unclaimed(List<SweepReport.Unclaimed> plans) {
    return plans.stream()
        .map(p -> new BillingBackendStatus.Unclaimed(p.key(), p.externalId(), p.since()))
        .toList();
  }

  private static boolean isOff(BillingBackendSpec spec) {
    return spec.drift() != null && spec.drift().policy() == DriftPolicy.OFF;
  }

  private static Duration interval(BillingBackendSpec spec) {
    BillingBackendSpec.Drift drift = spec.drift();
    String text = drift == null ? null : drift.interval();
    return text == null
        ? DEFAULT_INTERVAL
        : Durations.parse(text).filter(Duration::isPositive).orElse(DEFAULT_INTERVAL);
  }

  private Duration share(Duration of, int fromPercent, int toPercent) {
    return of.multipliedBy(random.nextInt(fromPercent, toPercent + 1)).dividedBy(100);
  }
}
