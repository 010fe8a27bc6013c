package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.sync.PlanSync;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The three reconcilers and what they share, made once at start.
 *
 * @param manifests to be attached to the controllers' caches before they start
 * @param accounts of all BillingBackends
 * @param marks Plans that a sweep found to differ
 * @param sweeper looks for drift; to be called every second
 * @param work to be closed at the end
 */
public record Controllers(
    PlanReconciler plans,
    PriceReconciler prices,
    BackendReconciler backends,
    CachedManifests manifests,
    OpenAccounts accounts,
    DriftMarks marks,
    Wakeups<Plan> wakePlans,
    Sweeper sweeper,
    PlanWork work) {

  /**
   * Makes them.
   *
   * @param times how long to wait for quiet
   * @param sweeps runs the drift sweeps
   * @param random for jitter
   */
  public static Controllers create(
      KubernetesClient client,
      AccountAccess access,
      Settling.Times times,
      Announcer announcer,
      Executor sweeps,
      RandomGenerator random) {
    InstantSource clock = access.clock();
    CachedManifests manifests = new CachedManifests();
    Wakeups<Plan> wakePlans = new Wakeups<>("plan-wakeups");
    Wakeups<Price> wakePrices = new Wakeups<>("price-wakeups");
    Wakeups<BillingBackend> wakeBackends = new Wakeups<>("backend-wakeups");
    OpenAccounts accounts =
        new OpenAccounts(access, manifests, wakeBackends::wake, wakePlans::wake);
    DriftMarks marks = new DriftMarks();
    PlanContext context =
        new PlanContext(
            client,
            manifests,
            accounts,
            new Turns(accounts),
            new KeyClaims(manifests, accounts),
            new LiveLook(client),
            new Retries(clock, random),
            new Settling(times, clock),
            new LastWritten<>(),
            announcer,
            wakePlans,
            wakePrices,
            wakeBackends,
            access.gate(),
            clock);
    PlanSync sync = new PlanSync(clock);
    PlanWork work = new PlanWork(context, sync, marks);
    CatalogCompiler compiler =
        new CatalogCompiler((namespace, name) -> manifests.plan(new ObjectKey(namespace, name)));
    return new Controllers(
        new PlanReconciler(context, compiler, work, new PlanDeletion(context, sync)),
        new PriceReconciler(context),
        new BackendReconciler(
            client, access, manifests, accounts, wakeBackends, wakePlans::wake, random),
        manifests,
        accounts,
        marks,
        wakePlans,
        new Sweeper(
            client,
            access,
            manifests,
            accounts,
            new CompiledPlans(context, compiler, work),
            marks,
            wakePlans::wake,
            sweeps,
            random),
        work);
  }
}
