package dev.planwright.bench;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceStatus;
import dev.planwright.backend.client.JdkTransport;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.emulator.EmulatorRequest;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The floor: the requests that the operator sent for each plan and as many writes to Kubernetes,
 * with the same clients, and nothing else: no cache, no comparison, no queue.
 *
 * @param done where the operator worked; its statuses are written again
 * @param target a namespace with the same manifests and no operator
 * @param perPlan writes to Kubernetes for one plan, by kind
 */
record BareLoop(
    KubernetesClient client,
    String done,
    Catalogue target,
    Billing billing,
    Map<String, List<EmulatorRequest>> requests,
    Map<String, Long> perPlan) {
  private static final DateTimeFormatter MICRO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  Duration run() {
    JdkTransport transport = new JdkTransport();
    Cache cache = Cache.of(client, done, target.namespace());
    long began = System.nanoTime();
    target.forEachPlan(
        name -> {
          for (EmulatorRequest request : requests.getOrDefault(name, List.of())) {
            send(transport, request);
          }
          write(name, cache);
        });
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void send(JdkTransport transport, EmulatorRequest request) throws Exception {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.keySet().retainAll(List.of("authorization", "content-type", "if-none-match"));
    TransportReply reply =
        transport.send(
            new TransportCall(
                request.method(),
                URI.create(billing.uri() + request.target()),
                headers,
                request.body()),
            TIMEOUT);
    if (reply.status() >= 400 && reply.status() != 404) {
      throw new IllegalStateException(request.target() + ": " + reply.status());
    }
  }

  /** Everything that is written is read before: the operator has it in its caches too. */
  private record Cache(
      Map<String, PlanStatus> planStatuses,
      Map<String, PriceStatus> priceStatuses,
      Map<String, Plan> plans,
      Map<String, Price> prices) {
    static Cache of(KubernetesClient client, String done, String target) {
      Cache cache =
          new Cache(
              new ConcurrentHashMap<>(),
              new ConcurrentHashMap<>(),
              new ConcurrentHashMap<>(),
              new ConcurrentHashMap<>());
      for (Plan plan : client.resources(Plan.class).inNamespace(done).list().getItems()) {
        cache.planStatuses.put(plan.getMetadata().getName(), plan.getStatus());
      }
      for (Price price : client.resources(Price.class).inNamespace(done).list().getItems()) {
        cache.priceStatuses.put(price.getMetadata().getName(), price.getStatus());
      }
      for (Plan plan : client.resources(Plan.class).inNamespace(target).list().getItems()) {
        cache.plans.put(plan.getMetadata().getName(), plan);
      }
      for (Price price : client.resources(Price.class).inNamespace(target).list().getItems()) {
        cache.prices.put(price.getMetadata().getName(), price);
      }
      return cache;
    }
  }

  private void write(String name, Cache cache) {
    for (long i = 0; i < perPlan.getOrDefault("plans", 0L); i++) {
      Plan own = Objects.requireNonNull(cache.plans.get(name));
      own.setStatus(Objects.requireNonNull(cache.planStatuses.get(name)));
      cache.plans.put(name, client.resource(own).updateStatus());
    }
    List<String> prices = List.of(name + "-base", name + "-calls", name + "-gb");
    for (long i = 0; i < perPlan.getOrDefault("prices", 0L); i++) {
      String price = prices.get((int) (i % prices.size()));
      Price own = Objects.requireNonNull(cache.prices.get(price));
      own.setStatus(Objects.requireNonNull(cache.priceStatuses.get(price)));
      cache.prices.put(price, client.resource(own).updateStatus());
    }
    for (long i = 0; i < perPlan.getOrDefault("events", 0L); i++) {
      client
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withGenerateName(name + "-")
                  .withNamespace(target.namespace())
                  .endMetadata()
                  .withEventTime(new MicroTime(MICRO.format(Instant.now())))
                  .withType("Normal")
                  .withReason("Synced")
                  .withAction("Sync")
                  .withNote("written by the bare loop")
                  .withReportingController("planwright.dev/bench")
                  .withReportingInstance("bench")
                  .withNewRegarding()
                  .withKind("Plan")
                  .withName(name)
                  .withNamespace(target.namespace())
                  .endRegarding()
                  .build())
          .create();
    }
  }
}
