import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * Makes the AOT cache of a container image, and with it the files of one more layer. Only the very
 * Java that made a cache can use it: so the image's files are laid out in a folder, and its own
 * Java, with the options of its entry point, runs the quickstart there, which needs no cluster and
 * no network. Java accepts that the folder is another one later on, and this is tried before the
 * cache is taken.
 *
 * <p>Where that cannot be, it says so, leaves the layer empty and ends with 0: the image works
 * without.
 *
 * <p>Usage: {@code AotCache WANTED PLATFORMS IMAGE FOLDER MANIFESTS}: {@code true} or {@code
 * false}; what the image is built for, by commas; a file as of {@code docker save}; where to work,
 * and where {@code layer} is put; what the quickstart reads.
 */
public final class AotCache {
  private static final String CACHE = "app/planwright.aot";
  private static final String FLAGS = "app/java.flags";
  private static final String CLASS_PATH = "app/jib-classpath-file";

  /** The quickstart takes some ten seconds. */
  private static final long MINUTES = 5;

  private final Path folder;
  private final Path layer;
  private final Path cache;

  private AotCache(Path folder) {
    this.folder = folder;
    this.layer = folder.resolve("layer");
    this.cache = layer.resolve(CACHE);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new AotCache(Path.of(args[3]).toAbsolutePath())
        .make(args[0], args[1], Path.of(args[2]), Path.of(args[4]).toAbsolutePath());
  }

  private void make(String wanted, String platforms, Path image, Path manifests)
      throws IOException, InterruptedException {
    delete(layer);
    Files.createDirectories(cache.getParent());
    long start = System.nanoTime();
    try {
      if (!Boolean.parseBoolean(wanted)) {
        throw new None("image.aot is " + wanted);
      }
      if (platforms.contains(",")) {
        throw new None("it is for several platforms (" + platforms + "), a cache for one");
      }
      train(image, manifests);
      System.out.printf(
          Locale.ROOT,
          "AOT cache of the image: %d MB, made in %d s%n",
          Files.size(cache) / 1_000_000,
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    } catch (None | IOException none) {
      delete(layer);
      Files.createDirectories(layer);
      String why = none instanceof None ? none.getMessage() : none.toString();
      System.out.println(
          "The image has no AOT cache, so it starts slower: " + why + ". See docs/image.md.");
    } finally {
      delete(folder.resolve("training"));
      delete(folder.resolve("check"));
    }
  }

  private void train(Path file, Path manifests) throws IOException, InterruptedException, None {
    Path root = folder.resolve("training");
    delete(root);
    Unpacked image;
    try (TarFile tar = new TarFile(file)) {
      JsonNode manifest = json(tar, "manifest.json").path(0);
      JsonNode config = json(tar, manifest.path("Config").asText());
      String platform = config.path("os").asText() + "/" + config.path("architecture").asText();
      if (!platform.equals(here())) {
        throw new None("it is for " + platform + ", which cannot be run here, on " + here());
      }
      for (JsonNode name : manifest.path("Layers")) {
        try (InputStream layer = new GZIPInputStream(content(tar, name.asText()))) {
          unpack(layer, root);
        }
      }
      image = new Unpacked(root, config.path("config"));
    }

    Path log = folder.resolve("training.log");
    List<String> options =
        List.of(
            "-XX:AOTCacheOutput=" + cache,
            // Java 25 mixes up some adapters that it finds in a cache, and warns at each start.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:-AOTAdapterCaching");
    run(image, options, List.of("quickstart", "--once", manifests.toString()), log);
    if (!Files.exists(cache)) {
      throw new None("its Java made none; " + log + " has what it said");
    }

    // As in a container, the files are not where they were.
    Path moved = Files.move(root, folder.resolve("check"));
    run(
        new Unpacked(moved, image.config()),
        List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"),
        List.of("--version"),
        folder.resolve("check.log"));
    String flags = Files.readString(moved.resolve(FLAGS));
    Files.writeString(layer.resolve(FLAGS), flags + "AOTCache=/" + CACHE + "\n");
  }

  private void run(Unpacked image, List<String> options, List<String> arguments, Path log)
      throws IOException, InterruptedException, None {
    ProcessBuilder builder =
        new ProcessBuilder(image.command(options, arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(image.environment());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new None("its Java cannot be run on this machine: " + e.getMessage());
    }
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new None("its Java did not end in time; " + log + " has what it said");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new None(
          "its Java ended with %d; %s has what it said".formatted(process.exitValue(), log));
    }
  }

  /** The platform of this machine, as images name it. */
  private static String here() {
    String machine = System.getProperty("os.arch");
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "darwin" : os)
        + "/"
        + (machine.equals("aarch64") ? "arm64" : machine);
  }

  private static JsonNode json(TarFile tar, String name) throws IOException {
    try (InputStream in = content(tar, name)) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static InputStream content(TarFile tar, String name) throws IOException {
    for (TarArchiveEntry entry : tar.getEntries()) {
      if (entry.getName().equals(name)) {
        return tar.getInputStream(entry);
      }
    }
    throw new IOException("the image has no " + name);
  }

  /**
   * Lays a layer over what is there. Owners, devices and all rights but that to run a file are left
   * out: nothing here is in the way of its deletion.
   */
  private static void unpack(InputStream layer, Path root) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(layer);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path;
      try {
        path = inside(root, entry.getName());
      } catch (InvalidPathException unwritable) {
        // A letter that the locale here does not have, such as in the name of a certificate.
        continue;
      }
      String name = String.valueOf(path.getFileName());
      if (path.equals(root)) {
        continue;
      }
      Files.createDirectories(path.getParent());
      if (name.equals(".wh..wh..opq")) {
        try (Stream<Path> below = Files.list(path.getParent())) {
          for (Path each : below.toList()) {
            delete(each);
          }
        }
      } else if (name.startsWith(".wh.")) {
        delete(path.resolveSibling(name.substring(".wh.".length())));
      } else if (entry.isDirectory()) {
        if (!Files.isDirectory(path)) {
          Files.deleteIfExists(path);
          Files.createDirectory(path);
        }
      } else if (entry.isSymbolicLink()) {
        delete(path);
        link(path, entry.getLinkName(), root);
      } else if (entry.isLink()) {
        delete(path);
        Files.createLink(path, inside(root, entry.getLinkName()));
      } else if (entry.isFile()) {
        delete(path);
        Files.copy(tar, path);
        boolean runs = (entry.getMode() & 0111) != 0;
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        // A cache knows its jars by their time and size.
        Files.setLastModifiedTime(path, FileTime.from(entry.getLastModifiedTime().toInstant()));
      }
    }
  }

