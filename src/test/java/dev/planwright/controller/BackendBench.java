package dev.planwright.controller;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.Environment;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.ProviderBlock;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.CallObserver;
import dev.planwright.testing.FakeBilling;
import dev.planwright.testing.VirtualClock;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** An embedded API server, a billing system in memory, and the parts between them. */
final class BackendBench implements AutoCloseable {
  static final ObjectKey KEY = new ObjectKey("shop", "default");

  final VirtualClock clock = new VirtualClock();
  final FakeBilling billing = new FakeBilling();
  final FixedManifests manifests = new FixedManifests();
  final List<ObjectKey> wokenPlans = new ArrayList<>();
  final List<ObjectKey> wokenBackends = new ArrayList<>();
  final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(new ObjectMapper()),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  final KubernetesClient client;
  final AccountAccess access;
  OpenAccounts accounts;
  BackendReconciler reconciler;

  BackendBench() {
    this(Map.of());
  }

  /**
   * A bench that knows real billing systems in place of the one in memory.
   *
   * @param others by the names of their blocks
   */
  BackendBench(Map<String, ProviderFactory> others) {
    Map<String, ProviderFactory> providers = new HashMap<>(others);
    if (others.isEmpty()) {
      providers.put("http", billing);
    }
    server.init(InetAddress.getLoopbackAddress(), 0);
    client = server.createClient();
    access =
        new AccountAccess(
            providers,
            false,
            billing,
            CallGate.OPEN,
            CallObserver.NONE,
            clock,
            (condition, atMost) -> clock.advance(atMost));
    restart();
  }

  /** A new process: nothing in memory. */
  void restart() {
    accounts = new OpenAccounts(access, manifests, wokenBackends::add, wokenPlans::add);
    reconciler =
        new BackendReconciler(
            client,
            access,
            manifests,
            accounts,
            new Wakeups<>("backends"),
            wokenPlans::add,
            new Random(1));
  }

  void apply(BillingBackendSpec spec) {
    BillingBackend backend = new BillingBackend();
    backend.setMetadata(
        new ObjectMetaBuilder().withNamespace(KEY.namespace()).withName(KEY.name()).build());
    backend.setSpec(spec);
    client.resource(backend).create();
  }

  /** As the API server does it: another spec is another generation. */
  void edit(BillingBackendSpec spec) {
    client
        .resource(live())
        .edit(
            backend -> {
              backend.setSpec(spec);
              Long generation = backend.getMetadata().getGeneration();
              backend.getMetadata().setGeneration(generation == null ? 2 : generation + 1);
              return backend;
            });
  }

  static BillingBackendSpec spec(String url) {
    return new BillingBackendSpec(
        "shop-prod", Environment.SANDBOX, null, block(url), null, null, null, null);
  }

  static BillingBackendSpec spec() {
    return spec("https://billing.example.com");
  }

  static BillingBackendSpec paused() {
    return new BillingBackendSpec(
        "shop-prod",
        Environment.SANDBOX,
        true,
        block("https://billing.example.com"),
        null,
        null,
        null,
        null);
  }

  static ProviderBlock block(String url) {
    return new ProviderBlock(
        null,
        null,
        null,
        null,
        null,
        new ProviderBlock.Http(
            url, new ProviderBlock.Credentials(new ProviderBlock.SecretRef("api", "apiKey"))));
  }

  void secret(String key) {
    secret(key, Map.of(Annotations.CREDENTIALS_LABEL, "true"));
  }

  void secret(String key, Map<String, String> labels) {
    String encoded = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(KEY.namespace())
                .withName("api")
                .withLabels(labels)
                .endMetadata()
                .withData(Map.of("apiKey", encoded))
                .build())
        .createOr(io.fabric8.kubernetes.client.dsl.NonDeletingOperation::update);
  }

  void deleteSecret() {
    client.secrets().inNamespace(KEY.namespace()).withName("api").delete();
  }

  Plan plan(String name) {
    Plan plan = new Plan();
    plan.setMetadata(new ObjectMetaBuilder().withNamespace(KEY.namespace()).withName(name).build());
    manifests.plans.add(client.resource(plan).create());
    return plan;
  }

  /** What those who work on Plans need, with nothing in memory. */
  PlanContext planContext() {
    return new PlanContext(
        client,
        manifests,
        accounts,
        new Turns(accounts),
        new KeyClaims(manifests, accounts),
        new LiveLook(client),
        new Retries(clock, new Random(1)),
        new Settling(Settling.Times.DEFAULT, clock),
        new LastWritten<>(),
        (object, events) -> {},
        new Wakeups<>("plans"),
        new Wakeups<>("prices"),
        new Wakeups<>("backends"),
        CallGate.OPEN,
        clock);
  }

  BillingBackend live() {
    return client
        .resources(BillingBackend.class)
        .inNamespace(KEY.namespace())
        .withName(KEY.name())
        .get();
  }

  /** One run over the object as it is. */
  Optional<Duration> run() {
    manifests.backends.clear();
    manifests.backends.add(live());
    return reconciler.run(live());
  }

  Condition ready() {
    return live().getStatus().conditions().getFirst();
  }

  /** The account id in status; {@code ""} for none. */
  String pinned() {
    BillingBackendStatus.Account account = live().getStatus().account();
    return account == null || account.id() == null ? "" : account.id();
  }

  AccountState state() {
    return accounts.of(KEY);
  }

  /** Requests to the API server since the last time, by method and path. */
  List<String> requests() {
    List<String> requests = new ArrayList<>();
    try {
      for (RecordedRequest next = server.takeRequest(0, TimeUnit.SECONDS);
          next != null;
          next = server.takeRequest(0, TimeUnit.SECONDS)) {
        requests.add(next.getMethod() + " " + next.getPath());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return requests;
  }

  /** Writes to BillingBackends since the last time. */
  List<String> writes() {
    return requests().stream().filter(r -> !r.startsWith("GET ")).toList();
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
