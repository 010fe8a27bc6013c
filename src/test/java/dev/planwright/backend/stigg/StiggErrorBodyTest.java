package dev.planwright.backend.stigg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Limits;
import dev.planwright.backend.client.AccountBreaker;
import dev.planwright.backend.client.AccountClient;
import dev.planwright.backend.client.AccountRate;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.CallObserver;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.stigg.StiggSwitch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Stigg says when it refuses a key or a call too many reaches people in either shape. */
class StiggErrorBodyTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final StiggBench bench = new StiggBench();
  private final ManualClock clock = bench.clock;

  /** The provider over the client that is used outside, without a socket. */
  private StiggProvider provider() {
    AccountClient client =
        new AccountClient(
            new AccountClient.Account(
                "shop/default",
                "https://api.stigg.io",
                bench.server::key,
                new StiggProviderFactory()::headers,
                TIMEOUT),
            new AccountClient.Shared(
                this::answer,
                new AccountRate(new Limits(1000, 4, TIMEOUT), clock, clock),
                new AccountBreaker("shop/default", clock),
                CallGate.OPEN,
                CallObserver.NONE,
                clock));
    return new StiggProvider(
        StiggSettings.of(StiggBench.config(AccountConfig.Aliases.NONE)), client, clock);
  }

  private TransportReply answer(TransportCall call, Duration timeout) {
    String query = call.uri().getRawQuery();
    EmulatorResponse answer =
        bench.server.handle(
            EmulatorRequest.of(
                call.method(),
                call.uri().getRawPath() + (query == null ? "" : "?" + query),
                call.headers(),
                new String(call.body(), StandardCharsets.UTF_8)));
    return new TransportReply(
        answer.status(), answer.headers(), answer.text().getBytes(StandardCharsets.UTF_8), false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRefusedKeyIsToldInStiggsWordsWhateverTheShape(boolean plain) {
    bench.with(StiggSwitch.PLAIN_401, plain);
    StiggProvider provider = provider();
    assertThat(provider.account()).isNotNull();
    bench.server.controls().revokeKey(bench.server.key());

    BackendException refused = catchThrowableOfType(BackendException.class, provider::account);

    assertThat(refused.kind()).isEqualTo(BackendException.Kind.UNAUTHORIZED);
    assertThat(refused).hasMessageContaining("Unauthenticated").hasMessageContaining("Secret");
    assertThat(String.valueOf(refused.getMessage()).contains("\"error\""))
        .as("its shape")
        .isEqualTo(!plain);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallTooManyIsToldInStiggsWordsWhateverTheShape(boolean plain) {
    bench.with(StiggSwitch.PLAIN_429, plain);
    bench.server.controls().limitRate(1, Optional.of("7"));
    StiggProvider provider = provider();

    BackendException refused = catchThrowableOfType(BackendException.class, provider::account);

    assertThat(refused.kind()).isEqualTo(BackendException.Kind.RATE_LIMITED);
    assertThat(refused)
        .hasMessageContaining("too many requests")
        .hasMessageContaining("again in 7 s")
        .hasMessageContaining(plain ? "RateLimitExceeded" : "rate_limit_exceeded");
    clock.advance(Duration.ofSeconds(8));
    assertThat(provider.account()).isNotNull();
  }
}
