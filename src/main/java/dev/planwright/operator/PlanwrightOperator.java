package dev.planwright.operator;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.Transport;
import dev.planwright.backend.client.Waiting;
import dev.planwright.controller.AccountAccess;
import dev.planwright.controller.Controllers;
import dev.planwright.controller.KubernetesAnnouncer;
import dev.planwright.controller.Manifests;
import dev.planwright.controller.SweepClock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that works, wired: the three controllers, their caches, and the way to the billing
 * systems. Started once and stopped once; who may start it, the Lease says elsewhere.
 */
public final class PlanwrightOperator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PlanwrightOperator.class);

  /** How many runs work at once. JOSDK has no cap of its own. */
  private static final int WORKERS = 64;

  private static final Duration STATUS_WRITES = Duration.ofSeconds(4);

  private final OperatorMetrics metrics;
  private final CallStop gate;
  private final Controllers made;
  private final Manifests manifests;
  private final Operator operator;
  private final List<Controller<?>> controllers = new ArrayList<>();
  private final ThreadPoolExecutor workers = workers();
  private final SweepClock sweeps = new SweepClock();
  private volatile boolean started;
  private volatile boolean stopped;

  /**
   * What it needs of the process.
   *
   * @param client stays open when this is stopped
   * @param transport the wire to the billing systems; stays open too
   * @param gate whether calls may start; {@link CallGate#OPEN} where there is no Lease
   * @param clock for everything that waits or is written down
   * @param registry where the meters go
   * @param fatal told when a cache can't be kept any more: nothing is right from then on, and the
   *     process should end
   */
  public record Surroundings(
      KubernetesClient client,
      Transport transport,
      CallGate gate,
      InstantSource clock,
      MeterRegistry registry,
      Consumer<String> fatal) {}

  /** Wires everything; nothing is read, called or started. */
  public PlanwrightOperator(Surroundings around, OperatorOptions options) {
    RandomGenerator random = new SecureRandom();
    this.metrics = new OperatorMetrics(around.registry());
    this.gate = new CallStop(around.gate());
    AccountAccess access =
        new AccountAccess(
            Providers.all(),
            options.allowHttp(),
            around.transport(),
            gate,
            metrics,
            around.clock(),
            Waiting.REAL);
    this.made =
        Controllers.create(
            around.client(),
            access,
            options.settling(),
            new KubernetesAnnouncer(around.client(), around.clock(), options.instance()),
            sweeps.workers(),
            random);
    this.manifests = made.manifests();
    this.operator = new Operator(overrider -> configure(overrider, around));
    Controller<Plan> plans = register("plan", made.plans(), options, random);
    Controller<Price> prices = register("price", made.prices(), options, random);
    Controller<BillingBackend> backends =
        register("billingbackend", made.backends(), options, random);
    made.manifests()
        .attach(
            plans.getEventSourceManager().getControllerEventSource(),
            prices.getEventSourceManager().getControllerEventSource(),
            backends.getEventSourceManager().getControllerEventSource());
  }

  private void configure(ConfigurationServiceOverrider overrider, Surroundings around) {
    overrider
        .withKubernetesClient(around.client())
        .withCloseClientOnStop(false)
        .withUseSSAToPatchPrimaryResource(false)
        .withExecutorService(workers)
        .withMetrics(metrics)
        .withResourceCloner(new Copies(around.client().getKubernetesSerialization()))
        // The default ends the process by itself, in the middle of whatever is written.
        .withInformerStoppedHandler(
            (informer, cause) -> {
              if (!stopped) {
                around.fatal().accept("a watch on Kubernetes ended: " + said(cause));
              }
            });
  }

  private <P extends HasMetadata> Controller<P> register(
      String kind, Reconciler<P> reconciler, OperatorOptions options, RandomGenerator random) {
    ControllerConfigurationOverrider<P> configuration =
        ControllerConfigurationOverrider.override(
                operator.getConfigurationService().getConfigurationFor(reconciler))
            .withName(kind)
            .withTriggerReconcilerOnAllEvents(true)
            .withGenerationAware(false)
            .withRetry(GenericRetry.noRetry())
            .withReconciliationMaxInterval(null)
            .settingNamespaces(
                options.namespaces().isEmpty()
                    ? java.util.Set.of(Constants.WATCH_ALL_NAMESPACES)
                    : options.namespaces());
    Controller<P> controller =
        (Controller<P>)
            operator.register(
                new GuardedReconciler<>(reconciler, kind, metrics, random), configuration.build());
    controllers.add(controller);
    return controller;
  }

  /**
   * Virtual threads, since most of them wait for an answer; a pool of them, since they must end.
   */
  private static ThreadPoolExecutor workers() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofVirtual().name("work-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Fills the caches, all three, and only then lets the first run begin: a Plan whose Prices are
   * not there yet looks just like one that lost them.
   *
   * @throws RuntimeException when Kubernetes can't be listed; nothing runs then
   */
  public synchronized void start() {
    if (started || stopped) {
      throw new IllegalStateException("an operator is started once");
    }
    try {
      fillCaches();
    } catch (RuntimeException e) {
      // Whatever it was, half of the watches may be running.
      stop(Duration.ZERO);
      throw e;
    }
    controllers.forEach(Controller::startEventProcessing);
    sweeps.start(made.accounts()::tick, made.sweeper()::tick);
    started = true;
    log.info("started: {} Plans, {} BillingBackends", plansThere(), manifests.backends().size());
  }

  private int plansThere() {
    return manifests.plans().size();
  }

  private void fillCaches() {
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starting = new ArrayList<>();
      controllers.forEach(
          controller -> starting.add(starters.submit(() -> controller.start(false))));
      for (Future<?> start : starting) {
        start.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the caches were filled", e);
    }
  }

  /** Whether the caches are filled and runs may begin. */
  public boolean isStarted() {
    return started && !stopped;
  }

  /** The caches; only to be asked when started. */
  public Manifests manifests() {
    return manifests;
  }

  /** Brings the gauges up to date. */
  public void refreshMetrics(boolean leading) {
    if (isStarted()) {
      metrics.refresh(manifests, made.accounts().queues(), leading);
    } else {
      metrics.refreshLeading(leading);
    }
  }

  /**
   * Begins no further run and lets those in hand finish; after the time is over no new call starts,
   * and what had no answer stays in the journal. Returns when the last status is written, a few
   * seconds after that time at most.
   *
   * @return whether everything has ended: if not, a call may still be on its way
   */
  public synchronized boolean stop(Duration grace) {
    if (stopped) {
      return workers.isTerminated();
    }
    stopped = true;
    sweeps.close();
    controllers.forEach(Controller::stop);
    workers.shutdown();
    boolean ended = ended(grace);
    gate.close("this operator is stopping");
    if (!ended) {
      log.info("runs in hand take longer than {} s: no new call starts", grace.toSeconds());
      ended = ended(STATUS_WRITES);
    }
    made.work().close();
    operator.getConfigurationService().getExecutorServiceManager().stop(Duration.ofMillis(100));
    return ended;
  }

  /** Stops without waiting for more than the step in hand. */
  @Override
  public void close() {
    boolean ended = stop(Duration.ZERO);
    if (!ended) {
      log.warn("runs in hand did not end; a call may be without an answer");
    }
  }

  private boolean ended(Duration within) {
    try {
      return workers.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String said(@Nullable Throwable cause) {
    return Optional.ofNullable(cause).map(Throwable::getMessage).orElse("no reason given");
  }
}
