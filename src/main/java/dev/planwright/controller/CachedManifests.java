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

/** The caches of the three controllers, each kind held once. */
public final class CachedManifests implements Manifests {
  private static final String BY_PLAN = "plan";
  private static final String BY_BACKEND = "backend";
  private static final String BY_KEY = "key";
  private static final String BY_NAMED_PLAN = "named-plan";

  private final ControllerEventSource<Plan> plans;
  private final ControllerEventSource<Price> prices;
  private final ControllerEventSource<BillingBackend> backends;

  /** Adds the indexes: to be called before the controllers start. */
  public CachedManifests(
      ControllerEventSource<Plan> plans,
      ControllerEventSource<Price> prices,
      ControllerEventSource<BillingBackend> backends) {
    this.plans = plans;
    this.prices = prices;
    this.backends = backends;
    prices.addIndexer(BY_PLAN, price -> List.of(References.planOf(price).toString()));
    plans.addIndexer(BY_BACKEND, plan -> List.of(References.backendOf(plan).toString()));
    plans.addIndexer(BY_KEY, plan -> List.of(References.keyOf(plan)));
    plans.addIndexer(
        BY_NAMED_PLAN,
        plan -> References.plansNamedBy(plan).stream().map(ObjectKey::toString).toList());
  }

  @Override
  public Optional<Plan> plan(ObjectKey key) {
    return plans.get(key.resourceId());
  }

  @Override
  public Optional<Price> price(ObjectKey key) {
    return prices.get(key.resourceId());
  }

  @Override
  public Optional<BillingBackend> backend(ObjectKey key) {
    return backends.get(key.resourceId());
  }

  @Override
  public List<Price> pricesOf(ObjectKey plan) {
    return sorted(prices.byIndex(BY_PLAN, plan.toString()));
  }

  @Override
  public List<Plan> plansOf(ObjectKey backend) {
    return sorted(plans.byIndex(BY_BACKEND, backend.toString()));
  }

  @Override
  public List<Plan> plansNaming(ObjectKey plan) {
    return sorted(plans.byIndex(BY_NAMED_PLAN, plan.toString()));
  }

  @Override
  public List<Plan> plansWithKey(String key) {
    return sorted(plans.byIndex(BY_KEY, key));
  }

  @Override
  public List<Plan> plans() {
    return plans.list().toList();
  }

  @Override
  public List<BillingBackend> backends() {
    return backends.list().toList();
  }

  private static <T extends HasMetadata> List<T> sorted(List<T> objects) {
    List<T> sorted = new ArrayList<>(objects);
    sorted.sort(Comparator.comparing(object -> object.getMetadata().getName()));
    return sorted;
  }
}
