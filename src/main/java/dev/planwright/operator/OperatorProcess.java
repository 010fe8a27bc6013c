package dev.planwright.operator;

import dev.planwright.backend.client.JdkTransport;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as a process: health, Lease, work, and the way out. One of several processes works;
 * the others answer their probes and wait.
 */
public final class OperatorProcess {
  private static final Logger log = LoggerFactory.getLogger(OperatorProcess.class);

  /** How long runs in hand may go on calling after the process was asked to end. */
  public static final Duration GRACE = Duration.ofSeconds(15);

  /**
   * What it is told at the start.
   *
   * @param namespace of the Lease
   * @param identity of this process, unlike any other's, earlier ones included
   * @param address that the health server listens on
   * @param port of the health server; 0 lets the system choose
   */
  public record Settings(
      String namespace,
      String identity,
      LeaseTiming timing,
      InetAddress address,
      int port,
      OperatorOptions options) {
    /** Name of the Lease. */
    public static final String LEASE = "planwright";
  }

  /** Why it ended. */
  private sealed interface End {
    record Asked() implements End {}

    record LeaseLost(String why) implements End {}

    record Broken(String why) implements End {}
  }

  private final KubernetesClient client;
  private final Settings settings;
  private final InstantSource clock;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final OperatorMetrics standbyMetrics;
  private final LeaseElection election;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final AtomicReference<@Nullable PlanwrightOperator> working = new AtomicReference<>();

  /** Nothing starts before {@link #run}. */
  public OperatorProcess(KubernetesClient client, Settings settings, InstantSource clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.election =
        new LeaseElection(
            client,
            settings.namespace(),
            Settings.LEASE,
            settings.identity(),
            settings.timing(),
            clock);
    this.standbyMetrics = new OperatorMetrics(registry);
  }

  /**
   * Works until {@link #stop} is called, the Lease is lost, or a cache breaks.
   *
   * @param listening told the port of the health server
   * @return exit code: 0 when it was asked to end
   * @throws IOException when the port is taken
   */
  public int run(Consumer<Integer> listening) throws IOException {
    int code = 1;
    try (JdkTransport transport = new JdkTransport();
        HealthServer health =
            HealthServer.start(settings.address(), settings.port(), new Probes());
        LeaseKeeper keeper =
            LeaseKeeper.start(
                election, settings.timing(), why -> end.complete(new End.LeaseLost(why)))) {
      listening.accept(health.port());
      code = lead(transport, keeper);
    } finally {
      ended.complete(code);
    }
    return code;
  }

  /** Asks the process to end; returns at once. May be called more than once, from any thread. */
  public void stop() {
    end.complete(new End.Asked());
  }

  /** Done, with the exit code, when {@link #run} is over. */
  public CompletableFuture<Integer> ended() {
    return ended.copy();
  }

  private int lead(JdkTransport transport, LeaseKeeper keeper) {
    join(CompletableFuture.anyOf(keeper.leading(), end));
    if (end.isDone()) {
      return leave(join(end), Optional.empty());
    }
    // Only now the caches: what the last leader wrote before it let go is in them for certain.
    PlanwrightOperator operator =
        new PlanwrightOperator(
            new PlanwrightOperator.Surroundings(
                client,
                transport,
                election,
                clock,
                registry,
                why -> end.complete(new End.Broken(why))),
            settings.options());
    // On a thread of its own: a cluster that does not answer must not keep us from ending.
    CompletableFuture<Void> started = new CompletableFuture<>();
    Thread.ofVirtual().name("start").start(() -> start(operator, started));
    join(CompletableFuture.anyOf(started, end));
    if (!started.isDone()) {
      // No run has begun, so there is nothing to wait for.
      return leave(join(end), Optional.empty());
    }
    working.set(operator);
    return leave(join(end), Optional.of(operator));
  }

  private void start(PlanwrightOperator operator, CompletableFuture<Void> started) {
    try {
      operator.start();
      started.complete(null);
    } catch (RuntimeException e) {
      // JOSDK wraps whatever a list or a watch failed with.
      log.debug("the start failed", e);
      end.complete(new End.Broken("the caches cannot be filled: " + innermost(e)));
    }
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private int leave(End why, Optional<PlanwrightOperator> operator) {
    switch (why) {
      case End.Asked asked -> log.info("asked to end");
      case End.LeaseLost(String reason) -> log.error("ending: {}", reason);
      case End.Broken(String reason) -> log.error("ending: {}", reason);
    }
    // With the Lease lost the gate is closed already, and there is nothing to wait for but answers.
    Duration grace = why instanceof End.Asked ? GRACE : Duration.ZERO;
    boolean quiet = operator.map(working -> working.stop(grace)).orElse(true);
    if (quiet) {
      release();
    } else {
      log.warn("a call may be without an answer: the Lease is left to run out");
    }
    return why instanceof End.Asked ? 0 : 1;
  }

  private void release() {
    try {
      election.release();
    } catch (RuntimeException e) {
      // It runs out by itself; the next leader waits a little longer.
      log.warn("the Lease was not released: {}", e.getMessage());
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while working", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The meters of this process. */
  public MeterRegistry registry() {
    return registry;
  }

  private final class Probes implements HealthServer.Source {
    @Override
    public HealthServer.Health live() {
      Optional<String> lost = election.lost();
      return new HealthServer.Health(lost.isEmpty(), lost.orElse("ok"));
    }

    @Override
    public HealthServer.Health ready() {
      Optional<String> lost = election.lost();
      if (lost.isPresent()) {
        return new HealthServer.Health(false, lost.get());
      }
      if (!election.isLeading()) {
        String holder = election.holder();
        return new HealthServer.Health(
            true, "standing by: the Lease is held by " + (holder.isEmpty() ? "nobody" : holder));
      }
      PlanwrightOperator operator = working.get();
      boolean started = operator != null && operator.isStarted();
      return new HealthServer.Health(started, started ? "leading" : "filling the caches");
    }

    @Override
    public String metrics() {
      PlanwrightOperator operator = working.get();
      if (operator == null) {
        standbyMetrics.refreshLeading(election.isLeading());
      } else {
        operator.refreshMetrics(election.isLeading());
      }
      return registry.scrape();
    }
  }
}
