package dev.planwright.operator;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.backend.admission.Admission;
import dev.planwright.backend.admission.Lane;
import dev.planwright.backend.client.CallObserver;
import dev.planwright.controller.Manifests;
import dev.planwright.controller.ObjectKey;
import dev.planwright.controller.References;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happens as it happens, and what is there when somebody asks. */
public final class OperatorMetrics implements CallObserver, Metrics {
  private final MeterRegistry registry;
  private final MultiGauge plans;
  private final MultiGauge queueDepth;
  private final MultiGauge queueOldest;
  private final MultiGauge unclaimed;
  private final MultiGauge leading;

  public OperatorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.plans = gauge(OperatorMeter.PLANS);
    this.queueDepth = gauge(OperatorMeter.QUEUE_DEPTH);
    this.queueOldest = gauge(OperatorMeter.QUEUE_OLDEST);
    this.unclaimed = gauge(OperatorMeter.UNCLAIMED);
    this.leading = gauge(OperatorMeter.LEADING);
  }

  @Override
  public void ended(CallObserver.Call call) {
    String status =
        call.status() != 0
            ? String.valueOf(call.status())
            : call.failure().map(Enum::name).orElse("none").toLowerCase(Locale.ROOT);
    count(OperatorMeter.CALLS, call.backend(), call.operation(), status);
    if (!call.took().isZero() || call.status() != 0) {
      time(OperatorMeter.CALL_DURATION, call.took(), call.backend(), call.operation());
    }
    time(OperatorMeter.CALL_WAIT, call.waited(), call.backend());
  }

  /** A run ended: well, or by an exception. */
  void reconciled(String kind, boolean ok) {
    count(OperatorMeter.RECONCILES, kind, ok ? "ok" : "failed");
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    Timer.Sample sample = Timer.start(registry);
    try {
      return execution.execute();
    } finally {
      sample.stop(timer(OperatorMeter.RECONCILE_DURATION, execution.controllerName()));
    }
  }

  /** Looks at what is there now; to be called before the meters are read. */
  public void refresh(
      Manifests manifests, Map<ObjectKey, Admission<ObjectKey>> queues, boolean isLeading) {
    refreshPlans(manifests.plans());
    refreshQueues(queues);
    refreshUnclaimed(manifests.backends());
    refreshLeading(isLeading);
  }

  /** Says whether we lead, where nothing else is known yet. */
  public void refreshLeading(boolean isLeading) {
    leading.register(List.of(Row.of(Tags.empty(), isLeading ? 1 : 0)), true);
  }

  private void refreshPlans(List<Plan> all) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (Plan plan : all) {
      counts
          .computeIfAbsent(References.backendOf(plan).toString(), backend -> new TreeMap<>())
          .merge(reason(plan), 1, Integer::sum);
    }
    List<Row<?>> rows = new ArrayList<>();
    counts.forEach(
        (backend, reasons) ->
            reasons.forEach(
                (reason, count) ->
                    rows.add(Row.of(tags(OperatorMeter.PLANS, backend, reason), count))));
    plans.register(rows, true);
  }

  private void refreshQueues(Map<ObjectKey, Admission<ObjectKey>> queues) {
    List<Row<?>> depth = new ArrayList<>();
    List<Row<?>> oldest = new ArrayList<>();
    queues.forEach(
        (backend, queue) -> {
          for (Map.Entry<Lane, Integer> lane : queue.depth().entrySet()) {
            String name = lane.getKey().name().toLowerCase(Locale.ROOT);
            Tags tags = tags(OperatorMeter.QUEUE_DEPTH, backend.toString(), name);
            depth.add(Row.of(tags, lane.getValue()));
          }
          Tags tags = tags(OperatorMeter.QUEUE_OLDEST, backend.toString());
          oldest.add(Row.of(tags, queue.oldestWait().toSeconds()));
        });
    queueDepth.register(depth, true);
    queueOldest.register(oldest, true);
  }

  private void refreshUnclaimed(List<BillingBackend> backends) {
    List<Row<?>> rows = new ArrayList<>();
    for (BillingBackend backend : backends) {
      Integer count = backend.getStatus().unclaimedCount();
      if (count != null) {
        Tags tags = tags(OperatorMeter.UNCLAIMED, ObjectKey.of(backend).toString());
        rows.add(Row.of(tags, count));
      }
    }
    unclaimed.register(rows, true);
  }

  private static String reason(Plan plan) {
    for (Condition condition : plan.getStatus().conditions()) {
      if (condition.type().equals(ConditionType.READY)) {
        return condition.holds() ? "Ready" : condition.reason();
      }
    }
    return "Unknown";
  }

  private MultiGauge gauge(OperatorMeter meter) {
    return MultiGauge.builder(meter.meterName())
        .description(meter.description())
        .register(registry);
  }

  private void count(OperatorMeter meter, String... values) {
    Counter.builder(meter.meterName())
        .description(meter.description())
        .tags(tags(meter, values))
        .register(registry)
        .increment();
  }

  private void time(OperatorMeter meter, Duration took, String... values) {
    timer(meter, values).record(took);
  }

  private Timer timer(OperatorMeter meter, String... values) {
    return Timer.builder(meter.meterName())
        .description(meter.description())
        .tags(tags(meter, values))
        .register(registry);
  }

  private static Tags tags(OperatorMeter meter, String... values) {
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(meter.tags().get(i), values[i]);
    }
    return tags;
  }
}
