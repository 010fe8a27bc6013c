package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.sync.SyncEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncerSilenceTest {
  private final List<String> written = new ArrayList<>();
  private final ManualClock clock = new ManualClock();
  private final Plan plan = Manifested.plan("team", 1, "{}");
  private volatile int answer = 201;
  private HttpServer server;
  private KubernetesClient client;
  private KubernetesAnnouncer announcer;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (answer == 201) {
            written.add(new String(body, StandardCharsets.UTF_8));
          }
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .build())
            .build();
    announcer = new KubernetesAnnouncer(client, clock, "test");
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "refused (x-request-id 4711), refused (x-request-id 4712)",
    "refused: request req_8fA31b22c0 failed, refused: request req_77bb31c9d1 failed",
    "refused: 3f0c6a52-1111-4a2b-9c3d-0123456789ab, refused: aaaaaaaa-2222-4a2b-9c3d-0123456789ff",
    "refused: at 1763736470123 ms, refused: at 1763736480456 ms",
  })
  void theSameRefusalUnderAnotherRequestIdIsToldOnce(String first, String second) {
    tell(SyncEvent.Type.BACKEND_REJECTED, first);
    tell(SyncEvent.Type.BACKEND_REJECTED, second);
    assertThat(written).hasSize(1);

    clock.advance(Duration.ofMinutes(61));
    tell(SyncEvent.Type.BACKEND_REJECTED, second);
    assertThat(written).hasSize(2);
  }

  @Test
  void anotherAmountPriceReasonOrObjectIsNews() {
    tell(SyncEvent.Type.BLOCKED, "SubscribersAffected: price team-2026: amount 49 -> 59");
    tell(SyncEvent.Type.BLOCKED, "SubscribersAffected: price team-2026: amount 49 -> 69");
    tell(SyncEvent.Type.BLOCKED, "SubscribersAffected: price team-2025: amount 49 -> 69");
    tell(SyncEvent.Type.BLOCKED, "DriftDetected: price team-2025: amount 49 -> 69");
    announcer.announce(
        Manifested.plan("other", 1, "{}"),
        List.of(
            new SyncEvent(
                SyncEvent.Type.BLOCKED, "DriftDetected: price team-2025: amount 49 -> 69")));
    assertThat(written).hasSize(5);
  }

  @Test
  void anEventThatWasNotWrittenIsToldAtTheNextTry() {
    answer = 403;
    tell(SyncEvent.Type.BLOCKED, "Drifted: amount");
    answer = 201;
    tell(SyncEvent.Type.BLOCKED, "Drifted: amount");
    tell(SyncEvent.Type.BLOCKED, "Drifted: amount");
    assertThat(written).singleElement().asString().contains("Drifted: amount", "Blocked");
  }

  private void tell(SyncEvent.Type type, String text) {
    announcer.announce(plan, List.of(new SyncEvent(type, text)));
  }
}
