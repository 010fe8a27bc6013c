package dev.planwright.backend.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiRequest;
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
import dev.planwright.emulator.schematic.SchematicEmulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real client at the vendor's limit: twenty reads and twenty writes in any second. */
final class SchematicRateTest {
  private final ManualClock clock = new ManualClock();
  private final SchematicEmulator server = new SchematicEmulator(clock.withZone(ZoneOffset.UTC));
  private final SchematicProviderFactory factory = new SchematicProviderFactory();
  private final List<Integer> statuses = new ArrayList<>();

  @Test
  void bothLimitsAreUsedToTheFullAndNeitherIsEverExceeded() {
    AccountClient client = client(factory.limits());
    for (int i = 0; i < 100; i++) {
      client.send(write(i));
      client.send(ApiRequest.get("plans.list", "/plans?limit=1"));
    }
    assertThat(statuses).hasSize(200).containsOnly(200, 201);
    // A hundred at twenty a second, the first at once; counted together it would be twice as long.
    assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(99 * 50));
  }

  private ApiRequest write(int number) {
    ObjectNode plan =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "Plan " + number)
            .put("description", "")
            .put("plan_type", "plan");
    return ApiRequest.of("plans.create", "POST", "/plans", plan);
  }

  private AccountClient client(Limits limits) {
    String key = server.controls().addKey(server.controls().environment());
    server.controls().limitRates(true);
    return new AccountClient(
        new AccountClient.Account(
            "billing/main",
            "https://schematic.invalid",
            () -> key,
            factory::headers,
            limits.timeout()),
        new AccountClient.Shared(
            (call, timeout) -> answer(call),
            new AccountRate(limits, clock, clock),
            new AccountBreaker("billing/main", clock),
            CallGate.OPEN,
            CallObserver.NONE,
            clock));
  }

  private TransportReply answer(TransportCall call) {
    String query = call.uri().getRawQuery();
    EmulatorResponse answer =
        server.handle(
            EmulatorRequest.of(
                call.method(),
                call.uri().getRawPath() + (query == null ? "" : "?" + query),
                call.headers(),
                new String(call.body(), StandardCharsets.UTF_8)));
    statuses.add(answer.status());
    return new TransportReply(
        answer.status(), answer.headers(), answer.text().getBytes(StandardCharsets.UTF_8), false);
  }
}
