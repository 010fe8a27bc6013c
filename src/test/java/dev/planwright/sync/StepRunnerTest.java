package dev.planwright.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.backend.Account;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Step;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.testing.FakeBilling;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a create in the journal, whatever came of its call. */
class StepRunnerTest {
  private static final Step CREATE =
      Step.of(Step.Kind.CREATE, "create plan", sending -> ApiRequest.of("create", "POST", "/"))
          .intent("plan")
          .build();

  private final ManualClock clock = new ManualClock();

  @ParameterizedTest
  @CsvSource({
    "NO_ANSWER, the-key",
    "SERVER_ERROR, ''",
    "NONSENSE, ''",
  })
  void anIdempotencyKeyIsOnlySentAgainWhereNoAnswerCame(BackendException.Kind kind, String key) {
    Memory memory =
        Memory.EMPTY.withJournal(
            Memory.Journal.CLOSED.with(
                List.of(new Intent("plan", clock.instant(), "the-key", "hash"))));
    ApiClient failing =
        request -> {
          throw new BackendException(kind, "failed");
        };
    StepRunner runner =
        new StepRunner(
            new Account<>(
                "shop/default", new FakeBilling().provider(clock), failing, AccountFacts.unknown()),
            memory,
            clock);

    assertThatThrownBy(() -> runner.run(List.of(CREATE))).isInstanceOf(BackendException.class);

    assertThat(runner.memory().journal().intent("plan"))
        .hasValueSatisfying(it -> assertThat(it.idempotencyKey()).isEqualTo(key));
  }
}
