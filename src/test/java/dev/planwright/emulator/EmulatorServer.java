package dev.planwright.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves an emulator over real HTTP on 127.0.0.1, on a port that the system chooses. */
public final class EmulatorServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final EmulatorHandler handler;
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

  /** Starts at once; requests may come in parallel, as many as there are clients. */
  public EmulatorServer(EmulatorHandler handler) {
    this.handler = handler;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), /* backlog= */ 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port for the emulator on 127.0.0.1", e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** The base address, without a trailing slash. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Stops the server.
   *
   * @throws IllegalStateException when the emulator itself failed on a request, so that its own
   *     defect is never taken for a vendor's 500
   */
  @Override
  public void close() {
    server.stop(0);
    threads.close();
    RuntimeException failure = failures.poll();
    if (failure != null) {
      throw new IllegalStateException("the emulator failed on a request", failure);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new LinkedHashMap<>();
      exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.getFirst()));
      EmulatorRequest request =
          new EmulatorRequest(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              exchange.getRequestBody().readAllBytes());
      send(exchange, request, answer(request));
    }
  }

  private EmulatorResponse answer(EmulatorRequest request) {
    try {
      return handler.handle(request);
    } catch (RuntimeException e) { // whatever the emulator's defect is, close() reports it
      failures.add(e);
      return EmulatorResponse.text(500, "the emulator failed: " + e);
    }
  }

  private static void send(
      HttpExchange exchange, EmulatorRequest request, EmulatorResponse response)
      throws IOException {
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = response.body();
    boolean bodyless = body.length == 0 || request.method().equals("HEAD");
    exchange.sendResponseHeaders(response.status(), bodyless ? -1 : body.length);
    if (!bodyless) {
      exchange.getResponseBody().write(body);
    }
  }
}