  /** The same in the folder, wherever that is. */
  private static void link(Path path, String target, Path root) throws IOException {
    Path from = target.startsWith("/") ? root : path.getParent();
    try {
      Path to = inside(root, root.relativize(from) + "/" + target);
      Files.createSymbolicLink(path, path.getParent().relativize(to));
    } catch (InvalidPathException unwritable) {
      // What it leads to was left out too.
    }
  }

  /** A path in the image; nothing leads out of the folder, as nothing does out of a container. */
  private static Path inside(Path root, String name) {
    return root.resolve(Path.of("/" + name).normalize().toString().substring(1));
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Why there is no cache. */
  private static final class None extends Exception {
    private static final long serialVersionUID = 1;

    None(String why) {
      super(why);
    }
  }

  /**
   * An image's files in a folder.
   *
   * @param config how it is run
   */
  private record Unpacked(Path root, JsonNode config) {
    Map<String, String> environment() {
      Map<String, String> environment = new HashMap<>();
      for (JsonNode variable : config.path("Env")) {
        String[] parts = variable.asText().split("=", 2);
        environment.put(parts[0], parts[1]);
      }
      return environment;
    }

    /** What a container of it does, but with more options for Java, and in the folder. */
    List<String> command(List<String> options, List<String> arguments) throws IOException, None {
      List<String> command = new ArrayList<>();
      command.add(java().toString());
      command.addAll(options);
      for (int i = 1; i < config.path("Entrypoint").size(); i++) {
        String word = config.path("Entrypoint").path(i).asText();
        String text =
            word.equals("@/" + CLASS_PATH) ? Files.readString(root.resolve(CLASS_PATH)) : word;
        command.add(text.replace("/app/", root + "/app/"));
      }
      command.addAll(arguments);
      return command;
    }

    private Path java() throws IOException, None {
      String name = config.path("Entrypoint").path(0).asText();
      for (String directory : environment().getOrDefault("PATH", "").split(":")) {
        Path java = inside(root, directory).resolve(name);
        if (Files.isExecutable(java)) {
          return java.toRealPath();
        }
      }
      throw new None("its PATH has no " + name);
    }
  }
}
