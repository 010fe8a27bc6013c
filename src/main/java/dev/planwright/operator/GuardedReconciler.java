package dev.planwright.operator;

import dev.planwright.backend.client.Backoff;
import dev.planwright.controller.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reconciler that never gives up. JOSDK's own retry burns its attempts and is then silent for
 * hours; without it a run that throws would not come again at all.
 *
 * @param <P> the kind
 */
final class GuardedReconciler<P extends HasMetadata> implements Reconciler<P> {
  private static final Logger log = LoggerFactory.getLogger(GuardedReconciler.class);

  private final Reconciler<P> inner;
  private final String kind;
  private final OperatorMetrics metrics;
  private final RandomGenerator random;
  private final Map<ObjectKey, Integer> failures = new ConcurrentHashMap<>();

  GuardedReconciler(
      Reconciler<P> inner, String kind, OperatorMetrics metrics, RandomGenerator random) {
    this.inner = inner;
    this.kind = kind;
    this.metrics = metrics;
    this.random = random;
  }

  @Override
  public UpdateControl<P> reconcile(P object, Context<P> context) throws Exception {
    ObjectKey key = ObjectKey.of(object);
    try {
      UpdateControl<P> done = inner.reconcile(object, context);
      failures.remove(key);
      metrics.reconciled(kind, true);
      return done;
    } catch (RuntimeException e) {
      // Whatever it was, the object must be looked at again.
      metrics.reconciled(kind, false);
      Duration wait = Backoff.after(failures.merge(key, 1, Integer::sum), Optional.empty(), random);
      report(key, wait, e);
      return UpdateControl.<P>noUpdate().rescheduleAfter(wait);
    }
  }

  @Override
  public List<EventSource<?, P>> prepareEventSources(EventSourceContext<P> context) {
    return inner.prepareEventSources(context);
  }

  /** The API server's own words need no stack trace; a mistake of ours does. */
  private void report(ObjectKey key, Duration wait, RuntimeException e) {
    String again = "tried again in " + wait.toMillis() + " ms";
    if (e instanceof KubernetesClientException) {
      log.warn("{} {}: Kubernetes: {}; {}", kind, key, e.getMessage(), again);
    } else {
      log.error("{} {} failed; {}", kind, key, again, e);
    }
  }
}
