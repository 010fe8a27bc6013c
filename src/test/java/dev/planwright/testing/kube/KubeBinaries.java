package dev.planwright.testing.kube;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where the programs of the test cluster are.
 *
 * @param directory holds {@code etcd}, {@code kube-apiserver}, {@code kubectl} and perhaps {@code
 *     kube-controller-manager}
 */
record KubeBinaries(Path directory) {
  private static final List<String> NEEDED = List.of("etcd", "kube-apiserver", "kubectl");
  private static final long BUILD_MINUTES = 45;

  /**
   * Looks in the places named by the project's testing rules, in their order: {@code
   * KUBEBUILDER_ASSETS}, the cache of our own build, our own build itself.
   *
   * @throws IllegalStateException when no place has them; its message says what to do
   */
  static KubeBinaries find() {
    return find(System.getenv(), moduleDirectory());
  }

  static KubeBinaries find(Map<String, String> environment, Path module) {
    String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
    if (!assets.isBlank()) {
      return fromAssets(Path.of(assets));
    }
    Path cached = cacheDirectory(environment, module.resolve("go.sum"));
    if (Files.isDirectory(cached)) {
      return new KubeBinaries(cached);
    }
    if (onPath(environment, "go")) {
      return build(module);
    }
    throw new IllegalStateException(
        """
        The tests need kube-apiserver, etcd and kubectl, and found none. Two ways out:
          1. install Go: the tests then build them once, in some minutes, into %s
          2. set KUBEBUILDER_ASSETS to a folder that holds them (`setup-envtest use -p path` prints one)"""
            .formatted(cached));
  }

  Path etcd() {
    return directory.resolve("etcd");
  }

  Path apiServer() {
    return directory.resolve("kube-apiserver");
  }

  Path kubectl() {
    return directory.resolve("kubectl");
  }

  /** Empty where the folder comes from {@code setup-envtest}, which has none. */
  Optional<Path> controllerManager() {
    return Optional.of(directory.resolve("kube-controller-manager")).filter(Files::isExecutable);
  }

  /** A folder that somebody named and that is not right is an error, never a reason to go on. */
  private static KubeBinaries fromAssets(Path directory) {
    List<String> missing =
        NEEDED.stream().filter(name -> !Files.isExecutable(directory.resolve(name))).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "KUBEBUILDER_ASSETS is %s, which has no executable %s. Correct it, or unset it and install Go."
              .formatted(directory, String.join(", ", missing)));
    }
    return new KubeBinaries(directory);
  }

  /** The same name as in {@code devtools/kube/build}. */
  static Path cacheDirectory(Map<String, String> environment, Path goSum) {
    String own = environment.getOrDefault("PLANWRIGHT_CACHE", "");
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path cache =
        !own.isEmpty()
            ? Path.of(own)
            : (xdg.isEmpty() ? Path.of(home, ".cache") : Path.of(xdg)).resolve("planwright");
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(goSum));
      return cache.resolve("kube").resolve(HexFormat.of().formatHex(digest).substring(0, 16));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static KubeBinaries build(Path module) {
    Path script = module.resolve("build");
    try {
      Process build =
          new ProcessBuilder("sh", script.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        return new KubeBinaries(builtFolder(script, build));
      } finally {
        build.descendants().forEach(ProcessHandle::destroy);
        build.destroy();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building the test API server", e);
    }
  }

  private static Path builtFolder(Path script, Process build)
      throws IOException, InterruptedException {
    // One line of output, which fits into the pipe: nothing to read before the end.
    if (!build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException(
          "%s is not done after %d minutes: run it by hand to see why"
              .formatted(script, BUILD_MINUTES));
    }
    if (build.exitValue() != 0) {
      throw new IllegalStateException(
          "%s failed with exit code %d: its output above says why"
              .formatted(script, build.exitValue()));
    }
    return Path.of(
        new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }

  private static boolean onPath(Map<String, String> environment, String program) {
    for (String entry : List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))) {
      if (!entry.isEmpty() && Files.isExecutable(Path.of(entry, program))) {
        return true;
      }
    }
    return false;
  }

  /** Tests run in the project's folder; an IDE may start them in one below it. */
  private static Path moduleDirectory() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path module = at.resolve("devtools").resolve("kube");
      if (Files.isRegularFile(module.resolve("go.sum"))) {
        return module;
      }
    }
    throw new IllegalStateException(
        "devtools/kube is not below %s or a folder above it: run the tests in the project's folder"
            .formatted(Path.of("").toAbsolutePath()));
  }
}
