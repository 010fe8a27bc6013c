package dev.planwright.controller;

import dev.planwright.backend.Limits;
import dev.planwright.backend.admission.Admission;
import dev.planwright.backend.client.AccountBreaker;
import dev.planwright.backend.client.AccountRate;
import java.time.Duration;
import java.util.function.Consumer;

/** What outlives a reopening: what was learned of the account's pace, and who waits for it. */
record Lasting(AccountRate rate, AccountBreaker breaker, Admission<ObjectKey> admission) {
  /** A run that is offered a permit starts at once, unless all workers are busy for so long. */
  private static final Duration RESERVATION = Duration.ofSeconds(30);

  static Lasting create(
      ObjectKey backend, Limits limits, AccountAccess access, Consumer<ObjectKey> offer) {
    return new Lasting(
        new AccountRate(limits, access.clock(), access.waiting()),
        new AccountBreaker(backend.toString(), access.clock()),
        new Admission<>(limits.maxConcurrent(), RESERVATION, access.clock(), offer));
  }

  /** Other ceilings; who is admitted stays, what was learned is kept. */
  Lasting adjust(Limits limits) {
    rate.adjust(limits);
    admission.resize(limits.maxConcurrent());
    return this;
  }
}
