package dev.planwright.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthServerTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private HealthServer.Health ready = new HealthServer.Health(false, "filling the caches");
  private HealthServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        HealthServer.start(
            InetAddress.getLoopbackAddress(),
            0,
            new HealthServer.Source() {
              @Override
              public HealthServer.Health live() {
                return new HealthServer.Health(true, "ok");
              }

              @Override
              public HealthServer.Health ready() {
                return ready;
              }

              @Override
              public String metrics() {
                return "planwright_leading 1.0\n";
              }
            });
  }

  @AfterEach
  void end() {
    http.close();
    server.close();
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void probesAnswerByStatusAndSayWhy() throws Exception {
    assertThat(call("GET", "/healthz").statusCode()).isEqualTo(200);
    HttpResponse<String> notYet = call("GET", "/readyz");
    assertThat(notYet.statusCode()).isEqualTo(503);
    assertThat(notYet.body()).isEqualTo("filling the caches\n");
    ready = new HealthServer.Health(true, "leading");
    assertThat(call("GET", "/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreInPrometheusText() throws Exception {
    HttpResponse<String> metrics = call("GET", "/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("content-type")).get().asString().contains("0.0.4");
    assertThat(metrics.body()).isEqualTo("planwright_leading 1.0\n");
  }

  @Test
  void nothingElseIsThereAndNothingCanBeWritten() throws Exception {
    assertThat(call("GET", "/healthzz").statusCode()).isEqualTo(404);
    assertThat(call("GET", "/").statusCode()).isEqualTo(404);
    assertThat(call("POST", "/healthz").statusCode()).isEqualTo(405);
    HttpResponse<String> head = call("HEAD", "/healthz");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }
}
