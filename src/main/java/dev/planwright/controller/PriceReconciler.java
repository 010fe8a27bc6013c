package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus.PriceRow;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the Plan that one of its Prices changed, and shows on the Price what the Plan's status says
 * of it. The only writer of a Price's status.
 */
@ControllerConfiguration(
    name = "price",
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true,
    informer = @Informer(onUpdateFilter = ManifestChanges.class))
public final class PriceReconciler implements Reconciler<Price> {
  private final PlanContext context;
  private final LastWritten<Price> lastWritten = new LastWritten<>();
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final Map<String, Instant> firstSeen = new ConcurrentHashMap<>();
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  PriceReconciler(PlanContext context) {
    this.context = context;
  }

  @Override
  public UpdateControl<Price> reconcile(Price cached, Context<Price> run) {
    Price price = lastWritten.newest(cached);
    if (run.isPrimaryResourceDeleted() || price.isMarkedForDeletion()) {
      told.remove(price.getMetadata().getUid());
      firstSeen.remove(price.getMetadata().getUid());
      lastWritten.forget(price);
      context.plans().wake(References.planOf(price));
      return UpdateControl.noUpdate();
    }
    Long generation = price.getMetadata().getGeneration();
    if (!generation.equals(told.put(price.getMetadata().getUid(), generation))) {
      context.plans().wake(References.planOf(price));
    }
    if (stillArriving(price)) {
      return UpdateControl.<Price>noUpdate().rescheduleAfter(A_MOMENT);
    }
    project(price);
    return UpdateControl.noUpdate();
  }

  /** A Price that comes before its Plan is not said to lack it in the very first moment. */
  private boolean stillArriving(Price price) {
    if (!price.getStatus().conditions().isEmpty()
        || context.manifests().plan(References.planOf(price)).isPresent()) {
      return false;
    }
    Instant now = context.clock().instant();
    Instant first = firstSeen.computeIfAbsent(price.getMetadata().getUid(), uid -> now);
    return now.isBefore(first.plus(A_MOMENT));
  }

  private void project(Price price) {
    Optional<Plan> plan =
        context.manifests().plan(References.planOf(price)).map(context.lastWritten()::newest);
    Optional<PriceRow> row =
        plan.flatMap(
            p ->
                p.getStatus().prices().stream()
                    .filter(r -> r.name().equals(price.getMetadata().getName()))
                    .findFirst());
    Optional<PriceStatus> status =
        plan.isEmpty()
            ? Optional.of(PriceStatuses.withoutPlan(price, context.clock().instant()))
            : row.map(r -> PriceStatuses.of(price, r, plan.get(), context.clock().instant()));
    status.filter(next -> !next.equals(price.getStatus())).ifPresent(next -> write(price, next));
  }

  /** The row is of our own making: written onto whatever the Price is by now. */
  private void write(Price price, PriceStatus status) {
    KubernetesClient client = context.client();
    Price onto = price;
    for (int attempt = 1; ; attempt++) {
      Price copy = new Price();
      copy.setMetadata(onto.getMetadata());
      copy.setSpec(onto.getSpec());
      copy.setStatus(status);
      try {
        lastWritten.remember(client.resource(copy).updateStatus());
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return;
        }
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == 5) {
          throw e;
        }
        Price now = client.resource(price).get();
        if (now == null || !now.getMetadata().getUid().equals(price.getMetadata().getUid())) {
          return;
        }
        onto = now;
      }
    }
  }

  @Override
  public List<EventSource<?, Price>> prepareEventSources(EventSourceContext<Price> sources) {
    return List.of(context.prices());
  }
}
