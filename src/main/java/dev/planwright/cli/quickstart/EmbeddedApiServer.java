package dev.planwright.cli.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A Kubernetes API in this process, on loopback, empty when it starts and gone when it ends. */
final class EmbeddedApiServer implements AutoCloseable {
  // JUL forgets the level of a logger that nobody holds, and the server logs every request.
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  private final KubernetesMockServer server;
  private final KubernetesManners manners;
  private final KubernetesClient client;

  private EmbeddedApiServer(
      KubernetesMockServer server, KubernetesManners manners, KubernetesClient client) {
    this.server = server;
    this.manners = manners;
    this.client = client;
  }

  static EmbeddedApiServer start(InstantSource clock) {
    REQUESTS.setLevel(Level.SEVERE);
    KubernetesCrudDispatcher store =
        new KubernetesCrudDispatcher(
            List.of(
                CustomResourceDefinitionContext.fromCustomResourceType(Plan.class),
                CustomResourceDefinitionContext.fromCustomResourceType(Price.class),
                CustomResourceDefinitionContext.fromCustomResourceType(BillingBackend.class)));
    KubernetesManners manners = new KubernetesManners(store, clock);
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(new ObjectMapper()), new MockWebServer(), new HashMap<>(), manners, false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    // Nothing of the person's own kubeconfig or environment: else this could reach a real cluster.
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                    .withMasterUrl(url(server).toString())
                    .withTrustCerts(true)
                    .build())
            .build();
    return new EmbeddedApiServer(server, manners, client);
  }

  /** Reaches this server and no other; closed with it. */
  KubernetesClient client() {
    return client;
  }

  /** Where it listens. */
  URI uri() {
    return url(server);
  }

  private static URI url(KubernetesMockServer server) {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  @Override
  public void close() {
    client.close();
    manners.endWatches();
    server.destroy();
  }
}
