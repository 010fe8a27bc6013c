package dev.planwright.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of an image, one laid over the other in a folder, and its entry point there. It is no
 * container: the paths are below the folder, and Java is this machine's. Who runs it may write to
 * nothing of it, as in a pod: as root that is the image's own user, else whoever runs this.
 */
public final class UnpackedImage {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final ImageArchive image;
  private final Path root;

  private UnpackedImage(ImageArchive image, Path root) {
    this.image = image;
    this.root = root;
  }

  /**
   * Lays out the layers.
   *
   * @param folder is made readable for everybody and stays the caller's to delete; see {@link
   *     #letGo}
   */
  public static UnpackedImage of(ImageArchive image, Path folder) throws IOException {
    UnpackedImage unpacked = new UnpackedImage(image, folder);
    for (ImageArchive.Layer layer : image.layers()) {
      for (ImageArchive.Entry entry : layer.files()) {
        Path file = folder.resolve(entry.path());
        Files.createDirectories(file.getParent());
        Files.write(file, unpacked.moved(entry));
        Files.setLastModifiedTime(file, FileTime.from(entry.modified()));
      }
    }
    unpacked.allow("r-xr-xr-x", "r--r--r--");
    return unpacked;
  }

  /** Lets its owner delete it again. */
  public void letGo() throws IOException {
    allow("rwxr-xr-x", "rw-r--r--");
  }

  private void allow(String onDirectories, String onFiles) throws IOException {
    Set<PosixFilePermission> directories = PosixFilePermissions.fromString(onDirectories);
    Set<PosixFilePermission> files = PosixFilePermissions.fromString(onFiles);
    try (var all = Files.walk(root)) {
      for (Path path : all.toList()) {
        Files.setPosixFilePermissions(path, Files.isDirectory(path) ? directories : files);
      }
    }
  }

  /** Files that name others by their whole path do so here too. */
  private byte[] moved(ImageArchive.Entry entry) {
    if (!entry.path().equals("app/jib-classpath-file")) {
      return entry.content();
    }
    return moved(new String(entry.content(), StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The words of a command, where paths in the image are such below the folder. */
  String moved(String text) {
    return text.replace("/app/", root.resolve("app") + "/");
  }

  /** One of its labels; empty when it is not there. */
  String label(String name) {
    return image.running().path("Labels").path(name).asText();
  }

  /**
   * What a container of it would do, ready to start.
   *
   * @param environment what is set beside the image's own; nothing of this process is passed on
   * @param arguments as of {@code docker run IMAGE}
   */
  public ProcessBuilder run(Map<String, String> environment, List<String> arguments)
      throws IOException {
    return run(image.texts("Entrypoint"), environment, arguments);
  }

  /**
   * The same with another entry point.
   *
   * @param entryPoint begins with {@code java}
   */
  ProcessBuilder run(
      List<String> entryPoint, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    if ((int) Files.getAttribute(root, "unix:uid") == 0) {
      String user = image.running().path("User").asText();
      int colon = user.indexOf(':');
      line.add("setpriv");
      line.add("--reuid=" + user.substring(0, colon));
      line.add("--regid=" + user.substring(colon + 1));
      line.add("--clear-groups");
    }
    if (!entryPoint.getFirst().equals("java")) {
      throw new IllegalStateException("the entry point is not java: " + entryPoint);
    }
    line.add(JAVA.toString());
    entryPoint.stream().skip(1).map(this::moved).forEach(line::add);
    line.addAll(arguments);

    ProcessBuilder builder = new ProcessBuilder(line).directory(root.toFile());
    builder.environment().clear();
    image
        .texts("Env")
        .forEach(
            variable -> {
              int equals = variable.indexOf('=');
              builder
                  .environment()
                  .put(variable.substring(0, equals), variable.substring(equals + 1));
            });
    builder.environment().putAll(environment);
    return builder;
  }
}
