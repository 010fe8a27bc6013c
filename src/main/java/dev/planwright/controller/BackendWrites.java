package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.Plan;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The few writes to a BillingBackend, each refused when the object changed since it was read. */
final class BackendWrites {
  private static final int TRIES = 5;

  private final KubernetesClient client;

  BackendWrites(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes the status when it differs, from the newest object when it changed meanwhile.
   *
   * @param next from the status before to the status wanted; asked again after a conflict
   * @return the object as it is now; empty when it is gone
   */
  Optional<BillingBackend> status(
      BillingBackend backend, UnaryOperator<BillingBackendStatus> next) {
    BillingBackend base = backend;
    for (int attempt = 1; ; attempt++) {
      BillingBackendStatus status = next.apply(base.getStatus());
      if (status.equals(base.getStatus())) {
        return Optional.of(base);
      }
      try {
        return Optional.of(client.resource(withStatus(base, status)).updateStatus());
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return Optional.empty();
        }
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == TRIES) {
          throw e;
        }
      }
      BillingBackend live = client.resource(base).get();
      if (live == null) {
        return Optional.empty();
      }
      base = live;
    }
  }

  /** Sets or takes away our finalizer; empty when the object is gone. */
  Optional<BillingBackend> finalizer(BillingBackend backend, boolean wanted) {
    return Finalizers.set(client, backend, Annotations.BACKEND_FINALIZER, wanted);
  }

  /** Plans that use a BillingBackend, past every cache. */
  List<ObjectKey> livePlans(ObjectKey backend) {
    return client.resources(Plan.class).inNamespace(backend.namespace()).list().getItems().stream()
        .filter(plan -> References.backendOf(plan).equals(backend))
        .map(ObjectKey::of)
        .toList();
  }

  private static BillingBackend withStatus(BillingBackend backend, BillingBackendStatus status) {
    BillingBackend copy = new BillingBackend();
    copy.setMetadata(new ObjectMetaBuilder(backend.getMetadata()).build());
    copy.setSpec(backend.getSpec());
    copy.setStatus(status);
    return copy;
  }
}
