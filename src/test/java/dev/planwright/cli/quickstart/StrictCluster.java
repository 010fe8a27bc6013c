package dev.planwright.cli.quickstart;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * The quickstart's API server for tests elsewhere: unlike Fabric8's own it refuses a write from a
 * stale read, and {@link EmbeddedApiServerTest} holds that it does.
 */
public final class StrictCluster implements AutoCloseable {
  private final EmbeddedApiServer server;

  public StrictCluster(InstantSource clock) {
    this.server = EmbeddedApiServer.start(clock);
  }

  /** The hands of somebody else. */
  public KubernetesClient client() {
    return server.client();
  }

  /**
   * Another client, to be closed by who asked.
   *
   * @param before told of every call right before it is sent, as {@code PUT /apis/...}: may do
   *     something else first
   */
  public KubernetesClient client(Consumer<String> before) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl(server.uri().toString())
                .withTrustCerts(true)
                .build())
        .withHttpClientBuilderConsumer(
            builder ->
                builder.addOrReplaceInterceptor(
                    "before",
                    new Interceptor() {
                      @Override
                      public void before(
                          BasicBuilder headers, HttpRequest request, RequestTags tags) {
                        before.accept(request.method() + " " + request.uri().getPath());
                      }
                    }))
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
