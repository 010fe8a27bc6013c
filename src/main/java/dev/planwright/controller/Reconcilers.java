package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.admission.Admission;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.sync.PlanSync;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The three reconcilers and what they share, made once. */
public final class Reconcilers implements AutoCloseable {
  private final OpenAccounts accounts;
  private final PlanWork work;
  private final PlanReconciler plans;
  private final PriceReconciler prices;
  private final BackendReconciler backends;

  /**
   * Makes them; nothing starts.
   *
   * @param access what calls need of the process
   * @param manifests asked only once runs have begun
   * @param random for the jitter of retries
   */
  public Reconcilers(
      KubernetesClient client,
      AccountAccess access,
      Manifests manifests,
      Settling.Times settling,
      Announcer announcer,
      RandomGenerator random) {
    Wakeups<Plan> wakePlans = new Wakeups<>("plan-wakeups");
    Wakeups<Price> wakePrices = new Wakeups<>("price-wakeups");
    Wakeups<BillingBackend> wakeBackends = new Wakeups<>("backend-wakeups");
    accounts = new OpenAccounts(access, manifests, wakeBackends::wake, wakePlans::wake);
    PlanContext context =
        new PlanContext(
            client,
            manifests,
            accounts,
            new KeyClaims(manifests, accounts),
            new LiveLook(client),
            new Retries(access.clock(), random),
            new Settling(settling, access.clock()),
            new LastWritten<>(),
            announcer,
            wakePlans,
            wakePrices,
            access.clock());
    PlanSync sync = new PlanSync(access.clock());
    CatalogCompiler compiler =
        new CatalogCompiler((namespace, name) -> manifests.plan(new ObjectKey(namespace, name)));
    work = new PlanWork(context, sync, new DriftMarks());
    plans = new PlanReconciler(context, compiler, work, new PlanDeletion(context, sync));
    prices = new PriceReconciler(context);
    backends =
        new BackendReconciler(
            client, access, manifests, accounts, wakeBackends, wakePlans::wake, random);
  }

  /** The only writer of Plan statuses. */
  public PlanReconciler plans() {
    return plans;
  }

  /** The only writer of Price statuses. */
  public PriceReconciler prices() {
    return prices;
  }

  /** The only writer of BillingBackend statuses. */
  public BackendReconciler backends() {
    return backends;
  }

  /** The queue of each account, for metrics. */
  public Map<ObjectKey, Admission<ObjectKey>> queues() {
    return accounts.queues();
  }

  /** To be called every few seconds: drops what was offered and not taken. */
  public void tick() {
    accounts.tick();
  }

  /** Whether an update of a Plan or a Price is worth a run; our own status writes are not. */
  public static boolean isNews(HasMetadata now, HasMetadata before) {
    return Requests.differs(before, now);
  }

  @Override
  public void close() {
    work.close();
  }
}
