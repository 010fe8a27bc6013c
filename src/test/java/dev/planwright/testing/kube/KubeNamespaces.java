package dev.planwright.testing.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;

/**
 * Deletes namespaces on a cluster with controllers and, the same for the test, on one without:
 * there this class does what the namespace controller would, namely deletes the content and lets
 * the namespace go only when all of it, finalizers included, is gone.
 */
public final class KubeNamespaces {
  private static final String ALL_KINDS_VERBS = "--verbs=list,delete";

  private final KubeCluster cluster;

  KubeNamespaces(KubeCluster cluster) {
    this.cluster = cluster;
  }

  /** Marks the namespace and all in it for deletion, and returns without waiting for either. */
  public void delete(String namespace) {
    cluster.client().namespaces().withName(namespace).delete();
    if (!cluster.hasControllerManager()) {
      cluster
          .kubectl()
          .mustRun("delete", String.join(",", kinds()), "--all", "--wait=false", "-n", namespace);
    }
  }

  /** Whether the namespace is still there, {@code Terminating} or not. */
  public boolean exists(String namespace) {
    return cluster.client().namespaces().withName(namespace).get() != null;
  }

  /**
   * Waits until a namespace given to {@link #delete} is gone.
   *
   * @param within the controllers look again after some 8 to 15 s while a finalizer holds something
   * @throws org.awaitility.core.ConditionTimeoutException when something in it does not go
   */
  public void awaitGone(String namespace, Duration within) {
    await("namespace " + namespace + " to be gone")
        .atMost(within)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              if (!cluster.hasControllerManager() && exists(namespace) && isEmpty(namespace)) {
                release(namespace);
              }
              return !exists(namespace);
            });
  }

  private boolean isEmpty(String namespace) {
    return cluster
        .kubectl()
        .mustRun("get", String.join(",", kinds()), "-o", "name", "-n", namespace)
        .isBlank();
  }

  private void release(String namespace) {
    Namespace now = cluster.client().namespaces().withName(namespace).get();
    if (now != null) {
      Namespace released = new NamespaceBuilder(now).editSpec().withFinalizers().endSpec().build();
      cluster
          .kubectl()
          .mustRunWithInput(
              Serialization.asJson(released),
              "replace",
              "--raw",
              "/api/v1/namespaces/" + namespace + "/finalize",
              "-f",
              "-");
    }
  }

  private List<String> kinds() {
    return cluster
        .kubectl()
        .mustRun("api-resources", "--namespaced", ALL_KINDS_VERBS, "-o", "name")
        .lines()
        // Events are written about the deletion while it goes on, and hold nothing up.
        .filter(kind -> !kind.startsWith("events"))
        .toList();
  }
}
