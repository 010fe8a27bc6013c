package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Manifests as a test puts them. */
public final class FixedManifests implements Manifests {
  public final List<Plan> plans = new ArrayList<>();
  public final List<BillingBackend> backends = new ArrayList<>();
  public final List<Price> prices = new ArrayList<>();

  @Override
  public Optional<Plan> plan(ObjectKey key) {
    return plans.stream().filter(plan -> ObjectKey.of(plan).equals(key)).findFirst();
  }

  @Override
  public Optional<Price> price(ObjectKey key) {
    return prices.stream().filter(price -> ObjectKey.of(price).equals(key)).findFirst();
  }

  @Override
  public Optional<BillingBackend> backend(ObjectKey key) {
    return backends.stream().filter(backend -> ObjectKey.of(backend).equals(key)).findFirst();
  }

  @Override
  public List<Price> pricesOf(ObjectKey plan) {
    return prices.stream().filter(price -> References.planOf(price).equals(plan)).toList();
  }

  @Override
  public List<Plan> plansOf(ObjectKey backend) {
    return plans.stream().filter(plan -> References.backendOf(plan).equals(backend)).toList();
  }

  @Override
  public List<Plan> plansNaming(ObjectKey plan) {
    return List.of();
  }

  @Override
  public List<Plan> plansWithKey(String key) {
    return plans.stream().filter(plan -> References.keyOf(plan).equals(key)).toList();
  }

  @Override
  public List<Plan> plansWithExternalId(String externalId) {
    return plans.stream()
        .filter(plan -> References.externalIdsOf(plan).contains(externalId))
        .toList();
  }

  @Override
  public List<Plan> plans() {
    return List.copyOf(plans);
  }

  @Override
  public List<BillingBackend> backends() {
    return List.copyOf(backends);
  }
}
