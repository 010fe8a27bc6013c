package dev.planwright.sync;

import dev.planwright.backend.Account;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends steps one by one and keeps what their answers teach. */
final class StepRunner {
  private final Account<?> account;
  private final List<Step> done = new ArrayList<>();
  private final InstantSource clock;
  private Memory memory;

  StepRunner(Account<?> account, Memory memory, InstantSource clock) {
    this.account = account;
    this.clock = clock;
    this.memory = memory;
  }

  /** What is known after the last answer, or the last missing answer. */
  Memory memory() {
    return memory;
  }

  /** The steps that were done, in order. */
  List<Step> done() {
    return List.copyOf(done);
  }

  /**
   * Sends the steps in order, up to the first that is refused.
   *
   * @return why the last one sent was refused; empty when all were done
   * @throws BackendException when a call brought no usable answer
   */
  Optional<Outcome> run(List<Step> steps) {
    for (Step step : steps) {
      Optional<Outcome> refused = run(step);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome> run(Step step) {
    Optional<Intent> intent = memory.journal().intent(step.intent());
    Step.Sending sending =
        new Step.Sending(memory.binding().handles(), intent.map(Intent::idempotencyKey).orElse(""));
    // From here on the backend may hold anything between two contents: should this process end
    // before the last read, nobody may take the old hash for the truth.
    memory = memory.unsynced();
    ApiResponse response;
    try {
      response = account.client().send(step.request().apply(sending));
    } catch (BackendException e) {
      if (!e.kind().isAmbiguous()) {
        closeIntent(step);
      } else {
        memory = memory.withJournal(LateCreates.unanswered(memory.journal(), step, clock));
        if (e.kind() != BackendException.Kind.NO_ANSWER) {
          // An answer came, if a useless one: sent again, the key would only bring it once more.
          memory = memory.withJournal(memory.journal().withSpentKey(step.intent()));
        }
      }
      throw e;
    }
    if (response.isSuccess() || step.alsoDone().contains(response.status())) {
      closeIntent(step);
      memory = memory.withJournal(LateCreates.answered(memory.journal(), step, clock));
      memory = memory.withHandles(step.learn().apply(memory.binding().handles(), response));
      done.add(step);
      return Optional.empty();
    }
    Refusal refusal = account.provider().refusal(step, response);
    boolean again = refusal.reason().retry() == Reason.Retry.SOON;
    if (again) {
      // "It exists" may be our own earlier try that landed meanwhile: the intent still tells whose
      // it is. Its key is spent, since some backends replay even failures for a key used again.
      memory = memory.withJournal(memory.journal().withSpentKey(step.intent()));
    } else {
      closeIntent(step);
    }
    String message = step.title() + ": " + refusal.message();
    return Optional.of(
        again
            ? new Outcome.Unfinished(refusal.reason(), message, Optional.empty())
            : new Outcome.Blocked(refusal.reason(), message));
  }

  private void closeIntent(Step step) {
    if (!step.intent().isEmpty()) {
      memory = memory.withJournal(memory.journal().without(step.intent()));
    }
  }
}
