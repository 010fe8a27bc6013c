package dev.planwright.backend.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.BackendException.Kind;
import dev.planwright.backend.Limits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client above a wire that answers what the test says; see JdkTransportTest for the wire. */
class AccountClientTest {
  private static final String KEY = "sk_live_0123456789abcdef";
  private static final ApiRequest READ = ApiRequest.get("plans.get", "/v1/plans/pro%2Fteam/?a=%20");
  private static final ApiRequest WRITE =
      ApiRequest.of("plans.create", "POST", "/v1/plans/", JsonNodeFactory.instance.objectNode());

  private final ManualClock clock = new ManualClock();
  private final AccountBreaker breaker = new AccountBreaker("billing/main", clock);
  private final AccountRate rate =
      new AccountRate(new Limits(10, 4, Duration.ofSeconds(30)), clock, clock);
  private final List<TransportCall> calls = new ArrayList<>();
  private final List<CallObserver.Call> seen = new ArrayList<>();
  private Optional<String> stopped = Optional.empty();
  private Transport wire = (call, timeout) -> reply(200, "{}");
  private final AccountClient client =
      new AccountClient(
          new AccountClient.Account(
              "billing/main",
              "https://api.example.com/base",
              () -> KEY,
              key -> Map.of("Authorization", "Bearer " + key, "X-Version", "2026-01-01"),
              Duration.ofSeconds(30)),
          new AccountClient.Shared(
              (call, timeout) -> {
                calls.add(call);
                return wire.send(call, timeout);
              },
              rate,
              breaker,
              () -> stopped,
              seen::add,
              clock));

  @AfterEach
  void everyPermitWasGivenBack() {
    assertThat(rate.inFlight()).isZero();
  }

