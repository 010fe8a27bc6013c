package dev.planwright.sync;

import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run found and did: everything that status needs.
 *
 * @param memory to be kept
 * @param view what is on the backend, where it was read
 * @param pending steps that were planned and not sent
 * @param pendingHash names exactly these against exactly this remote state; {@code ""} without any
 * @param subscribers last count, where it was read
 * @param events in order
 */
public record SyncResult(
    Outcome outcome,
    Memory memory,
    Optional<RemoteView> view,
    List<Step> pending,
    String pendingHash,
    List<String> warnings,
    OptionalLong subscribers,
    List<SyncEvent> events) {
  public SyncResult {
    pending = List.copyOf(pending);
    warnings = List.copyOf(warnings);
    events = List.copyOf(events);
  }

  /** The same, remembering something else. */
  public SyncResult remembering(Memory other) {
    return new SyncResult(
        outcome, other, view, pending, pendingHash, warnings, subscribers, events);
  }

  /**
   * How long a create that was not answered may still land; empty when there is none. Only then is
   * a plan that is equal left alone for good.
   */
  public Optional<Duration> mayStillLand(Instant now) {
    return LateCreates.left(memory.journal(), now);
  }
}
