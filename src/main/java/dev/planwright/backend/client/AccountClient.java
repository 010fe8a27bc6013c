package dev.planwright.backend.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.BackendException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One account, called carefully: gate, breaker, the account's turn, the wire, and what the answer
 * means. Never repeats a call: whether it may be repeated is for those to say who know what it
 * does.
 *
 * <p>The breaker and the rate are shared by all clients of an account; the sweep gets its own by
 * {@link #as}.
 */
public final class AccountClient implements ApiClient {
  /** MDC keys that a caller sets so that the log names the Plan and the step. */
  public static final String MDC_PLAN = "plan";

  /** See {@link #MDC_PLAN}. */
  public static final String MDC_STEP = "step";

  private static final Logger log = LoggerFactory.getLogger(AccountClient.class);
  private static final ObjectWriter JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build().writer();

  /**
   * Which account.
   *
   * @param backend namespace/name of the BillingBackend
   * @param baseUrl without a trailing slash, allowed by {@link UrlPolicy}
   * @param key asked for at each call, so that a new key needs no new client
   * @param headers from a key to the headers that carry it
   * @param timeout of one call
   */
  public record Account(
      String backend,
      String baseUrl,
      Supplier<String> key,
      Function<String, Map<String, String>> headers,
      Duration timeout) {}

  /**
   * What all clients of an account share.
   *
   * @param transport the wire
   * @param rate of the account
   * @param breaker of the account
   * @param gate of the process
   * @param observer for metrics
   * @param clock for durations and dates
   */
  public record Shared(
      Transport transport,
      AccountRate rate,
      AccountBreaker breaker,
      CallGate gate,
      CallObserver observer,
      InstantSource clock) {}

  private final Account account;
  private final Shared shared;
  private final Caller caller;

  public AccountClient(Account account, Shared shared) {
    this(account, shared, Caller.FOREGROUND);
  }

  private AccountClient(Account account, Shared shared, Caller caller) {
    this.account = account;
    this.shared = shared;
    this.caller = caller;
  }

  /** The same account, called on somebody else's behalf. */
  public AccountClient as(Caller caller) {
    return new AccountClient(account, shared, caller);
  }

  @Override
  public ApiResponse send(ApiRequest request) {
    String key = account.key().get();
    Map<String, String> keyHeaders = account.headers().apply(key);
    AnswerReader reader =
        new AnswerReader(
            "BillingBackend " + account.backend() + ": " + request.operation(),
            new Redactor(key, keyHeaders));
    Attempt attempt = new Attempt(request, shared.clock().instant());
    try {
      TransportCall call = call(request, keyHeaders, reader);
      ApiResponse response = inTurn(request, call, reader, attempt);
      attempt.ended(Optional.empty());
      return response;
    } catch (BackendException e) {
      attempt.ended(Optional.of(e.kind()));
      throw e;
    }
  }

  private ApiResponse inTurn(
      ApiRequest request, TransportCall call, AnswerReader reader, Attempt attempt) {
    refuseIfStopped(reader);
    // Asked before the wait for a turn too: with the backend down nobody should stand in line.
    shared.breaker().refusal().ifPresent(open -> refuse(open, reader));
    try (AccountRate.Turn.Permit permit = permit(request, reader)) {
      refuseIfStopped(reader);
      shared.breaker().enter().ifPresent(open -> refuse(open, reader));
      return exchange(call, reader, attempt, permit);
    }
  }

  private AccountRate.Turn.Permit permit(ApiRequest request, AnswerReader reader) {
    try {
      return switch (shared.rate().acquire(caller, AccountRate.Kind.of(request))) {
        case AccountRate.Turn.Permit permit -> permit;
        case AccountRate.Turn.Held(Duration rest) ->
            throw reader.failure(
                Kind.RATE_LIMITED,
                "not called: the backend asked for no calls for another "
                    + Excerpt.seconds(rest)
                    + " s; it is tried again by itself",
                Optional.of(rest));
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reader.failure(
          Kind.NOT_SENT,
          "not called: interrupted while waiting for its turn; it is tried again by itself",
          Optional.empty());
    }
  }

  private ApiResponse exchange(
      TransportCall call, AnswerReader reader, Attempt attempt, AccountRate.Turn.Permit permit) {
    boolean told = false;
    try {
      TransportReply reply = attempt.send(call);
      told = true;
      learn(reply, permit);
      return reader.read(reply, shared.clock().instant());
    } catch (TransportException e) {
      told = true;
      if (Thread.currentThread().isInterrupted()) {
        shared.breaker().abandoned(); // we hung up, not the backend
      } else {
        shared.breaker().failed();
      }
      throw noAnswer(e, reader);
    } finally {
      if (!told) {
        shared.breaker().abandoned();
      }
    }
  }

  private void learn(TransportReply reply, AccountRate.Turn.Permit permit) {
    Optional<Duration> asked = RetryAfter.of(reply, shared.clock().instant());
    if (reply.status() == 429) {
      permit.limited(asked);
      shared.breaker().answered();
    } else if (reply.status() >= 500 && reply.status() < 600) {
      asked.ifPresent(permit::hold);
      shared.breaker().failed();
    } else {
      permit.succeeded();
      shared.breaker().answered();
    }
  }

  private BackendException noAnswer(TransportException e, AnswerReader reader) {
    return e.isSent()
        ? reader.failure(
            Kind.NO_ANSWER,
            "sent, and no answer came: "
                + Excerpt.line(e.text())
                + "; it is tried again by itself, after a look at what was done",
            Optional.empty())
        : reader.failure(
            Kind.NOT_SENT,
            "not sent to "
                + account.baseUrl()
                + ": "
                + Excerpt.line(e.text())
                + "; check the url of the BillingBackend and that the billing system is up",
            Optional.empty());
  }

  private void refuseIfStopped(AnswerReader reader) {
    Optional<String> closed = shared.gate().closed();
    if (closed.isPresent()) {
      throw reader.failure(
          Kind.NOT_SENT, "not called: " + closed.get() + "; nothing to do", Optional.empty());
    }
  }

  private void refuse(AccountBreaker.Open open, AnswerReader reader) {
    Duration rest = Duration.between(shared.clock().instant(), open.next());
    throw reader.failure(
        Kind.NOT_SENT,
        "not called: failing since "
            + open.since()
            + "; "
            + (rest.isPositive()
                ? "next try in " + Excerpt.seconds(rest) + " s"
                : "another call is trying it right now")
            + "; look at the billing system, it is called again by itself",
        Optional.empty());
  }

  private TransportCall call(
      ApiRequest request, Map<String, String> keyHeaders, AnswerReader reader) {
    // Without the slash, ".example.com" or "@example.com" would send the key to another host.
    if (!request.target().startsWith("/")) {
      throw new IllegalArgumentException(
          request.operation() + ": a target starts with a slash: " + request.target());
    }
    byte[] body = request.body().map(AccountClient::bytes).orElse(new byte[0]);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", "application/json");
    headers.put("User-Agent", "planwright");
    if (body.length > 0) {
      headers.put("Content-Type", "application/json");
    }
    headers.putAll(request.headers());
    headers.putAll(keyHeaders);
    try {
      URI uri = URI.create(account.baseUrl() + request.target());
      return new TransportCall(request.method(), uri, headers, body);
    } catch (IllegalArgumentException e) {
      throw reader.failure(
          Kind.NOT_SENT,
          "not sent: " + account.baseUrl() + request.target() + " is not a valid URL",
          Optional.empty());
    }
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  /** One call on its way, for the log line and the metrics at its end. */
  private final class Attempt {
    private final ApiRequest request;
    private final Instant asked;
    private Optional<Instant> sent = Optional.empty();
    private int status;

    Attempt(ApiRequest request, Instant asked) {
      this.request = request;
      this.asked = asked;
    }

    TransportReply send(TransportCall call) throws TransportException {
      sent = Optional.of(shared.clock().instant());
      TransportReply reply = shared.transport().send(call, account.timeout());
      status = reply.status();
      return reply;
    }

    void ended(Optional<Kind> failure) {
      Instant now = shared.clock().instant();
      Duration took = sent.map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
      Duration waited = Duration.between(asked, sent.orElse(now));
      shared
          .observer()
          .ended(
              new CallObserver.Call(
                  account.backend(),
                  request.operation(),
                  request.mutates(),
                  status,
                  failure,
                  waited,
                  took));
      if (request.mutates() && sent.isPresent()) {
        log.info(
            "backend={} plan={} step={} operation={} status={} ms={}",
            account.backend(),
            MDC.get(MDC_PLAN),
            MDC.get(MDC_STEP),
            request.operation(),
            status == 0 ? failure.map(Kind::name).orElse("") : status,
            took.toMillis());
      }
    }
  }
}
