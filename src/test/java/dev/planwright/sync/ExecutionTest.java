package dev.planwright.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Step;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Reason;
import dev.planwright.testing.FakeBilling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExecutionTest {
  private final ManualClock clock = new ManualClock();
  private final FakeBilling billing = new FakeBilling();
  private final List<String> keys = new ArrayList<>();
  private final List<Memory> written = new ArrayList<>();
  private final AtomicInteger made = new AtomicInteger();
  private int status = 201;
  private boolean isLost;

  private final Step create =
      Step.of(
              Step.Kind.CREATE,
              "create plan",
              sending -> {
                keys.add(sending.idempotencyKey());
                return ApiRequest.of("create", "POST", "/plans");
              })
          .intent("plan")
          .build();

  @Test
  void theKeyOfACreateIsSentAgainOnlyWhileNoAnswerCame() throws StatusStore.StaleException {
    isLost = true;
    Memory unanswered = run(Memory.EMPTY, "h1");
    run(unanswered, "h1");
    assertThat(keys).as("no answer came").containsExactly("key-1", "key-1");

    isLost = false;
    status = 500;
    billing.refusal = Reason.BACKEND_UNAVAILABLE;
    Memory answered = run(unanswered, "h1");
    status = 201;
    run(answered, "h1");
    assertThat(keys)
        .as("some backends replay even a failure for a key used again")
        .containsExactly("key-1", "key-1", "key-1", "key-2");
  }

  @Test
  void anotherContentIsSentUnderAnotherKey() throws StatusStore.StaleException {
    isLost = true;
    run(run(Memory.EMPTY, "h1"), "h2");
    assertThat(keys).containsExactly("key-1", "key-2");
  }

  @Test
  void theIntentIsWrittenDownBeforeAnythingIsSent() throws StatusStore.StaleException {
    run(Memory.EMPTY, "h1");
    assertThat(written)
        .singleElement()
        .satisfies(
            memory ->
                assertThat(memory.journal().intents())
                    .containsExactly(new Intent("plan", clock.instant(), "key-1", "h1")));
  }

  private Memory run(Memory memory, String hash) throws StatusStore.StaleException {
    Execution execution =
        new Execution(
            account(), hash, store(), clock, () -> "key-" + made.incrementAndGet(), memory);
    try {
      execution.run(List.of(create), false, refused -> {});
    } catch (BackendException e) {
      assertThat(isLost).as(e.getMessage()).isTrue();
    }
    return execution.memory();
  }

  private StatusStore store() {
    return new StatusStore() {
      @Override
      public void write(Memory memory) {
        assertThat(keys).as("nothing was sent in this round").hasSize(written.size());
        written.add(memory);
      }

      @Override
      public Optional<String> whyNotRemove() {
        return Optional.empty();
      }
    };
  }

  private Account<FakeBilling.Remote> account() {
    return new Account<>(
        "shop/default",
        billing.provider(clock),
        request -> {
          if (isLost) {
            throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer came");
          }
          return new ApiResponse(status, Map.of(), JsonNodeFactory.instance.objectNode());
        },
        new AccountFacts("org_1", "Acme", AccountFacts.AccountEnvironment.SANDBOX, Map.of()));
  }
}
