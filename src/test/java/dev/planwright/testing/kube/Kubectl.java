package dev.planwright.testing.kube;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code kubectl} as a person would, with one user's kubeconfig and nothing of the machine's.
 */
public final class Kubectl {
  private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

  private final Path program;
  private final Path home;
  private final Path kubeconfig;

  Kubectl(Path program, Path home, Path kubeconfig) {
    this.program = program;
    this.home = home;
    this.kubeconfig = kubeconfig;
  }

  /**
   * What a run of {@code kubectl} did.
   *
   * @param exitCode 0 when it worked
   * @param stdout as printed, last newline included
   * @param stderr as printed, last newline included
   */
  public record Result(int exitCode, String stdout, String stderr) {
    /** Whether the exit code was 0. */
    public boolean ok() {
      return exitCode == 0;
    }
  }

  /** Runs it with nothing on standard input. Whatever the exit code, the result is returned. */
  public Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  /**
   * Runs it with this text on standard input, for {@code apply -f -}.
   *
   * @throws IllegalStateException when it is not done after two minutes
   */
  public Result runWithInput(String stdin, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(Arrays.asList(arguments));
    return start(new ProcessBuilder(command), stdin, List.of());
  }

  /**
   * Runs lines of a document in a shell that ends with the first failure, where {@code kubectl} is
   * this one.
   *
   * @param directory to run it in
   * @param programs a folder of further commands
   */
  public Result shell(Path directory, Path programs, String lines) {
    return start(
        new ProcessBuilder("sh", "-eu", "-c", lines).directory(directory.toFile()),
        "",
        List.of(program.getParent(), programs));
  }

  private Result start(ProcessBuilder builder, String stdin, List<Path> onPath) {
    try {
      // Files instead of pipes: no reader threads, and no length at which a pipe blocks.
      Path directory = Files.createTempDirectory(home, "kubectl-");
      Path in = Files.writeString(directory.resolve("stdin"), stdin);
      Path out = directory.resolve("stdout");
      Path err = directory.resolve("stderr");
      builder.redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
      int exitCode = execute(builder, onPath);
      return new Result(exitCode, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs it and returns what it printed.
   *
   * @throws AssertionError when the exit code is not 0, with what it printed on standard error
   */
  public String mustRun(String... arguments) {
    return mustRunWithInput("", arguments);
  }

  /** {@link #mustRun} with this text on standard input. */
  public String mustRunWithInput(String stdin, String... arguments) {
    Result result = runWithInput(stdin, arguments);
    if (!result.ok()) {
      throw new AssertionError(
          "kubectl %s: exit code %d%n%s"
              .formatted(String.join(" ", arguments), result.exitCode(), result.stderr()));
    }
    return result.stdout();
  }

  private int execute(ProcessBuilder builder, List<Path> onPath) throws IOException {
    ServerProcess.isolate(builder, home);
    Map<String, String> environment = builder.environment();
    environment.put("KUBECONFIG", kubeconfig.toString());
    for (Path programs : onPath) {
      environment.put("PATH", programs + File.pathSeparator + environment.get("PATH"));
    }
    Process process = builder.start();
    try {
      if (!process.waitFor(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "%s is not done after %s".formatted(String.join(" ", builder.command()), TIME_LIMIT));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for kubectl", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
