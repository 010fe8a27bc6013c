import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Writes a base image as {@code docker save} would, for building our image where there is no
 * registry: a Java runtime, linked from the JDK that runs this, at the place where Temurin's images
 * have theirs. Like a real base it has an entry point, a command, an environment and a label of its
 * own, so that a test can see what becomes of them. It has no C library: it is run on the machine
 * that made it.
 *
 * <p>Usage: {@code BaseImage FILE}.
 */
public final class BaseImage {
  private static final int BLOCK = 512;
  private static final String HOME = "opt/java/openjdk";

  /** What the operator needs, and what Java looks for at the start. */
  private static final String MODULES =
      "java.se,jdk.crypto.cryptoki,jdk.httpserver,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs";

  private BaseImage() {}

  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    Path file = Path.of(args[0]).toAbsolutePath();
    Path folder = Files.createDirectories(file.getParent());
    Path runtime = folder.resolve("base-java");
    Path layer = folder.resolve("base-layer.tar");
    delete(runtime);
    link(runtime);
    String digest = writeLayer(runtime, layer);
    delete(runtime);
    try (OutputStream all = Files.newOutputStream(file)) {
      entry(all, "config.json", bytes(config(digest)));
      header(all, "layer.tar", 0644, Files.size(layer));
      copy(layer, all);
      entry(
          all,
          "manifest.json",
          bytes(
              """
              [{"Config":"config.json","RepoTags":["base:25"],"Layers":["layer.tar"]}]
              """));
      end(all);
    }
    Files.delete(layer);
  }

  private static String config(String digest) {
    String machine = System.getProperty("os.arch");
    return """
    {"architecture":"%s","os":"%s","created":"2025-09-16T00:00:00Z",
     "config":{"Entrypoint":["/__cacert_entrypoint.sh"],"Cmd":["jshell"],"User":"root",
      "Env":["PATH=/%3$s/bin:/usr/bin:/bin","JAVA_HOME=/%3$s","LANG=en_US.UTF-8"],
      "Labels":{"org.opencontainers.image.title":"base","base":"kept"}},
     "history":[{"created":"2025-09-16T00:00:00Z","created_by":"base"}],
     "rootfs":{"type":"layers","diff_ids":["sha256:%4$s"]}}
    """
        .formatted(
            machine.equals("aarch64") ? "arm64" : machine,
            System.getProperty("os.name").equals("Linux") ? "linux" : "unknown",
            HOME,
            digest);
  }

  private static void link(Path runtime) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("this Java has no jlink: use a JDK"))
            .run(
                out,
                out,
                "--add-modules=" + MODULES,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output=" + runtime);
    if (code != 0) {
      throw new IllegalStateException("jlink ended with " + code + ": " + said);
    }
  }

  private static String writeLayer(Path runtime, Path layer)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (OutputStream tar = new DigestOutputStream(Files.newOutputStream(layer), digest);
        Stream<Path> files = Files.walk(runtime)) {
      entry(tar, "etc/os-release", bytes("ID=base\n"));
      Path legal = runtime.resolve("legal");
      List<Path> inOrder =
          files
              .filter(file -> Files.isRegularFile(file) && !file.startsWith(legal))
              .sorted()
              .toList();
      for (Path file : inOrder) {
        int mode = Files.isExecutable(file) ? 0755 : 0644;
        header(tar, HOME + "/" + runtime.relativize(file), mode, Files.size(file));
        copy(file, tar);
      }
      end(tar);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void entry(OutputStream tar, String name, byte[] content) throws IOException {
    header(tar, name, 0644, content.length);
    tar.write(content);
    pad(tar, content.length);
  }

  private static void copy(Path file, OutputStream tar) throws IOException {
    pad(tar, Files.copy(file, tar));
  }

  private static void pad(OutputStream tar, long size) throws IOException {
    tar.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  /** One file's, in the format of POSIX 1003.1-1988 (ustar). */
  private static void header(OutputStream tar, String name, int mode, long size)
      throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "%07o\0".formatted(mode));
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "00000000001\0");
    // The checksum counts its own field as blanks.
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte each : header) {
      sum += each;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    tar.write(header);
  }

  private static void end(OutputStream tar) throws IOException {
    tar.write(new byte[2 * BLOCK]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = bytes(text);
    if (at == 0 && bytes.length > 100) {
      throw new IllegalArgumentException("the name is too long for this format: " + text);
    }
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
