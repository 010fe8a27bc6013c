package dev.planwright.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The sandbox over HTTP, on threads of its own. */
public final class SandboxServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final SandboxHandler handler;
  private final String host;

  private SandboxServer(
      HttpServer server, ExecutorService threads, SandboxHandler handler, String host) {
    this.server = server;
    this.threads = threads;
    this.handler = handler;
    this.host = host;
  }

  /**
   * Listens as soon as this returns.
   *
   * @throws IOException when the address or port cannot be had, or the database not be opened; the
   *     message says which
   */
  public static SandboxServer start(SandboxOptions options) throws IOException {
    HttpServer http;
    try {
      http = HttpServer.create(new InetSocketAddress(options.host(), options.port()), 1024);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
    }
    SandboxHandler handler;
    try {
      handler = SandboxHandler.create(options);
    } catch (Database.DatabaseException e) {
      http.stop(0); // Else a database that cannot be opened would leave the port taken.
      throw new IOException("cannot open the database: " + e.getMessage(), e);
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    SandboxServer server = new SandboxServer(http, threads, handler, options.host());
    http.setExecutor(threads);
    http.createContext("/", server::serve);
    http.start();
    return server;
  }

  /** Where it listens, with a slash at the end. */
  public URI uri() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + server.getAddress().getPort() + "/");
  }

  /** What answers, for tests that also want to ask it in memory. */
  public SandboxHandler handler() {
    return handler;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, all) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", all)));
      // One byte more than is allowed tells that a body is too large without reading all of it.
      byte[] body = exchange.getRequestBody().readNBytes(Call.LARGEST_BODY + 1);
      SandboxResponse response =
          handler.handle(
              new SandboxRequest(
                  exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
      pause(response.latency());
      if (response.lost()) {
        return; // Closing without an answer is the fault that was asked for.
      }
      response.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = response.body();
      exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(bytes);
        }
      }
    }
  }

  private static void pause(Duration latency) throws IOException {
    try {
      Thread.sleep(latency);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
    handler.close();
  }
}
