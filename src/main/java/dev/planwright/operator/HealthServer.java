package dev.planwright.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}; reads only, and holds no secret. */
public final class HealthServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HealthServer.class);
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /**
   * What a probe answers.
   *
   * @param ok 200 or 503
   * @param text one line for people
   */
  public record Health(boolean ok, String text) {}

  /** Where the answers come from; asked by several threads at once. */
  public interface Source {
    /** Whether the process should go on living. */
    Health live();

    /** Whether it does its work, or stands by for it. */
    Health ready();

    /** All meters in the text format of Prometheus. */
    String metrics();
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 lets the system choose
   * @throws IOException when the port is taken
   */
  public static HealthServer start(InetAddress address, int port, Source source)
      throws IOException {
    HealthServer health =
        new HealthServer(HttpServer.create(new InetSocketAddress(address, port), 0));
    health.server.setExecutor(health.executor);
    health.server.createContext("/", exchange -> health.answer(exchange, source));
    health.server.start();
    return health;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void answer(HttpExchange exchange, Source source) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, PLAIN, "only GET and HEAD\n");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/healthz" -> probe(exchange, source.live());
        case "/readyz" -> probe(exchange, source.ready());
        case "/metrics" -> send(exchange, 200, PROMETHEUS, source.metrics());
        default -> send(exchange, 404, PLAIN, "try /healthz, /readyz or /metrics\n");
      }
    } catch (RuntimeException e) {
      // The JDK's server would close the connection without a word.
      log.error("no answer to {}", exchange.getRequestURI().getPath(), e);
    }
  }

  private static void probe(HttpExchange exchange, Health health) throws IOException {
    send(exchange, health.ok() ? 200 : 503, PLAIN, health.text() + "\n");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
