package dev.planwright.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of an image, one laid over the other in a folder, and its entry point there, run by
 * the image's own Java. It is no container: the paths are below the folder. Who runs it may write
 * to nothing of it, as in a pod: as root that is the image's own user, else whoever runs this.
 */
public final class UnpackedImage {
  /** Where Temurin's images have it, and the base under test. */
  private static final String JAVA = "opt/java/openjdk/bin/java";

  /** Files that name others by their whole path. */
  private static final Set<String> NAMING = Set.of("app/jib-classpath-file", "app/java.flags");

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
      image.readLayer(
          layer,
          (entry, content) -> {
            if (!entry.directory()) {
              unpacked.write(entry, content);
            }
          });
    }
    unpacked.allow("r-xr-xr-x", "r--r--r--");
    return unpacked;
  }

  private void write(ImageArchive.Entry entry, InputStream content) throws IOException {
    Path file = root.resolve(entry.path());
    Files.createDirectories(file.getParent());
    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    if (NAMING.contains(entry.path())) {
      Files.writeString(file, moved(Files.readString(file)));
    }
    if ((entry.mode() & 0111) != 0) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setLastModifiedTime(file, FileTime.from(entry.modified()));
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
        boolean open = Files.isDirectory(path) || runs(path);
        Files.setPosixFilePermissions(path, open ? directories : files);
      }
    }
  }

  private static boolean runs(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
  }

  /** The words of a command, where paths in the image are such below the folder. */
  String moved(String text) {
    return text.replace("/app/", root.resolve("app") + "/");
  }

  /** One of its labels; empty when it is not there. */
  String label(String name) {
    return image.running().path("Labels").path(name).asText();
  }

  /** A file of it, by its path without the slash before it. */
  Path file(String path) {
    return root.resolve(path);
  }

  /**
   * What a container of it would do, ready to start.
   *
   * @param environment what is set beside the image's own; nothing of this process is passed on
   * @param arguments as of {@code docker run IMAGE}
   */
  public ProcessBuilder run(Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> entryPoint = image.texts("Entrypoint");
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
    line.add(root.resolve(JAVA).toString());
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
