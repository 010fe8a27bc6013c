package dev.planwright.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Fabric8's server that keeps what it is given: no schema, no defaults, no conflict of versions.
 * Good for what runs see and write, not for what an API server refuses.
 */
public final class MockCluster implements AutoCloseable {
  // Held, because a logger that nobody holds forgets its level.
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(new ObjectMapper()),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);

  public MockCluster() {
    REQUESTS.setLevel(Level.WARNING);
    server.init(InetAddress.getLoopbackAddress(), 0);
  }

  /** A client of its own. */
  public KubernetesClient client() {
    KubernetesClient client = server.createClient();
    // Else a manifest of ours is read as a generic object, which has no handler here.
    client.getKubernetesSerialization().registerKubernetesResource(BillingBackend.class);
    client.getKubernetesSerialization().registerKubernetesResource(Plan.class);
    client.getKubernetesSerialization().registerKubernetesResource(Price.class);
    return client;
  }

  /** Creates or replaces what a YAML text holds. */
  public static void apply(KubernetesClient client, String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(object -> client.resource(object).createOr(replace -> replace.update()));
  }

  @Override
  public void close() {
    server.destroy();
  }
}
