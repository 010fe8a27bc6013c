package dev.planwright.operator;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.controller.Manifests;
import dev.planwright.controller.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ties the knot: reconcilers read the caches of controllers, which are made from reconcilers. */
final class LateManifests implements Manifests {
  private volatile @Nullable Manifests manifests;

  /** To be called once, before anything starts. */
  void set(Manifests manifests) {
    this.manifests = manifests;
  }

  @Override
  public Optional<Plan> plan(ObjectKey key) {
    return get().plan(key);
  }

  @Override
  public Optional<Price> price(ObjectKey key) {
    return get().price(key);
  }

  @Override
  public Optional<BillingBackend> backend(ObjectKey key) {
    return get().backend(key);
  }

  @Override
  public List<Price> pricesOf(ObjectKey plan) {
    return get().pricesOf(plan);
  }

  @Override
  public List<Plan> plansOf(ObjectKey backend) {
    return get().plansOf(backend);
  }

  @Override
  public List<Plan> plansNaming(ObjectKey plan) {
    return get().plansNaming(plan);
  }

  @Override
  public List<Plan> plansWithKey(String key) {
    return get().plansWithKey(key);
  }

  @Override
  public List<Plan> plans() {
    return get().plans();
  }

  @Override
  public List<BillingBackend> backends() {
    return get().backends();
  }

  private Manifests get() {
    Manifests set = manifests;
    if (set == null) {
      throw new IllegalStateException("the caches were asked before they were made");
    }
    return set;
  }
}
