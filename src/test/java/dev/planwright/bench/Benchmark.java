package dev.planwright.bench;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.testing.kube.KubeCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Measures, on a real API server and a sandbox that takes 5 ms for an answer: bringing many Plans
 * to Ready, next to a bare loop that sends the same; a restart over them; and how soon an edit is
 * served while a sweep holds the account. Nothing is judged: machines differ, and so do the times.
 */
final class Benchmark {
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final Path TARGET = Path.of("target");

  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        name: sandbox
        labels: {planwright.dev/credentials: "true"}
      stringData: {apiKey: sandbox}
      """;

  @SuppressWarnings("InlineFormatString") // it reads better as a file of its own
  private static final String BACKEND =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: BillingBackend
      metadata: {name: default}
      spec:
        ownerId: shop
        environment: Sandbox
        limits: {requestsPerSecond: 1000, maxConcurrent: 32}
        provider:
          http: {url: "%s", credentials: {secretRef: {name: sandbox, key: apiKey}}}
      """;

  private final KubeCluster cluster;
  private final KubernetesClient client;
  private final Billing billing;
  private final String namespace;
  private final Catalogue catalogue;
  private final KubeTraffic traffic;
  private final StringBuilder table = new StringBuilder();

  private Benchmark(KubeCluster cluster, Billing billing, int plans) {
    this.cluster = cluster;
    this.client = cluster.client();
    this.billing = billing;
    this.namespace = cluster.newNamespace("bench");
    this.catalogue = new Catalogue(client, namespace, plans);
    this.traffic = new KubeTraffic(client);
  }

  /** Sizes come from {@code -Dbench.plans}. */
  public static void main(String[] arguments) throws IOException {
    int plans = Integer.getInteger("bench.plans", 1000);
    try (Billing billing = new Billing();
        KubeCluster cluster = KubeCluster.builder().start()) {
      cluster.applyCrds(Path.of("crds"));
      Benchmark bench = new Benchmark(cluster, billing, plans);
      bench.run();
      Files.writeString(TARGET.resolve("bench.txt"), bench.table);
      System.out.print(bench.table);
    }
  }

  private void run() throws IOException {
    row("Plans, with 3 Prices each", catalogue.plans(), "");
    row("processors", Runtime.getRuntime().availableProcessors(), "");
    catalogue.create();
    cluster.kubectl().mustRunWithInput(SECRET, "-n", namespace, "apply", "-f", "-");
    cluster
        .kubectl()
        .mustRunWithInput(BACKEND.formatted(billing.uri()), "-n", namespace, "apply", "-f", "-");
    first();
    restart();
    edit();
  }

  private void first() throws IOException {
    Map<String, Long> before = traffic.now();
    int callsBefore = billing.count();
    Duration ready;
    try (OperatorJvm operator = operator("first")) {
      row("first start: process to filled caches", operator.awaitStarted());
      long began = System.nanoTime();
      catalogue.awaitReady();
      ready = Duration.ofNanos(System.nanoTime() - began);
      row("filled caches to all Ready", ready);
      awaitQuiet();
      row("  CPU of the operator's JVM, start included", operator.cpu());
      row("  most memory it held", operator.peakMib(), "MiB");
    }
    List<Billing.Asked> asked = billing.askedFrom(callsBefore);
    Map<String, Long> writes = KubeTraffic.difference(before, traffic.now());
    row("  backend calls per Plan", perPlan(asked.size()));
    row("    of them writes", perPlan(asked.stream().filter(Billing.Asked::isWrite).count()));
    row("  Kubernetes writes per Plan and its Prices", perPlan(KubeTraffic.sum(writes)));
    writes.forEach((what, count) -> row("    " + what, perPlan(count)));
    bare(ready, asked, writes);
  }

  private void bare(Duration ready, List<Billing.Asked> asked, Map<String, Long> writes)
      throws IOException {
    Map<String, Long> each = new HashMap<>();
    writes.forEach(
        (what, count) ->
            each.merge(
                what.split("[ /]", -1)[1],
                (count + catalogue.plans() / 2) / catalogue.plans(),
                Long::sum));
    Map<String, List<EmulatorRequest>> requests = Billing.byPlan(asked);
    try (Billing fresh = new Billing()) {
      Catalogue target = new Catalogue(client, cluster.newNamespace("bare"), catalogue.plans());
      target.create();
      Duration bare = new BareLoop(client, namespace, target, fresh, requests, each).run();
      row("a bare loop with the same calls and writes", bare);
      row(
          "  the operator takes, times the bare loop",
          String.format(Locale.ROOT, "%.2f", (float) ready.toMillis() / bare.toMillis()));
    }
  }

