package dev.planwright.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devtools/aot/Dockerfile adds to the image, made and used from the image's layers. */
final class AotCacheIT {
  private static final Path RECIPE = Path.of("devtools", "aot", "Dockerfile");
  private static final String CACHE = "/app/planwright.aot";

  private static ImageArchive archive;
  private static UnpackedImage image;
  private static Path tmp;

  private record Run(int code, String out, String err) {}

  @BeforeAll
  static void unpack(@TempDir Path folder) throws IOException {
    archive = ImageArchive.read(ImageIT.ARCHIVE);
    image = UnpackedImage.of(archive, Files.createDirectory(folder.resolve("image")));
    tmp = Files.createDirectory(folder.resolve("tmp"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterAll
  static void letGo() throws IOException {
    image.letGo();
  }

  /** The one instruction of this name that is a list of words. */
  private static List<String> words(String instruction) throws IOException {
    List<String> lines =
        Files.readAllLines(RECIPE).stream()
            .filter(line -> line.startsWith(instruction + " ["))
            .map(line -> line.substring(instruction.length()))
            .toList();
    assertThat(lines).hasSize(1);
    return new ObjectMapper().readValue(lines.getFirst(), new TypeReference<>() {});
  }

  /** Where the cache is: the layers cannot be written to, and the recipe copies it there. */
  private static List<String> here(List<String> words) {
    return words.stream()
        .map(word -> word.replace("=/tmp/", "=" + tmp + "/"))
        .map(word -> word.replace("=" + CACHE, "=" + tmp.resolve("planwright.aot")))
        .toList();
  }

  private static Run run(List<String> entryPoint, String options, String... arguments)
      throws Exception {
    Map<String, String> environment =
        options.isEmpty() ? Map.of() : Map.of("JDK_JAVA_OPTIONS", options);
    Path out = Files.createTempFile(tmp, "out", "");
    Path err = Files.createTempFile(tmp, "err", "");
    Process process =
        image
            .run(entryPoint, environment, List.of(arguments))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void theRecipeRunsJavaAsTheImageDoes() throws Exception {
    List<String> usual = archive.texts("Entrypoint");
    List<String> entryPoint = new ArrayList<>(words("ENTRYPOINT"));
    assertThat(entryPoint.removeAll(List.of("-XX:AOTCache=" + CACHE))).isTrue();
    entryPoint.removeIf(word -> word.startsWith("-Xlog:aot*="));
    assertThat(entryPoint).isEqualTo(usual);

    List<String> training = new ArrayList<>(words("RUN"));
    assertThat(training.remove("-XX:AOTCacheOutput=/tmp/planwright.aot")).isTrue();
    assertThat(training.subList(0, usual.size())).isEqualTo(usual);
    assertThat(training.subList(usual.size(), training.size()))
        .containsExactly("quickstart", "--once", "/tmp/quickstart");
  }

  @Test
  void theCacheIsUsedAndOneThatDoesNotFitOnlyWarns() throws Exception {
    List<String> training = new ArrayList<>(here(words("RUN")));
    training.removeLast();
    String manifests = Path.of("examples", "quickstart").toAbsolutePath().toString();
    Path readable = Files.createDirectory(tmp.resolve("quickstart"));
    try (var files = Files.newDirectoryStream(Path.of(manifests), "*.yaml")) {
      for (Path file : files) {
        Files.copy(file, readable.resolve(file.getFileName()));
      }
    }
    Run trained = run(training, "", readable.toString());
    assertThat(trained.code()).as(trained.toString()).isZero();
    assertThat(tmp.resolve("planwright.aot")).isNotEmptyFile();

    List<String> entryPoint = here(words("ENTRYPOINT"));
    String version = "planwright " + image.label("org.opencontainers.image.version") + "\n";
    // It would end when the cache could not be used.
    Run used = run(entryPoint, "-XX:AOTMode=on", "--version");
    assertThat(used.code()).as(used.toString()).isZero();
    assertThat(used.out()).isEqualTo(version);
    Run traced = run(entryPoint, "-Xlog:class+load", "--version");
    assertThat(traced.out())
        .containsPattern("dev\\.planwright\\.cli\\.Main source: shared objects file");

    Run unfit = run(entryPoint, "-XX:-UseCompactObjectHeaders", "--version");
    assertThat(unfit.code()).as(unfit.toString()).isZero();
    assertThat(unfit.out()).isEqualTo(version);
    assertThat(unfit.err()).contains("Unable to use AOT cache");
  }
}
