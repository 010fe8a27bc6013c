package dev.planwright.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the Lease from time to time, and says when we lead and when we have lost it. */
public final class LeaseKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

  private final LeaseElection election;
  private final CompletableFuture<Void> leading = new CompletableFuture<>();
  private final AtomicReference<@Nullable Consumer<String>> onLost;
  // Two: a look may hang for as long as a request takes, and the watch must not hang with it.
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("lease-", 0).factory());
  private String lastSaid = "";

  private LeaseKeeper(LeaseElection election, Consumer<String> onLost) {
    this.election = election;
    this.onLost = new AtomicReference<>(onLost);
  }

  /**
   * Starts to look.
   *
   * @param onLost told once, with the reason, when we led and do not any more
   */
  public static LeaseKeeper start(
      LeaseElection election, LeaseTiming timing, Consumer<String> onLost) {
    LeaseKeeper keeper = new LeaseKeeper(election, onLost);
    keeper.every(timing.every(), keeper::look);
    keeper.every(timing.every().dividedBy(4), keeper::watch);
    return keeper;
  }

  /** Done when we lead for the first time. */
  public CompletableFuture<Void> leading() {
    return leading;
  }

  /** Stops looking; the Lease stays as it is. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void every(Duration time, Runnable task) {
    Future<?> _ = threads.scheduleWithFixedDelay(task, 0, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (election.attempt()) {
        say("leading");
        leading.complete(null);
      } else {
        say("waiting: the Lease is held by " + election.holder());
      }
    } catch (KubernetesClientException e) {
      // The clock decides whether we still lead; the next look is the repetition.
      say("the Lease cannot be read or written: " + e.getMessage());
    } catch (RuntimeException e) {
      // Whatever it is, an exception would end the schedule, and nobody would renew any more.
      log.error("a look at the Lease failed", e);
    }
  }

  private void watch() {
    Optional<String> lost = election.lost();
    Consumer<String> listener = lost.isPresent() ? onLost.getAndSet(null) : null;
    if (listener != null) {
      listener.accept(lost.orElseThrow());
    }
  }

  private void say(String now) {
    if (!now.equals(lastSaid)) {
      lastSaid = now;
      log.info("leader election: {}", now);
    }
  }
}
