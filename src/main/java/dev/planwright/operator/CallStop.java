package dev.planwright.operator;

import dev.planwright.backend.client.CallGate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A gate that closes once and never opens again: the end of the process, or a lost Lease. */
public final class CallStop implements CallGate {
  private final AtomicReference<@Nullable String> why = new AtomicReference<>();
  private final CallGate and;

  /**
   * @param and a second gate: open only while both are
   */
  public CallStop(CallGate and) {
    this.and = and;
  }

  /** No call starts from now on. The first reason stays. */
  public void close(String reason) {
    why.compareAndSet(null, reason);
  }

  @Override
  public Optional<String> closed() {
    Optional<String> own = Optional.ofNullable(why.get());
    return own.isPresent() ? own : and.closed();
  }

  @Override
  public Optional<Instant> holdUnguardedCreates(Duration timeout) {
    return and.holdUnguardedCreates(timeout);
  }
}
