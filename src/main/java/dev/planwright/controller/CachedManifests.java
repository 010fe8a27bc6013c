package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caches of the three controllers, each kind held once. */
public final class CachedManifests implements Manifests {
  private static final String BY_PLAN = "plan";
  private static final String BY_BACKEND = "backend";
  private static final String BY_KEY = "key";
  private static final String BY_NAMED_PLAN = "named-plan";
  private static final String BY_EXTERNAL_ID = "external-id";

  private record Caches(
      ControllerEventSource<Plan> plans,
      ControllerEventSource<Price> prices,
      ControllerEventSource<BillingBackend> backends) {}

  private volatile @Nullable Caches attached;

  /**
   * Takes the caches and adds the indexes: to be called once, after the controllers are registered,
   * since a reconciler exists before its cache does, and before they start.
   */
  public void attach(
      ControllerEventSource<Plan> plans,
      ControllerEventSource<Price> prices,
      ControllerEventSource<BillingBackend> backends) {
    prices.addIndexer(BY_PLAN, price -> List.of(References.planOf(price).toString()));
    plans.addIndexer(BY_BACKEND, plan -> List.of(References.backendOf(plan).toString()));
    plans.addIndexer(BY_KEY, plan -> List.of(References.keyOf(plan)));
    plans.addIndexer(
        BY_NAMED_PLAN,
        plan -> References.plansNamedBy(plan).stream().map(ObjectKey::toString).toList());
    plans.addIndexer(BY_EXTERNAL_ID, plan -> List.copyOf(References.externalIdsOf(plan)));
    attached = new Caches(plans, prices, backends);
  }

  private Caches caches() {
    Caches caches = attached;
    if (caches == null) {
      throw new IllegalStateException("no run may start before the caches are attached");
    }
    return caches;
  }

  @Override
  public Optional<Plan> plan(ObjectKey key) {
    return caches().plans().get(key.resourceId());
  }

  @Override
  public Optional<Price> price(ObjectKey key) {
    return caches().prices().get(key.resourceId());
  }

  @Override
  public Optional<BillingBackend> backend(ObjectKey key) {
    return caches().backends().get(key.resourceId());
  }

  @Override
  public List<Price> pricesOf(ObjectKey plan) {
    return sorted(caches().prices().byIndex(BY_PLAN, plan.toString()));
  }

  @Override
  public List<Plan> plansOf(ObjectKey backend) {
    return sorted(caches().plans().byIndex(BY_BACKEND, backend.toString()));
  }

  @Override
  public List<Plan> plansNaming(ObjectKey plan) {
    return sorted(caches().plans().byIndex(BY_NAMED_PLAN, plan.toString()));
  }

  @Override
  public List<Plan> plansWithKey(String key) {
    return sorted(caches().plans().byIndex(BY_KEY, key));
  }

  @Override
  public List<Plan> plansWithExternalId(String externalId) {
    return sorted(caches().plans().byIndex(BY_EXTERNAL_ID, externalId));
  }

  @Override
  public List<Plan> plans() {
    return caches().plans().list().toList();
  }

  @Override
  public List<BillingBackend> backends() {
    return caches().backends().list().toList();
  }

  private static <T extends HasMetadata> List<T> sorted(List<T> objects) {
    List<T> sorted = new ArrayList<>(objects);
    sorted.sort(Comparator.comparing(object -> object.getMetadata().getName()));
    return sorted;
  }
}
