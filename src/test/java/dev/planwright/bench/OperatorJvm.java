package dev.planwright.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** An operator in a process of its own, as a cluster would run it, with half a gigabyte of heap. */
final class OperatorJvm implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final long began = System.nanoTime();

  OperatorJvm(Path kubeconfig, String namespace, Path log) throws IOException {
    this.log = log;
    this.process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.planwright.cli.Main",
                "operator",
                "--kubeconfig=" + kubeconfig,
                "--namespaces=" + namespace,
                "--lease-namespace=" + namespace,
                "--bind-address=127.0.0.1",
                "--port=0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /** Waits for filled caches; gives the time since the process was started. */
  Duration awaitStarted() {
    Awaitility.await("the operator to start, see " + log)
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.readString(log).contains("started: "));
    return Duration.ofNanos(System.nanoTime() - began);
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The most memory it ever held, in MiB, as Linux says; 0 elsewhere. */
  long peakMib() {
    File status = new File("/proc/" + process.pid() + "/status");
    try {
      return status.canRead()
          ? Files.readAllLines(status.toPath()).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
              .findFirst()
              .orElse(0)
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
