package dev.planwright.testing.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One server of the test cluster, which lives no longer than this JVM.
 *
 * <p>A shutdown hook does not run when the JVM is killed (a CI limit, a test fork that hangs), and
 * a forgotten API server keeps 300 MB for ever. So a small shell stands between: its standard input
 * is a pipe whose only other end is ours. When that end closes, for whatever reason, it kills the
 * one child that it started.
 */
final class ServerProcess implements AutoCloseable {
  // The watcher uses `read`, not `cat`: no process of its own that would outlive it. The shell
  // waits for its child, so that the child's id cannot belong to somebody else meanwhile.
  private static final String GUARD =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      child=$!
      (read -r _; kill -KILL $child) <&3 2>/dev/null &
      watcher=$!
      exec 3<&-
      wait $child
      code=$?
      kill $watcher 2>/dev/null
      wait $watcher 2>/dev/null
      exit $code
      """;

  private static final int TAIL_LINES = 25;
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  private final String name;
  private final Path log;
  private final Process guard;

  private ServerProcess(String name, Path log, Process guard) {
    this.name = name;
    this.log = log;
    this.guard = guard;
  }

  /**
   * @param name for messages
   * @param directory working folder, home folder and place of the log
   */
  static ServerProcess start(String name, Path directory, Path program, String... arguments) {
    Path log = directory.resolve(name + ".log");
    List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "sh", program.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    isolate(builder, directory);
    try {
      return new ServerProcess(name, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * ETCD_* variables, proxies and a kubeconfig of the person at the keyboard change nothing here.
   */
  static void isolate(ProcessBuilder builder, Path home) {
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", home.toString());
  }

  /** False also when the server never came up: the guard ends with it. */
  boolean alive() {
    return guard.isAlive();
  }

  /** True when the server ended because somebody else took the port that we had found free. */
  boolean portWasTaken() {
    return !alive() && read(log).contains("address already in use");
  }

  /** The end of the server's log, for an exception's message. */
  String logTail() {
    List<String> lines = read(log).lines().toList();
    return "the end of %s's log:%n%s"
        .formatted(
            name,
            String.join(
                System.lineSeparator(),
                lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())));
  }

  String name() {
    return name;
  }

  /** The guard and all that it started, as of now. */
  Stream<ProcessHandle> handles() {
    return Stream.concat(Stream.of(guard.toHandle()), guard.descendants());
  }

  /** Says "end" and returns at once, so that several servers end side by side. */
  void beginEnd() {
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is broken: the guard is gone already, and with it the server.
      guard.destroy();
    }
  }

  /** Ends the server and waits for it. Nothing is asked politely: its data is thrown away too. */
  @Override
  public void close() {
    List<ProcessHandle> handles = handles().toList();
    beginEnd();
    try {
      if (!guard.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        handles.forEach(ProcessHandle::destroyForcibly);
        guard.waitFor();
      }
    } catch (InterruptedException e) {
      handles.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}
