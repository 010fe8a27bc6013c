package dev.planwright.controller;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls what has to be done every second, in real time, until it is closed. */
public final class SweepClock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SweepClock.class);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  /** Runs the comparisons. */
  public ExecutorService workers() {
    return workers;
  }

  /** Starts to call; each of these must return soon. */
  public void start(Runnable... everySecond) {
    workers.execute(() -> loop(everySecond));
  }

  private void loop(Runnable... everySecond) {
    while (!Thread.currentThread().isInterrupted()) {
      for (Runnable each : everySecond) {
        call(each);
      }
      try {
        Thread.sleep(SECOND);
      } catch (InterruptedException e) {
        return; // closed
      }
    }
  }

  private static void call(Runnable each) {
    try {
      each.run();
    } catch (RuntimeException e) {
      // Whatever it was, the next second must come: nobody else starts these.
      log.warn("a periodic task failed; it runs again in a second", e);
    }
  }

  /** Ends what runs: a comparison only reads, so nothing is lost. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
