package dev.planwright.backend.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.BackendException.Kind;
import dev.planwright.backend.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Client and real wire together, against servers on loopback that answer badly. */
@Timeout(60)
class JdkTransportTest {
  private static final String KEY = "sk_live_0123456789abcdef";
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final JdkTransport transport = new JdkTransport();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private volatile HttpHandler handler = exchange -> answer(exchange, 200, "{}");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          handler.handle(exchange);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    transport.close();
    executor.shutdownNow();
  }

  @Test
  void aGoodAnswerComesWithItsHeadersInLowerCase() {
    handler =
        exchange -> {
          exchange.getResponseHeaders().add("ETag", "\"7\"");
          exchange
              .getResponseHeaders()
              .add("X-Seen-Key", exchange.getRequestHeaders().getFirst("X-Key"));
          byte[] body = exchange.getRequestBody().readAllBytes();
          answer(exchange, 201, new String(body, StandardCharsets.UTF_8));
        };
    ApiResponse response =
        client(LONG)
            .send(
                ApiRequest.of(
                    "plans.create",
                    "POST",
                    "/v1/plans/%2F/?b=2&a=%20",
                    JsonNodeFactory.instance.objectNode().put("name", "Grün")));

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.header("etag")).contains("\"7\"");
    assertThat(response.header("x-seen-key")).contains(KEY);
    assertThat(response.body().path("name").asText()).isEqualTo("Grün");
    assertThat(requests).containsExactly("POST /v1/plans/%2F/?b=2&a=%20");
  }

  @Test
  void anEmpty200IsAnAnswerWithoutABody() {
    handler = exchange -> answer(exchange, 200, "");
    assertThat(client(LONG).send(read()).body().isMissingNode()).isTrue();
  }

  @Test
  void htmlIsNonsense() {
    handler = exchange -> answer(exchange, 200, "<html><body>Welcome</body></html>");
    assertThat(failure(LONG).kind()).isEqualTo(Kind.NONSENSE);
  }

  @Test
  void invalidJsonIsNonsense() {
    handler = exchange -> answer(exchange, 200, "{\"plans\": [");
    assertThat(failure(LONG).kind()).isEqualTo(Kind.NONSENSE);
  }

  @Test
  void aRedirectIsNeverFollowed() {
    handler =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          answer(exchange, 301, "");
        };
    BackendException failure = failure(LONG);
    assertThat(failure.kind()).isEqualTo(Kind.NONSENSE);
    assertThat(failure).hasMessageContaining("redirect to another path of the same host");
    assertThat(requests).hasSize(1);
  }

  @Test
  void statusesBecomeKinds() {
    handler = exchange -> answer(exchange, 401, "{}");
    assertThat(failure(LONG).kind()).isEqualTo(Kind.UNAUTHORIZED);
    handler =
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "2");
          answer(exchange, 429, "");
        };
    assertThat(failure(LONG).retryAfter()).contains(Duration.ofSeconds(2));
    handler = exchange -> answer(exchange, 500, "it broke");
    BackendException broken = failure(LONG);
    assertThat(broken.kind()).isEqualTo(Kind.SERVER_ERROR);
    assertThat(broken).hasMessageContaining("500: it broke");
  }

  @Test
  void anEndlessBodyIsHungUpOnAfterFourMebibytes() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          byte[] chunk = "[0,0,0,0,0,0,0,0".repeat(4_096).getBytes(StandardCharsets.UTF_8);
          try {
            while (end.getCount() > 0) {
              body.write(chunk);
            }
          } catch (IOException e) {
            hungUp.countDown();
            throw e;
          }
        };
    BackendException failure = failure(LONG);

    assertThat(failure.kind()).isEqualTo(Kind.NONSENSE);
    assertThat(failure).hasMessageContaining("more than 4194304 bytes");
    assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTenMegabyteBodyIsNonsense() {
    handler = exchange -> answer(exchange, 200, "[" + "1,".repeat(5_000_000) + "1]");
    assertThat(failure(LONG).kind()).isEqualTo(Kind.NONSENSE);
  }

  @Test
  void aServerThatNeverAnswersIsWaitedForNoLongerThanTheTimeout() {
    handler = exchange -> awaitEnd();
    BackendException failure = failure(SHORT);
    assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
    assertThat(failure).hasMessageContaining("no answer within 300 ms");
    assertThat(requests).hasSize(1);
  }

  @Test
  void theTimeoutCoversABodyThatStopsHalfWay() {
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("{\"a\":".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          awaitEnd();
        };
    assertThat(failure(SHORT).kind()).isEqualTo(Kind.NO_ANSWER);
  }

  @Test
  void aRefusedConnectionMeansThatNothingWasSent() throws IOException {
    // Bound and not listening: refused, and nobody else can take the port meanwhile.
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      BackendException failure = failureAt("http://127.0.0.1:" + bound.getLocalPort(), LONG);
      assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
      assertThat(failure).hasMessageContaining("http://127.0.0.1:" + bound.getLocalPort());
    }
  }

  @Test
  void aResetAfterTheRequestMeansThatItMayHaveBeenDone() throws Exception {
    try (ServerSocket resetting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CountDownLatch accepted = new CountDownLatch(1);
      executor.execute(
          () -> {
            try (Socket socket = resetting.accept()) {
              InputStream in = socket.getInputStream();
              assertThat(in.read()).isEqualTo('P');
              accepted.countDown();
              socket.setSoLinger(true, 0);
            } catch (IOException e) {
              // the test sees the missing latch
              requests.add(e.toString());
            }
          });
      BackendException failure = failureAt("http://127.0.0.1:" + resetting.getLocalPort(), LONG);

      assertThat(accepted.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
    }
  }

  @Test
  void aServerThatSpeaksNoTlsNeverSeesTheKey() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> heard = new CopyOnWriteArrayList<>();
      CountDownLatch answered = new CountDownLatch(1);
      executor.execute(
          () -> {
            try (Socket socket = plain.accept()) {
              byte[] some = new byte[4_096];
              int length = socket.getInputStream().read(some);
              heard.add(new String(some, 0, length, StandardCharsets.ISO_8859_1));
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              answered.countDown();
            } catch (IOException e) {
              requests.add(e.toString()); // and the latch below is never counted down
            }
          });
      BackendException failure = failureAt("https://127.0.0.1:" + plain.getLocalPort(), LONG);

      assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
      // No handshake error to the JDK, hence not certain that nothing was sent: then it was.
      assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
      assertThat(heard).hasSize(1).noneMatch(bytes -> bytes.contains(KEY));
    }
  }

  @Test
  void anUnknownHostMeansThatNothingWasSent() {
    BackendException failure = failureAt("http://no-such-host.invalid:1", LONG);
    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("host name is unknown");
  }

  @Test
  void aKeyWithALineBreakIsNeverSentAndNeverShown() {
    TransportException failure =
        catchThrowableOfType(
            TransportException.class,
            () ->
                transport.send(
                    new TransportCall(
                        "GET",
                        URI.create(base()),
                        Map.of("Authorization", "Bearer " + KEY + "\nX: y"),
                        new byte[0]),
                    LONG));
    assertThat(failure.isSent()).isFalse();
    assertThat(failure).hasMessageContaining("header Authorization").hasNoCause();
    assertThat(failure.toString()).doesNotContain(KEY);
    assertThat(requests).isEmpty();
  }

  @Test
  void anInterruptedCallCountsAsSent() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    handler =
        exchange -> {
          arrived.countDown();
          awaitEnd();
        };
    List<BackendException> failures = new CopyOnWriteArrayList<>();
    Thread caller = Thread.ofVirtual().start(() -> failures.add(failure(LONG)));
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();

    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(failures).extracting(BackendException::kind).containsExactly(Kind.NO_ANSWER);
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static ApiRequest read() {
    return ApiRequest.get("plans.list", "/v1/plans/");
  }

  private BackendException failure(Duration timeout) {
    return failureAt(base(), timeout);
  }

  /** Of a write, since those matter; holds no key, whatever happened. */
  private BackendException failureAt(String url, Duration timeout) {
    BackendException failure =
        catchThrowableOfType(
            BackendException.class,
            () ->
                client(url, timeout)
                    .send(ApiRequest.of("plans.archive", "POST", "/v1/plans/x/archive")));
    assertThat(failure.toString()).doesNotContain(KEY);
    assertThat(failure).hasNoCause();
    return failure;
  }

  private AccountClient client(Duration timeout) {
    return client(base(), timeout);
  }

  /** A new account each time: one test's 429 must not hold up the next call. */
  private AccountClient client(String url, Duration timeout) {
    InstantSource clock = InstantSource.system();
    return new AccountClient(
        new AccountClient.Account(
            "billing/main", url, () -> KEY, key -> Map.of("X-Key", key), timeout),
        new AccountClient.Shared(
            transport,
            new AccountRate(new Limits(100, 4, timeout), clock),
            new AccountBreaker("billing/main", clock),
            CallGate.OPEN,
            CallObserver.NONE,
            clock));
  }
}
