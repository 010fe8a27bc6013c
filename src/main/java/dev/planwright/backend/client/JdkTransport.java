package dev.planwright.backend.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** The real wire: HTTP/1.1, no redirects, bodies up to {@link #MAX_BODY}. */
public final class JdkTransport implements Transport, AutoCloseable {
  /** Longest body that is read, in bytes; a catalogue page is a tenth of it at most. */
  public static final int MAX_BODY = 4 * 1024 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          // HTTP/2 would multiplex, and one reset would make every call in flight ambiguous.
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(executor)
          .build();

  @Override
  public TransportReply send(TransportCall call, Duration timeout) throws TransportException {
    HttpRequest request = request(call);
    // Not HttpRequest.timeout: that one ends with the headers, and a body may trickle for ever.
    CompletableFuture<HttpResponse<CappedBody.Content>> answer =
        client.sendAsync(request, info -> new CappedBody(MAX_BODY));
    try {
      HttpResponse<CappedBody.Content> response =
          answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      CappedBody.Content content = response.body();
      return new TransportReply(
          response.statusCode(),
          lowerCase(response.headers()),
          content.bytes(),
          content.truncated());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TransportException(true, "no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new TransportException(true, "the call was interrupted before an answer came");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw failure(cause == null ? e : cause);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdownNow();
  }

  private static HttpRequest request(TransportCall call) throws TransportException {
    HttpRequest.Builder builder;
    try {
      builder = HttpRequest.newBuilder(call.uri());
    } catch (IllegalArgumentException e) {
      throw new TransportException(false, "the address cannot be called: " + call.uri());
    }
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      try {
        builder.setHeader(header.getKey(), header.getValue());
      } catch (IllegalArgumentException e) {
        // The JDK's own message quotes the value, which may be the key.
        throw new TransportException(
            false,
            "header "
                + header.getKey()
                + " cannot be sent: it is not allowed, or its value holds a line break or another"
                + " character that HTTP forbids");
      }
    }
    return builder
        .method(
            call.method(),
            call.body().length == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(call.body()))
        .build();
  }

  /**
   * Only what can happen before the first byte of a request counts as not sent. Anything unknown
   * counts as sent: a look too many costs a call, a look too few a duplicate.
   */
  private static TransportException failure(Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException e ->
          new TransportException(
              false, "no connection within " + CONNECT_TIMEOUT.toSeconds() + " s");
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          new TransportException(false, "the host name is unknown");
      case ConnectException e -> new TransportException(false, "no connection: " + said(e));
      case SSLHandshakeException e ->
          new TransportException(false, "no TLS connection: " + said(e));
      case IOException e -> new TransportException(true, "the connection broke: " + said(e));
      default -> new TransportException(true, "the call failed: " + said(cause));
    };
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private static Map<String, String> lowerCase(HttpHeaders headers) {
    Map<String, String> map = new HashMap<>();
    headers.map().forEach((name, values) -> map.put(name.toLowerCase(Locale.ROOT), join(values)));
    return map;
  }

  private static String join(Iterable<String> values) {
    return String.join(", ", values);
  }
}
