package dev.planwright.cli.quickstart;

import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.JdkTransport;
import dev.planwright.cli.quickstart.Manifest.Problem;
import dev.planwright.operator.OperatorOptions;
import dev.planwright.operator.PlanwrightOperator;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The main job in one process: a directory of manifests, an embedded API server, the reconcilers
 * that a cluster runs, and the sandbox as billing system.
 */
public final class Quickstart {
  /** What it ends with when it worked, was not ready in time, or has nothing to work on. */
  private static final int DONE = 0;

  private static final int NOT_READY = 1;
  private static final int UNUSABLE = 2;

  private static final String API_KEY = "sandbox";
  private static final Duration LOOK = Duration.ofMillis(300);

  /** How long runs in hand may go on when it is stopped: the whole of it has two seconds. */
  private static final Duration GRACE = Duration.ofMillis(800);

  /**
   * What was asked for.
   *
   * @param directory with the manifests
   * @param once ends when everything is ready, or when the timeout has passed
   * @param timeout from the start of reconciling until it is told what is not ready
   * @param database keeps what the sandbox holds; empty: in memory
   * @param terminal whether a line can be written over
   */
  public record Settings(
      Path directory, boolean once, Duration timeout, Optional<Path> database, boolean terminal) {}

  private final Settings settings;
  private final PrintWriter err;
  private final Clock clock;
  private final Screen screen;
  private final ManifestDirectory directory;
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private Set<Problem> toldProblems = Set.of();
  private SandboxWords seeded = new SandboxWords(Set.of());

  /** Nothing is started or read yet. */
  public Quickstart(Settings settings, PrintWriter out, PrintWriter err, Clock clock) {
    this.settings = settings;
    this.err = err;
    this.clock = clock;
    this.screen = new Screen(out, settings.terminal(), clock, clock.getZone());
    this.directory = new ManifestDirectory(settings.directory());
  }

