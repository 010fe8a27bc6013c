package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Plan;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * Looks past every cache before something is taken away: a stale cache, a namespace on its way out
 * or a CRD being deleted look just like somebody's wish to remove a price.
 */
public final class LiveLook {
  private final KubernetesClient client;

  public LiveLook(KubernetesClient client) {
    this.client = client;
  }

  /** The Plan as the API server has it now. */
  Optional<Plan> plan(ObjectKey key) {
    return Optional.ofNullable(
        client.resources(Plan.class).inNamespace(key.namespace()).withName(key.name()).get());
  }

  /** Why nothing may be taken from a plan that is still wanted; empty to go on. */
  Optional<String> whyNotRemovePrices(Plan seen) {
    ObjectKey key = ObjectKey.of(seen);
    Optional<Plan> now = plan(key);
    if (now.isEmpty() || !now.get().getMetadata().getUid().equals(seen.getMetadata().getUid())) {
      return Optional.of("Plan " + key + " is gone");
    }
    if (now.get().isMarkedForDeletion()) {
      return Optional.of("Plan " + key + " is being deleted");
    }
    if (!now.get().getMetadata().getGeneration().equals(seen.getMetadata().getGeneration())) {
      return Optional.of("Plan " + key + " was edited just now");
    }
    return namespaceTerminating(key.namespace())
        ? Optional.of("namespace " + key.namespace() + " is being deleted")
        : Optional.empty();
  }

  private boolean namespaceTerminating(String name) {
    Namespace namespace = client.namespaces().withName(name).get();
    return namespace == null || namespace.isMarkedForDeletion();
  }

  /** Where the definition of a kind stands. */
  enum Definition {
    IN_USE,
    /** On its way out: everything is retained, whatever the policies say. */
    TERMINATING,
    /** May not be read: nothing may be removed on a guess. */
    UNREADABLE
  }

  /**
   * Whether the CRD itself is being deleted, which deletes every Plan without anybody wishing it.
   */
  Definition planDefinition() {
    try {
      CustomResourceDefinition definition =
          client
              .apiextensions()
              .v1()
              .customResourceDefinitions()
              .withName("plans.planwright.dev")
              .get();
      if (definition == null) {
        // The mock server knows no definitions; on a real server a Plan cannot outlive its own.
        return Definition.IN_USE;
      }
      return definition.isMarkedForDeletion() ? Definition.TERMINATING : Definition.IN_USE;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403 || e.getCode() == 401) {
        return Definition.UNREADABLE;
      }
      throw e;
    }
  }
}