  private void restart() throws IOException {
    Map<String, Long> before = traffic.now();
    int callsBefore = billing.count();
    try (OperatorJvm operator = operator("restart")) {
      row("restart: process to filled caches", operator.awaitStarted());
      long began = System.nanoTime();
      Duration after = Duration.ofNanos(awaitQuiet() - began);
      row("  until the last call or write after that", after.isNegative() ? Duration.ZERO : after);
      row("  backend calls in all", billing.count() - callsBefore, "");
      Map<String, Long> writes = KubeTraffic.difference(before, traffic.now());
      row("  Kubernetes writes in all", KubeTraffic.sum(writes), writes.toString());
      row("  CPU of the operator's JVM, start included", operator.cpu());
      row("  most memory it held", operator.peakMib(), "MiB");
    }
  }

  private void edit() throws IOException {
    client
        .resources(BillingBackend.class)
        .inNamespace(namespace)
        .withName("default")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"limits\":{\"requestsPerSecond\":10},\"drift\":{\"interval\":\"1m\"}}}");
    try (OperatorJvm operator = operator("edit")) {
      operator.awaitStarted();
      int seen = billing.count();
      Awaitility.await("a sweep")
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> billing.askedFrom(seen).stream().anyMatch(Benchmark::isSweep));
      String name = catalogue.names().getLast();
      int from = billing.count();
      long began = System.nanoTime();
      client
          .resources(Price.class)
          .inNamespace(namespace)
          .withName(name + "-base")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"flat\":{\"amount\":\"59.00\"}}}");
      row(
          "an edit during a sweep at 10 requests/s, to its first call",
          first(from, name, began, false));
      row("  to its write", first(from, name, began, true));
      awaitQuiet();
      long pages = billing.askedFrom(seen).stream().filter(Benchmark::isSweep).count();
      long late = billing.askedFrom(from).stream().filter(Benchmark::isSweep).count();
      row("  pages of the sweep, and after the edit", pages, "and " + late);
    }
  }

  private static boolean isSweep(Billing.Asked asked) {
    return asked.request().method().equals("GET") && asked.request().path().equals("/plans");
  }

  private Duration first(int from, String name, long began, boolean write) {
    return Duration.ofNanos(
        Awaitility.await("the edit to arrive")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(
                    () ->
                        billing.askedFrom(from).stream()
                            .filter(
                                it ->
                                    Billing.nameOf(it.request().segments().getLast()).equals(name))
                            .filter(it -> it.isWrite() || !write)
                            .findFirst(),
                    java.util.Optional::isPresent)
                .orElseThrow()
                .nanos()
            - began);
  }

  /** Waits until nothing was called or written for a while; gives when the last thing was. */
  private long awaitQuiet() {
    long[] last = {System.nanoTime()};
    long[] sum = {-1};
    Awaitility.await("quiet")
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              long now = billing.count() + KubeTraffic.sum(traffic.now());
              if (now != sum[0]) {
                last[0] = sum[0] < 0 ? last[0] : System.nanoTime();
                sum[0] = now;
              }
              return System.nanoTime() - last[0] > QUIET.toNanos();
            });
    return last[0];
  }

  private OperatorJvm operator(String run) throws IOException {
    return new OperatorJvm(
        cluster.kubeconfig(), namespace, TARGET.resolve("bench-" + run + ".log").toAbsolutePath());
  }

  private String perPlan(long count) {
    return String.format(Locale.ROOT, "%.2f", (float) count / catalogue.plans());
  }

  private void row(String what, Duration time) {
    row(what, String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000f));
  }

  private void row(String what, long count, String unit) {
    row(what, (count + " " + unit).strip());
  }

  private void row(String what, String value) {
    String line = "%-58s %s%n".formatted(what, value);
    table.append(line);
    System.out.print(line);
  }
}
