package dev.planwright.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.tools.ToolProvider;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The step of the build that makes the image's AOT cache, {@code devtools/AotCache.java}, on small
 * images whose Java is a script. What it makes of the real one, {@link ImageRunsIT} runs.
 */
final class AotCacheIT {
  /** Writes a cache, and takes it where it was not made. */
  private static final String GOOD =
      """
      #!/bin/sh
      for word; do
        case "$word" in
          -XX:AOTCacheOutput=*) echo made > "${word#*=}" ;;
          -XX:AOTCache=*) test -s "${word#*=}" || exit 3 ;;
        esac
      done
      """;

  private static final String TAKES_NONE = GOOD + "case \"$*\" in *AOTMode=on*) exit 4 ;; esac\n";

  private static Path programs;
  private final Path folder;

  AotCacheIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void compile(@TempDir Path folder) {
    programs = folder;
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", programs.toString(), "devtools/AotCache.java");
    assertThat(code).isZero();
  }

  @Test
  void itIsALayerWithTheOptionsOfTheImageAndItsOwn() throws Exception {
    assertThat(make("true", platform(), image(platform(), GOOD)))
        .startsWith("AOT cache of the image: ");
    assertThat(folder.resolve("aot/layer/app/planwright.aot")).isNotEmptyFile();
    assertThat(folder.resolve("aot/layer/app/java.flags"))
        .hasContent("+UseSerialGC\nAOTCache=/app/planwright.aot\n");
    try (Stream<Path> left = Files.list(folder.resolve("aot"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("layer", "training.log", "check.log");
    }
  }

  @Test
  void oneThatWasNotWantedIsNotMade() throws Exception {
    assertThat(none("false", platform(), image(platform(), GOOD))).contains("image.aot is false");
  }

  @Test
  void severalPlatformsHaveNone() throws Exception {
    assertThat(none("true", "linux/amd64,linux/arm64", image(platform(), GOOD)))
        .contains("several platforms (linux/amd64,linux/arm64)");
  }

  @Test
  void anotherPlatformsJavaIsNotRun() throws Exception {
    assertThat(none("true", "linux/s390x", image("linux/s390x", GOOD)))
        .contains("linux/s390x", "cannot be run here");
  }

  /** As that of an image with another C library. */
  @Test
  void aJavaThatCannotBeRunHereMakesNone() throws Exception {
    String other = "#!/lib/ld-other.so.1\n";
    assertThat(none("true", platform(), image(platform(), other)))
        .contains("cannot be run on this machine");
  }

  @Test
  void aJavaThatFailsMakesNone() throws Exception {
    String old = "#!/bin/sh\necho Unrecognized option >&2\nexit 1\n";
    assertThat(none("true", platform(), image(platform(), old))).contains("ended with 1");
    assertThat(folder.resolve("aot/training.log")).hasContent("Unrecognized option\n");
    assertThat(none("true", platform(), image(platform(), "#!/bin/sh\n")))
        .contains("its Java made none");
  }

  @Test
  void aCacheThatCannotBeUsedElsewhereIsNotTaken() throws Exception {
    assertThat(none("true", platform(), image(platform(), TAKES_NONE))).contains("ended with 4");
  }

  @Test
  void anImageWithoutJavaHasNone() throws Exception {
    Path image = image(platform(), GOOD, "PATH=/usr/sbin:/sbin");
    assertThat(none("true", platform(), image)).contains("its PATH has no java");
  }

  private String none(String wanted, String platforms, Path image) throws Exception {
    Files.createDirectories(folder.resolve("aot/layer/app"));
    Files.writeString(folder.resolve("aot/layer/app/planwright.aot"), "of an earlier build");
    String said = make(wanted, platforms, image);
    assertThat(said)
        .startsWith("The image has no AOT cache, so it starts slower: ")
        .hasLineCount(1);
    assertThat(folder.resolve("aot/layer")).isEmptyDirectory();
    return said;
  }

  private String make(String wanted, String platforms, Path image) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                programs + ":" + System.getProperty("java.class.path"),
                "AotCache",
                wanted,
                platforms,
                image.toString(),
                folder.resolve("aot").toString(),
                "examples/quickstart")
            .redirectErrorStream(true);
    // A machine that cannot write the name of each file in an image.
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static String platform() {
    String machine = System.getProperty("os.arch");
    return "linux/" + (machine.equals("aarch64") ? "arm64" : machine);
  }

  private Path image(String platform, String java) throws IOException {
    return image(platform, java, "PATH=/usr/sbin:/usr/bin");
  }

  /** Java is found by links, as distributions have it; one leads out of the image. */
  private Path image(String platform, String java, String path) throws IOException {
    int slash = platform.indexOf('/');
    String config =
        """
        {"os": "%s", "architecture": "%s", "config": {"Env": ["%s"],
         "Entrypoint": ["java", "-XX:Flags=/app/java.flags", "-cp", "@/app/jib-classpath-file"]}}
        """
            .formatted(platform.substring(0, slash), platform.substring(slash + 1), path);
    Path below = folder.resolve("below.tar.gz");
    try (TarArchiveOutputStream layer = tar(new GZIPOutputStream(Files.newOutputStream(below)))) {
      put(layer, "opt/java/bin/java", 0755, java);
      put(layer, "opt/java/old", 0444, "");
      link(layer, "etc/alternatives/java", "/opt/java/bin/java");
      link(layer, "usr/bin/java", "../../../../../../etc/alternatives/java");
      put(layer, "../outside", 0644, "");
      put(layer, "etc/ssl/Főtanúsítvány.crt", 0644, "");
      link(layer, "etc/ssl/current.crt", "Főtanúsítvány.crt");
      layer.putArchiveEntry(new TarArchiveEntry("run/readonly/", TarConstants.LF_DIR));
      layer.closeArchiveEntry();
    }
    Path above = folder.resolve("above.tar.gz");
    try (TarArchiveOutputStream layer = tar(new GZIPOutputStream(Files.newOutputStream(above)))) {
      put(layer, "opt/java/.wh.old", 0644, "");
      put(layer, "app/java.flags", 0644, "+UseSerialGC\n");
      put(layer, "app/jib-classpath-file", 0644, "/app/classpath/*");
    }
    Path image = folder.resolve("image.tar");
    try (TarArchiveOutputStream all = tar(Files.newOutputStream(image))) {
      put(all, "config.json", 0644, config);
      put(all, "below.tar.gz", 0644, Files.readAllBytes(below));
      put(all, "above.tar.gz", 0644, Files.readAllBytes(above));
      put(
          all,
          "manifest.json",
          0644,
          "[{\"Config\": \"config.json\", \"Layers\": [\"below.tar.gz\", \"above.tar.gz\"]}]");
    }
    return image;
  }

  private static TarArchiveOutputStream tar(OutputStream out) {
    return new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
  }

  private static void put(TarArchiveOutputStream tar, String name, int mode, String content)
      throws IOException {
    put(tar, name, mode, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(TarArchiveOutputStream tar, String name, int mode, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
