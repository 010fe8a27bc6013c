package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Account;
import dev.planwright.backend.Limits;
import dev.planwright.backend.Provider;
import dev.planwright.backend.client.AccountBreaker;
import dev.planwright.backend.client.AccountClient;
import dev.planwright.backend.client.AccountRate;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.CallObserver;
import dev.planwright.backend.client.JdkTransport;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.backend.client.Transport;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.ContentHash;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.EmulatorServer;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every backend once over sockets, with the client that is used outside: what memory would forgive
 * (a header, an encoding, a body where none may be), a server does not.
 */
class OverRealHttpTest {
  static List<BackendUnderTest> backends() {
    return Backends.OFFERED;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aPlanIsMadeReadBackAndLeftAlone(BackendUnderTest backend) {
    ManualClock clock = new ManualClock();
    try (Server server = backend.fresh(clock);
        EmulatorServer http = new EmulatorServer(request -> answer(server, request));
        JdkTransport wire = new JdkTransport()) {
      CatalogPlan plan = backend.sample();
      SyncResult made = sync(backend, clock, to(http.uri(), wire), plan, Memory.EMPTY);
      assertThat(made.outcome()).isEqualTo(new Outcome.Done());
      long writes = server.writesSeen();
      assertThat(writes).isPositive();

      SyncResult again = sync(backend, clock, to(http.uri(), wire), plan, made.memory());
      assertThat(again.outcome()).isEqualTo(new Outcome.Done());
      assertThat(server.writesSeen()).as("nothing is written a second time").isEqualTo(writes);
    }
  }

  private static SyncResult sync(
      BackendUnderTest backend,
      ManualClock clock,
      Transport wire,
      CatalogPlan plan,
      Memory memory) {
    String name = backend.config().backend();
    AccountClient client =
        new AccountClient(
            new AccountClient.Account(
                name,
                backend.factory().baseUrl(backend.config()),
                backend::key,
                backend.factory()::headers,
                OperatorProcess.TIMEOUT),
            new AccountClient.Shared(
                wire,
                new AccountRate(new Limits(1_000_000, 16, OperatorProcess.TIMEOUT), clock, clock),
                new AccountBreaker(name, clock),
                CallGate.OPEN,
                CallObserver.NONE,
                clock));
    Account<?> account =
        account(name, backend.factory().open(backend.config(), client, clock), client);
    SyncRequest request =
        new SyncRequest(
            plan,
            SamplePlans.policies(),
            ContentHash.of(plan, account.provider().meaning()),
            memory,
            "",
            true);
    return new PlanSync(clock).sync(account, request, new Unwatched());
  }

  private static <R> Account<R> account(String name, Provider<R> provider, AccountClient client) {
    return new Account<>(name, provider, client, provider.account());
  }

  /** The same call to where the server is; the provider knows it by another name. */
  private static Transport to(URI base, Transport wire) {
    return (call, timeout) -> {
      String query = call.uri().getRawQuery();
      URI uri = URI.create(base + call.uri().getRawPath() + (query == null ? "" : "?" + query));
      return wire.send(
          new TransportCall(call.method(), uri, call.headers(), call.body()),
          Duration.ofSeconds(30));
    };
  }

  private static EmulatorResponse answer(Server server, EmulatorRequest request) {
    Map<String, String> headers =
        request.headers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    TransportReply reply =
        server.answer(
            new TransportCall(
                request.method(),
                URI.create("http://emulator.test" + request.target()),
                headers,
                request.body()));
    return new EmulatorResponse(reply.status(), reply.headers(), reply.body());
  }

  private static final class Unwatched implements StatusStore {
    @Override
    public void write(Memory memory) {}

    @Override
    public Optional<String> whyNotRemove() {
      return Optional.empty();
    }
  }
}
