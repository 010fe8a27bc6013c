package dev.planwright.cluster;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts how often each Plan and Price of a namespace is changed after it was created. */
final class Writes implements AutoCloseable {
  private final List<Watch> watches = new ArrayList<>();
  private final Map<String, Integer> counted = new TreeMap<>();

  Writes(KubernetesClient client, String namespace) {
    watches.add(client.resources(Plan.class).inNamespace(namespace).watch(counter()));
    watches.add(client.resources(Price.class).inNamespace(namespace).watch(counter()));
  }

  /** Writes by {@code Kind/name}. */
  synchronized Map<String, Integer> counted() {
    return new TreeMap<>(counted);
  }

  private synchronized void count(HasMetadata object, int by) {
    counted.merge(object.getKind() + "/" + object.getMetadata().getName(), by, Integer::sum);
  }

  private <T extends HasMetadata> Watcher<T> counter() {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, T object) {
        count(object, action == Action.MODIFIED ? 1 : 0);
      }

      @Override
      public void onClose(WatcherException cause) {
        throw new IllegalStateException("the watch ended, its count is worth nothing", cause);
      }
    };
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
