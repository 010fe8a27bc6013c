package dev.planwright.sync;

import dev.planwright.backend.Account;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Brings one plan of one account to what is wanted, or takes it away. Holds no state: everything
 * that must survive is in the {@link Memory} that a run returns and, before a create that could be
 * doubled, writes.
 */
public final class PlanSync {
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public PlanSync(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Finds, plans, guards, journals, executes and reads back, at most {@value SyncRun#ROUNDS}
   * rounds. Never throws for anything that a backend or a person did.
   */
  public <R> SyncResult sync(Account<R> account, SyncRequest request, StatusStore store) {
    return new SyncRun<>(account, request, store, clock, this::idempotencyKey).run();
  }

  /** Does what the deletion policy says, and looks whether it came true. */
  public <R> SyncResult remove(Account<R> account, RemovalRequest request, StatusStore store) {
    return new RemovalRun<>(account, request, store, clock).run();
  }

  /** 160 random bits: some backends keep one namespace of keys for all their customers. */
  private String idempotencyKey() {
    byte[] bits = new byte[20];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