  @Test
  void sendsTheTargetAsItIsWithTheKeyAndOurHeaders() {
    client.send(READ.withHeader("If-Match", "\"7\"").withHeader("authorization", "of a provider"));

    TransportCall call = calls.getFirst();
    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.uri().toString())
        .isEqualTo("https://api.example.com/base/v1/plans/pro%2Fteam/?a=%20");
    assertThat(call.headers().values()).doesNotContain("of a provider");
    assertThat(call.headers().get("Accept")).isEqualTo("application/json");
    assertThat(call.headers().get("User-Agent")).isEqualTo("planwright");
    assertThat(call.headers().get("If-Match")).isEqualTo("\"7\"");
    assertThat(call.headers()).containsValue("Bearer " + KEY).doesNotContainKey("Content-Type");
    assertThat(call.toString()).doesNotContain(KEY);
  }

  @Test
  void writesNumbersInFull() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("amount", new BigDecimal("1E+3"));
    client.send(ApiRequest.of("plans.create", "POST", "/v1/plans/", body));

    assertThat(new String(calls.getFirst().body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"amount\":1000}");
    assertThat(calls.getFirst().headers()).containsEntry("Content-Type", "application/json");
  }

  @Test
  void readsNumbersExactly() {
    wire =
        (call, timeout) -> reply(200, "{\"a\":0.10,\"b\":12345678901234567890123,\"c\":0.1e-30}");
    ApiResponse response = client.send(READ);

    assertThat(response.body().get("a").decimalValue()).isEqualTo(new BigDecimal("0.10"));
    assertThat(response.body().get("b").bigIntegerValue()).isEqualTo("12345678901234567890123");
    assertThat(response.body().get("c").decimalValue())
        .isEqualByComparingTo(new BigDecimal("0.1e-30"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n"})
  void anEmptyBodyIsMissing(String body) {
    wire = (call, timeout) -> reply(200, body);
    ApiResponse response = client.send(READ);
    assertThat(response.body().isMissingNode()).isTrue();
    assertThat(
            catchThrowableOfType(
                    BackendException.class, () -> response.requireBody(READ.operation()))
                .kind())
        .isEqualTo(Kind.NONSENSE);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 405, 409, 412, 422, 499})
  void aRefusalIsAnAnswerForTheProvider(int status) {
    wire = (call, timeout) -> reply(status, "{\"error\":\"no\"}");
    ApiResponse response = client.send(WRITE);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body().path("error").asText()).isEqualTo("no");
    assertThat(seen.getLast().failure()).isEmpty();
  }

  @Test
  void aRefusalInPlainWordsIsCutToOneShortLine() {
    wire =
        (call, timeout) ->
            reply(404, "<html><head><title>x</title></head><p>Not\nfound</p>" + "y".repeat(500));
    String text = client.send(READ).body().asText();
    assertThat(text).startsWith("Not found yyy").hasSize(200).doesNotContain("<");
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {}                   | UNAUTHORIZED | the key was refused",
        "429 | {}                   | RATE_LIMITED | fewer calls",
        "500 | {\"detail\":\"boom\"} | SERVER_ERROR | status 500: {\"detail\":\"boom\"} (x-request-id r-1)",
        "503 | <html><p>Down</p>    | SERVER_ERROR | status 503: Down (x-request-id r-1)",
        "302 | ''                   | NONSENSE     | redirect to login.example.net; redirects are never",
        "304 | ''                   | NONSENSE     | redirect",
        "200 | <!doctype html><p>Hi | NONSENSE     | HTML instead of JSON: Hi",
        "200 | {\"a\":              | NONSENSE     | invalid JSON",
        "200 | {} {}                | NONSENSE     | invalid JSON",
        "200 | 0x1                  | NONSENSE     | invalid JSON",
        "999 | {}                   | NONSENSE     | 999",
      })
  void isNoAnswer(int status, String body, Kind kind, String words) {
    wire =
        (call, timeout) ->
            new TransportReply(
                status,
                Map.of("location", "https://login.example.net/?t=1", "x-request-id", "r-1"),
                body.getBytes(StandardCharsets.UTF_8));

    BackendException failure = failureOf(WRITE);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageStartingWith("BillingBackend billing/main: plans.create: ")
        .hasMessageContaining(words);
    assertThat(seen.getLast().failure()).contains(kind);
    assertThat(seen.getLast().status()).isEqualTo(status);
  }

  @Test
  void anEndlessBodyIsNonsense() {
    wire =
        (call, timeout) ->
            new TransportReply(200, Map.of(), "[1,".getBytes(StandardCharsets.UTF_8), true);
    BackendException failure = failureOf(READ);
    assertThat(failure.kind()).isEqualTo(Kind.NONSENSE);
    assertThat(failure).hasMessageContaining("more than 3 bytes");
  }

  @Test
  void aFailedSendIsToldFromALostAnswer() {
    wire = failing(false, "connection refused");
    BackendException unsent = failureOf(WRITE);
    wire = failing(true, "connection reset");
    BackendException lost = failureOf(READ);

    assertThat(unsent.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(unsent).hasMessageContaining("https://api.example.com/base: connection refused");
    assertThat(lost.kind()).isEqualTo(Kind.NO_ANSWER);
    assertThat(seen).extracting(CallObserver.Call::status).containsExactly(0, 0);
  }

  @Test
  void a429SlowsTheAccountDownAndHandsOnWhatWasAsked() {
    wire = (call, timeout) -> new TransportReply(429, Map.of("retry-after", "60"), new byte[0]);
    BackendException first = failureOf(READ);
    wire = (call, timeout) -> reply(200, "{}");
    BackendException second = failureOf(WRITE);

    assertThat(first.retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(rate.callsPerThousandSeconds(AccountRate.Kind.READ)).isEqualTo(5_000);
    assertThat(second.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(second).hasMessageContaining("not called");
    assertThat(second.retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(calls).hasSize(1);
    assertThat(client.as(Caller.SWEEP)).isNotSameAs(client);
    clock.advance(Duration.ofSeconds(60));
    assertThat(client.as(Caller.SWEEP).send(READ).status()).isEqualTo(200);
  }

  @Test
  void aServerErrorWithRetryAfterHoldsEverybodyWithoutLoweringTheRate() {
    wire = (call, timeout) -> new TransportReply(503, Map.of("retry-after", "30"), new byte[0]);
    assertThat(failureOf(READ).retryAfter()).contains(Duration.ofSeconds(30));
    assertThat(failureOf(READ).kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(rate.callsPerThousandSeconds(AccountRate.Kind.READ)).isEqualTo(10_000);
  }

  @Test
  void afterRepeatedFailuresNothingIsCalledForAWhile() {
    wire = failing(true, "reset");
    for (int i = 0; i < 5; i++) {
      assertThat(failureOf(WRITE).kind()).isEqualTo(Kind.NO_ANSWER);
    }
    BackendException refused = failureOf(WRITE);

    assertThat(calls).hasSize(5);
    assertThat(refused.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(refused)
        .hasMessageContaining("not called: failing since 2026-03-01T12:00:00Z; next try in 5 s");

    clock.advance(Duration.ofSeconds(6));
    wire = (call, timeout) -> reply(200, "{}");
    assertThat(client.send(WRITE).isSuccess()).isTrue();
    assertThat(breaker.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429, 422})
  void answersThatSayNoNeverOpenTheBreaker(int status) {
    wire = (call, timeout) -> reply(status, "{}");
    for (int i = 0; i < 20; i++) {
      try {
        client.send(READ);
      } catch (BackendException e) {
        assertThat(e.kind()).isIn(Kind.UNAUTHORIZED, Kind.RATE_LIMITED);
      }
    }
    assertThat(breaker.isOpen()).isFalse();
    assertThat(calls).hasSize(20);
  }

  @Test
  void aClosedGateLetsNoCallThrough() {
    stopped = Optional.of("the operator lost its Lease");
    BackendException failure = failureOf(WRITE);
    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure).hasMessageContaining("lost its Lease");
    assertThat(calls).isEmpty();
  }

  @Test
  void aTargetThatCouldLeadToAnotherHostIsNeverCalled() {
    for (String target : List.of(".evil.example/x", "@evil.example/", "")) {
      IllegalArgumentException failure =
          catchThrowableOfType(
              IllegalArgumentException.class,
              () -> client.send(ApiRequest.get("plans.get", target)));
      assertThat(failure).hasMessageContaining("starts with a slash");
    }
    assertThat(failureOf(ApiRequest.get("plans.get", "/a b")).kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(calls).isEmpty();
  }

  @Test
  void theKeyIsInNoMessageEvenWhenTheBackendRepeatsIt() {
    String echo = "invalid key " + KEY + " in Bearer " + KEY;
    List<String> texts = new ArrayList<>();
    for (int status : new int[] {200, 302, 401, 429, 500, 999}) {
      wire =
          (call, timeout) ->
              new TransportReply(
                  status,
                  Map.of("location", "https://x.example/" + KEY, "x-request-id", KEY),
                  echo.getBytes(StandardCharsets.UTF_8));
      texts.add(String.valueOf(failureOf(WRITE).getMessage()));
    }
    wire = failing(true, "bad header " + KEY);
    texts.add(String.valueOf(failureOf(WRITE).getMessage()));
    wire = (call, timeout) -> reply(400, "{\"error\":\"" + echo + "\"}");
    texts.add(client.send(WRITE).body().toString());
    wire = (call, timeout) -> reply(400, echo);
    texts.add(client.send(WRITE).body().toString());

    assertThat(texts).noneMatch(text -> text.contains(KEY)).anyMatch(t -> t.contains("[redacted]"));
  }

  @Test
  void anInterruptedWriteIsALostAnswerAndNotTheBackendsFault() {
    wire =
        (call, timeout) -> {
          Thread.currentThread().interrupt();
          throw new TransportException(true, "interrupted");
        };
    for (int i = 0; i < 6; i++) {
      assertThat(failureOf(WRITE).kind()).isEqualTo(Kind.NO_ANSWER);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void interruptedBeforeItsTurnNothingIsSent() {
    Thread.currentThread().interrupt();
    assertThat(failureOf(WRITE).kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(calls).isEmpty();
  }

  @Test
  void aCrashOfTheWireGivesEverythingBack() {
    wire =
        (call, timeout) -> {
          throw new IllegalStateException("bug");
        };
    for (int i = 0; i < 6; i++) {
      assertThat(catchThrowableOfType(IllegalStateException.class, () -> client.send(READ)))
          .hasMessage("bug");
    }
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void theObserverHearsHowLongACallTookAndWaited() {
    wire =
        (call, timeout) -> {
          clock.advance(Duration.ofMillis(40));
          return reply(201, "{}");
        };
    client.send(WRITE);
    client.send(WRITE);

    assertThat(seen.getFirst())
        .isEqualTo(
            new CallObserver.Call(
                "billing/main",
                "plans.create",
                true,
                201,
                Optional.empty(),
                Duration.ZERO,
                Duration.ofMillis(40)));
    assertThat(seen.getLast().waited()).isEqualTo(Duration.ofMillis(60));
  }

  private BackendException failureOf(ApiRequest request) {
    return catchThrowableOfType(BackendException.class, () -> client.send(request));
  }

  private static Transport failing(boolean sent, String message) {
    return (call, timeout) -> {
      throw new TransportException(sent, message);
    };
  }

  private static TransportReply reply(int status, String body) {
    return new TransportReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }
}
