package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.sync.SweepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** When one account is swept, and what is left of the last sweep. */
final class Round {
  private Instant due;
  private boolean running;
  private final Deque<ObjectKey> toRead = new ArrayDeque<>();
  private Instant nextRead = Instant.EPOCH;
  private Duration betweenReads = Duration.ZERO;
  private Map<String, Instant> since = Map.of();
  private @Nullable Integer unclaimed;

  Round(Instant due) {
    this.due = due;
  }

  /** Whether a sweep starts now; {@link #end} must follow. */
  synchronized boolean start(Instant now) {
    if (running || now.isBefore(due)) {
      return false;
    }
    running = true;
    return true;
  }

  synchronized void end(Instant next) {
    running = false;
    due = next;
  }

  /** Since when plans have been unclaimed: status shows the first few, memory has them all. */
  synchronized Map<String, Instant> since(BillingBackendStatus status) {
    Map<String, Instant> all = new HashMap<>();
    for (BillingBackendStatus.Unclaimed plan : status.unclaimed()) {
      String id = plan.externalId();
      Instant when = plan.since();
      if (id != null && when != null) {
        all.put(id, when);
      }
    }
    all.putAll(since);
    return all;
  }

  /** Keeps what the next sweep and the reads in between need. */
  synchronized void found(SweepReport<ObjectKey> report, Instant now, Duration interval) {
    report
        .unclaimed()
        .ifPresent(
            plans -> {
              Map<String, Instant> all = new HashMap<>();
              plans.forEach(plan -> all.put(plan.externalId(), plan.since()));
              since = all;
              unclaimed = report.marks() ? plans.size() : null;
            });
    toRead.clear();
    toRead.addAll(report.unread());
    betweenReads = toRead.isEmpty() ? Duration.ZERO : interval.dividedBy(toRead.size());
    nextRead = now;
  }

  /** Plans whose turn it is to be read one by one: spread over the interval. */
  synchronized List<ObjectKey> nextReads(Instant now) {
    List<ObjectKey> turn = new ArrayList<>();
    while (!toRead.isEmpty() && !now.isBefore(nextRead)) {
      turn.add(toRead.removeFirst());
      nextRead = nextRead.plus(betweenReads);
    }
    return turn;
  }

  synchronized OptionalInt unclaimedCount() {
    return unclaimed == null ? OptionalInt.empty() : OptionalInt.of(unclaimed);
  }
}
