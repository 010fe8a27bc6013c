package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Keys that are not there and servers that talk nonsense end in a condition that says so. */
class BadBackendIT {
  private static final String KEY = "key-that-nobody-may-see";

  /** How a server answers everything. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** A server of nonsense on a port of its own. */
  static final class Nonsense implements AutoCloseable {
    final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    Nonsense(Answer answer) {
      try {
        server =
            HttpServer.create(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), /* backlog= */ 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              calls.incrementAndGet();
              answer.to(exchange);
            }
          });
      server.setExecutor(threads);
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  @Test
  void aSecretThatIsMissingUnlabelledOrEmptyIsSaidAndComingRightIsSeen() {
    try (Scene scene = new Scene("secret")) {
      scene.apply(Scene.backend(Scene.http(scene.sandbox.uri().toString()), ""));
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.startOperator();
      scene.awaitCondition("bb/default", "Ready", "False", "SecretNotFound");
      scene.awaitCondition("bplan/team", "Ready", "False", "BackendNotReady");
      assertThat(scene.condition("bplan/team", "Ready", "message"))
          .contains("SecretNotFound", "sandbox");

      scene.run("create", "secret", "generic", "sandbox", "--from-literal=other=x");
      scene.awaitCondition("bb/default", "Ready", "False", "SecretNotLabelled");
      assertThat(scene.condition("bb/default", "Ready", "message"))
          .contains("planwright.dev/credentials");

      scene.run("label", "secret", "sandbox", "planwright.dev/credentials=true");
      scene.awaitCondition("bb/default", "Ready", "False", "SecretNotFound");
      assertThat(scene.condition("bb/default", "Ready", "message")).contains("apiKey");
      assertThat(scene.counts().calls()).isZero();

      scene.apply(Scene.SECRET.formatted("sandbox"));
      scene.awaitReady("bb/default", "bplan/team", "bprice/team-monthly");
    }
  }

  @Test
  void aKeyIsNotSentInTheClearToAPublicName() {
    try (Scene scene = new Scene("insecure")) {
      scene.startOperator();
      scene.applyBackend(KEY, Scene.http("http://billing.example.com"), "");
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitCondition("bb/default", "Ready", "False", "InsecureUrl");
      scene.awaitCondition("bplan/team", "Ready", "False", "BackendNotReady");
      assertThat(scene.condition("bb/default", "Ready", "message"))
          .contains("spec.provider.http.url", "https");
    }
  }

  @Test
  void aServerThatAnswersAWebPageIsUnreachable() {
    assertUnreachable(
        exchange -> answer(exchange, 200, "text/html", "<html><h1>It works!</h1></html>"));
  }

  @Test
  void aRedirectIsNotFollowed() {
    AtomicInteger stolen = new AtomicInteger();
    try (Nonsense other =
        new Nonsense(
            exchange -> {
              stolen.incrementAndGet();
              answer(exchange, 200, "application/json", "{}");
            })) {
      assertUnreachable(
          exchange -> {
            exchange.getResponseHeaders().set("Location", other.url() + "/");
            answer(exchange, 307, "text/plain", "");
          });
    }
    assertThat(stolen.get()).isZero();
  }

  @Test
  void jsonThatIsBrokenIsUnreachable() {
    assertUnreachable(
        exchange -> answer(exchange, 200, "application/json", "{\"protocol\": \"planwr"));
  }

  @Test
  void anAnswerThatNamesTheKeyIsNotRepeated() {
    assertUnreachable(
        exchange ->
            answer(
                exchange,
                500,
                "application/problem+json",
                "{\"title\":\"no\",\"detail\":\"header was Bearer " + KEY + "\"}"));
  }

  @Test
  void aBodyOfTenMegabytesIsUnreachable() {
    assertUnreachable(
        exchange -> answer(exchange, 200, "application/json", "[" + "1,".repeat(5_000_000) + "1]"));
  }

  @Test
  void successWithoutABodyIsUnreachable() {
    assertUnreachable(exchange -> answer(exchange, 200, "application/json", ""));
  }

  @Test
  void silenceUntilTheTimeoutIsUnreachable() {
    assertUnreachable(exchange -> exchange.getRequestBody().readAllBytes());
  }

  private static void assertUnreachable(Answer answer) {
    try (LogLines log = new LogLines();
        Scene scene = new Scene("nonsense");
        Nonsense server = new Nonsense(answer)) {
      scene.applyBackend(KEY, Scene.http(server.url()), "limits: {timeout: 2s}");
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.startOperator();
      scene.awaitCondition("bb/default", "Ready", "False", "Unreachable");
      scene.awaitCondition("bplan/team", "Ready", "False", "BackendNotReady");
      String told = scene.run("get", "bb,bplan,bprice,events.events.k8s.io", "-o", "yaml");
      assertThat(told)
          .doesNotContain(KEY)
          .doesNotContain("Exception")
          .doesNotContainPattern("\\bat [a-z]+\\.[a-z]+\\.");
      log.assertCalm(KEY);
      // Backing off from a second on: a hot loop would have called hundreds of times by now.
      assertThat(server.calls.get()).isLessThan(20);
    }
  }

  static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
