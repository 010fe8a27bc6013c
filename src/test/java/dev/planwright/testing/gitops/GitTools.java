package dev.planwright.testing.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What Flux and Argo CD themselves bring to the tests, made once by {@code devtools/gitops/build}.
 *
 * @param directory that the script printed
 */
public record GitTools(Path directory) {
  private static final long BUILD_MINUTES = 30;

  /**
   * Finds it, or builds it where Go is.
   *
   * @throws IllegalStateException when neither is there; the output of the script says what to do
   */
  public static GitTools find() {
    Path script = Path.of("devtools", "gitops", "build");
    try {
      Process build =
          new ProcessBuilder("sh", script.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        // One line of output, which fits into the pipe: nothing to read before the end.
        if (!build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || build.exitValue() != 0) {
          throw new IllegalStateException(script + " failed: its output above says why");
        }
        return new GitTools(
            Path.of(new String(build.getInputStream().readAllBytes(), UTF_8).strip()));
      } finally {
        build.descendants().forEach(ProcessHandle::destroy);
        build.destroy();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + script, e);
    }
  }

  /** The folder with the definitions of the kinds that the examples use. */
  public Path definitions() {
    return directory.resolve("crds");
  }

  /** What Flux says of each object, in the same order: its word, such as {@code InProgress}. */
  public List<String> fluxSays(List<? extends JsonNode> objects) {
    try {
      Path in = Files.createTempFile("flux-", ".in");
      Path out = Files.createTempFile("flux-", ".out");
      try {
        Files.write(in, objects.stream().map(JsonNode::toString).toList());
        Process process =
            new ProcessBuilder(directory.resolve("flux-status").toString())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
          process.destroyForcibly();
          throw new IllegalStateException("flux-status failed: its output above says why");
        }
        return Files.readAllLines(out);
      } finally {
        Files.delete(in);
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for flux-status", e);
    }
  }
}
