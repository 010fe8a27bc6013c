package dev.planwright.sync;

import dev.planwright.backend.Account;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Step;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The calls of one round: the journal first, then the calls, so that after a crash in between the
 * next run looks before it creates.
 */
final class Execution {
  private final Account<?> account;
  private final String hash;
  private final StatusStore store;
  private final InstantSource clock;
  private final Supplier<String> idempotencyKeys;
  private Memory memory;
  private List<Step> done = List.of();

  /**
   * Prepares a round.
   *
   * @param hash of the content wanted
   * @param memory with every id that is known
   */
  Execution(
      Account<?> account,
      String hash,
      StatusStore store,
      InstantSource clock,
      Supplier<String> idempotencyKeys,
      Memory memory) {
    this.account = account;
    this.hash = hash;
    this.store = store;
    this.clock = clock;
    this.idempotencyKeys = idempotencyKeys;
    this.memory = memory;
  }

  /** What is known after the last answer, or the last missing answer. */
  Memory memory() {
    return memory;
  }

  /** The steps that were done, in order. */
  List<Step> done() {
    return done;
  }

  /**
   * Sends the steps, up to the first that is refused.
   *
   * @param mustWrite whether the memory holds something that must be written down before anything
   *     is sent: an approval that is used by these steps
   * @param refused hears of a refusal by the backend, as opposed to a wait of ours
   * @return why not all were done
   * @throws dev.planwright.backend.BackendException when a call brought no usable answer
   * @throws StatusStore.StaleException when the journal could not be written; nothing was sent
   */
  Optional<Outcome> run(List<Step> steps, boolean mustWrite, Consumer<Outcome> refused)
      throws StatusStore.StaleException {
    Optional<Outcome> held = LateCreates.hold(memory.journal(), steps, store, clock.instant());
    if (held.isPresent()) {
      return held;
    }
    Memory.Journal before = memory.journal();
    List<Intent> intents = intents(steps);
    if (!intents.isEmpty()) {
      memory = memory.withJournal(before.with(intents));
    }
    if (mustWrite || !intents.isEmpty()) {
      store.write(memory);
    }
    StepRunner runner = new StepRunner(account, memory, clock);
    try {
      Optional<Outcome> end = runner.run(steps);
      end.ifPresent(refused);
      return end;
    } finally {
      done = runner.done();
      memory = runner.memory().withJournal(runner.memory().journal().unsent(unsent(steps), before));
    }
  }

  /** The intents of steps that come after the one that was sent last. */
  private List<String> unsent(List<Step> steps) {
    return steps.stream()
        .skip(done.size() + 1L)
        .map(Step::intent)
        .filter(intent -> !intent.isEmpty())
        .toList();
  }

  private List<Intent> intents(List<Step> steps) {
    return steps.stream()
        .filter(step -> step.kind() == Step.Kind.CREATE)
        .map(step -> new Intent(step.intent(), clock.instant(), key(step), hash))
        .toList();
  }

  /**
   * The key of the same create is kept only while no answer came; the time is that of the newest
   * try, since that is the one which may still land.
   */
  private String key(Step step) {
    return memory
        .journal()
        .intent(step.intent())
        .filter(intent -> intent.content().equals(hash))
        .map(Intent::idempotencyKey)
        .filter(key -> !key.isEmpty())
        .orElseGet(idempotencyKeys);
  }
}