  /** Asks it to end and waits until it has, but not for ever: a signal was given. */
  public void stop(Duration atMost) {
    stopAsked.countDown();
    try {
      if (!ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        err.println("planwright quickstart: not ended after " + atMost.toMillis() + " ms");
        err.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Works until it is stopped or, once, until the result is known.
   *
   * @return 0, or 1 when something is not ready in time, or 2 when the directory can't be used
   * @throws IOException when the sandbox cannot be started; the message says why
   */
  public int run() throws IOException {
    try {
      Optional<String> unusable = whyUnusable();
      if (unusable.isPresent()) {
        err.println("planwright quickstart: " + unusable.get());
        err.flush();
        return UNUSABLE;
      }
      return work();
    } finally {
      ended.countDown();
    }
  }

  private Optional<String> whyUnusable() {
    Path path = settings.directory();
    if (!Files.exists(path)) {
      return Optional.of(path + " does not exist; name a directory of manifests");
    }
    if (!Files.isDirectory(path) || !Files.isReadable(path)) {
      return Optional.of(path + " is not a directory that can be read");
    }
    directory.look();
    return directory.isEmpty()
        ? Optional.of(path + " holds no .yaml or .yml file")
        : Optional.empty();
  }

  private int work() throws IOException {
    // The embedded API server's network library warns of its own internals on a new JDK otherwise.
    System.setProperty("io.netty.noUnsafe", "true");
    SandboxOptions options = SandboxOptions.inMemory().withApiKey(API_KEY);
    if (settings.database().isPresent()) {
      options = options.withDatabase(settings.database().get());
    }
    try (SandboxServer sandbox = SandboxServer.start(options);
        EmbeddedApiServer api = EmbeddedApiServer.start(clock);
        JdkTransport transport = new JdkTransport();
        Kubeconfig kubeconfig = Kubeconfig.write(api.uri())) {
      introduce(sandbox, kubeconfig);
      Cluster cluster = new Cluster(api.client(), sandbox.uri(), API_KEY);
      apply(cluster, sandbox, false);
      tellProblems();
      PlanwrightOperator operator =
          new PlanwrightOperator(
              new PlanwrightOperator.Surroundings(
                  api.client(),
                  transport,
                  CallGate.OPEN,
                  clock,
                  new SimpleMeterRegistry(),
                  screen::line),
              OperatorOptions.DEFAULT.withInstance("quickstart"));
      try {
        operator.start();
        return watch(cluster, sandbox, new Board(api.client()));
      } finally {
        operator.stop(GRACE);
      }
    }
  }

  private void introduce(SandboxServer sandbox, Kubeconfig kubeconfig) {
    screen.line(
        "sandbox billing system  "
            + sandbox.uri()
            + settings.database().map(file -> " (kept in " + file + ")").orElse(" (in memory)"));
    if (settings.once()) {
      return; // Gone before anybody could look inside.
    }
    screen.line("    curl -H 'Authorization: Bearer " + API_KEY + "' " + sandbox.uri() + "plans");
    screen.line("embedded API server     " + kubeconfig.server());
    screen.line("    kubectl --kubeconfig " + kubeconfig.file() + " get billing -A");
  }

  private int watch(Cluster cluster, SandboxServer sandbox, Board board) {
    Instant until = clock.instant().plus(settings.timeout());
    boolean told = false;
    while (true) {
      List<Board.Row> changed = board.refresh();
      if (!told) {
        boolean ready = board.isAllReady() && directory.problems().isEmpty();
        if (!ready && clock.instant().isBefore(until)) {
          screen.progress("waiting: %d of %d ready".formatted(board.ready(), board.rows().size()));
        } else {
          tell(board, ready);
          if (settings.once()) {
            return ready ? DONE : NOT_READY;
          }
          // What happened until now is in the table.
          board.newEvents();
          told = true;
        }
      } else {
        board.newEvents().forEach(screen::event);
        screen.changed(changed);
      }
      if (stopped()) {
        return DONE;
      }
      boolean edited = directory.look();
      if (edited || cluster.isHeld()) {
        apply(cluster, sandbox, told || !edited);
        tellProblems();
      }
    }
  }

  private void tell(Board board, boolean ready) {
    screen.table(board.rows());
    if (!ready) {
      screen.line(
          "not everything is ready after "
              + settings.timeout().toSeconds()
              + " s"
              + (directory.problems().isEmpty() ? "" : ", and there are files to mend:"));
      directory.problems().forEach(problem -> screen.line("    " + problem));
    }
    if (!settings.once()) {
      screen.line(
          "watching "
              + settings.directory()
              + ": edit, add or delete a file and see what follows; Ctrl-C ends");
    }
  }

  private void apply(Cluster cluster, SandboxServer sandbox, boolean tell) {
    Map<ObjectRef, Manifest> manifests = directory.manifests();
    SandboxWords words =
        SandboxWords.of(manifests.values().stream().map(Manifest::object).toList());
    SandboxWords added = words.without(seeded);
    added.seed(sandbox.handler(), API_KEY);
    seeded = words;
    for (String plural : List.of("metrics", "features", "products")) {
      String names = added.list(plural);
      if (!names.isEmpty()) {
        screen.line("made in the sandbox, since manifests name them: " + plural + " " + names);
      }
    }
    Cluster.Outcome outcome = cluster.apply(manifests);
    if (tell) {
      outcome.created().forEach(ref -> screen.news(ref + "  created from " + file(manifests, ref)));
      outcome.changed().forEach(ref -> screen.news(ref + "  edited in " + file(manifests, ref)));
      outcome
          .held()
          .forEach(
              ref ->
                  screen.news(ref + "  is still being deleted; it is made again when it is gone"));
      outcome.deleted().forEach(ref -> screen.news(ref + "  deleted, since no file has it"));
    } else {
      screen.line("applied %d objects of %s".formatted(manifests.size(), settings.directory()));
    }
  }

  private String file(Map<ObjectRef, Manifest> manifests, ObjectRef ref) {
    Manifest manifest = manifests.get(ref);
    return manifest == null
        ? settings.directory().toString()
        : manifest.file() + ":" + manifest.line();
  }

  private void tellProblems() {
    Set<Problem> now = new HashSet<>(directory.problems());
    directory.problems().stream()
        .filter(problem -> !toldProblems.contains(problem))
        .forEach(problem -> screen.news(problem + " (not applied; objects stay as they are)"));
    toldProblems = now;
  }

  /** Waits for the next look, or less when it is to end. */
  private boolean stopped() {
    try {
      return stopAsked.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
