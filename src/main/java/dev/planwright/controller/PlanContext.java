package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Durations;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.client.CallGate;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What everybody who works on Plans needs: one place, made once at start. */
record PlanContext(
    KubernetesClient client,
    Manifests manifests,
    Accounts accounts,
    Turns turns,
    KeyClaims claims,
    LiveLook live,
    Retries retries,
    Settling settling,
    LastWritten<Plan> lastWritten,
    Announcer announcer,
    Wakeups<Plan> plans,
    Wakeups<Price> prices,
    Wakeups<BillingBackend> backends,
    CallGate gate,
    InstantSource clock) {

  /** The Prices of a Plan that are not on their way out, by name. */
  List<Price> pricesOf(Plan plan) {
    return manifests.pricesOf(ObjectKey.of(plan)).stream()
        .filter(price -> !price.isMarkedForDeletion())
        .toList();
  }

  /** Until when a call of a former operator may land on this account; empty when none can. */
  Optional<Instant> formerCalls(OpenAccount open) {
    Duration set =
        Optional.ofNullable(open.spec().limits())
            .map(BillingBackendSpec.Limits::timeout)
            .flatMap(Durations::parse)
            .orElse(Duration.ZERO);
    return gate.holdUnguardedCreates(set);
  }

  PlanDesk desk(Plan plan, List<Price> prices) {
    return new PlanDesk(client, live, lastWritten, clock, plan, prices);
  }
}
