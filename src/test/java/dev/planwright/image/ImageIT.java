package dev.planwright.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.chart.Chart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The image that {@code mvn verify} builds, on a base that it links from this JDK but else as
 * {@code mvn -Pimage package} does.
 */
final class ImageIT {
  static final Path ARCHIVE = Path.of("target", "image", "image.tar");

  /** The same before its cache was made, and the work of a builder that remembered nothing. */
  private static final Path PLAIN = Path.of("target", "image", "plain.tar");

  private static final String JAR = "app/classpath/planwright.jar";
  private static final String SBOM = "var/lib/db/sbom/planwright.cdx.json";
  private static final String FLAGS = "app/java.flags";
  private static final String CACHE = "app/planwright.aot";
  private static final List<String> OTHERS =
      List.of(FLAGS, "app/jib-classpath-file", "app/jib-main-class-file", "licenses/LICENSE", SBOM);

  private static ImageArchive image;
  private static ImageArchive plain;

  @BeforeAll
  static void read() throws IOException {
    image = ImageArchive.read(ARCHIVE);
    plain = ImageArchive.read(PLAIN);
  }

  private static List<ImageArchive.Layer> ours() {
    return ours(image);
  }

  private static List<ImageArchive.Layer> ours(ImageArchive image) {
    // The base has one.
    return image.layers().subList(1, image.layers().size());
  }

  private static Set<String> libraries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target", "lib"))) {
      return files
          .map(file -> "app/libs/" + file.getFileName())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void itHoldsWhatTheOperatorNeedsAndNothingElse() throws IOException {
    List<String> expected = new ArrayList<>(libraries());
    assertThat(expected).hasSizeGreaterThan(50);
    expected.add(JAR);
    expected.addAll(OTHERS);
    assertThat(ours(plain).stream().flatMap(layer -> layer.paths().stream()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(jarEntries())
        .isEqualTo(compiledFiles())
        .contains("dev/planwright/cli/Main.class", "crds/plans.yaml")
        .noneMatch(name -> name.matches(".*(Test|IT)(\\$.*)?\\.class|.*/testing/.*"));
  }

  @Test
  void theCacheIsAloneInTheLastLayerWithTheOptionThatNamesIt() throws IOException {
    // See the build's output for why there is none.
    assertThat(image.layers()).hasSize(plain.layers().size() + 1);
    assertThat(image.layers().getLast().paths()).containsExactlyInAnyOrder(CACHE, FLAGS);
    assertThat(text(image, FLAGS)).isEqualTo(text(plain, FLAGS) + "AOTCache=/" + CACHE + "\n");
    assertThat(image.file(CACHE)).hasSizeBetween(50_000_000, 120_000_000);
  }

  private static String text(ImageArchive image, String path) throws IOException {
    return new String(image.file(path), StandardCharsets.UTF_8);
  }

  private static Set<String> jarEntries() throws IOException {
    Set<String> names = new TreeSet<>();
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(image.file(JAR)))) {
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        if (!entry.isDirectory() && !entry.getName().startsWith("META-INF/")) {
          names.add(entry.getName());
        }
      }
    }
    return names;
  }

  private static Set<String> compiledFiles() throws IOException {
    Path classes = Path.of("target", "classes");
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> classes.relativize(file).toString())
          .filter(name -> !name.startsWith("META-INF/"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void aChangeOfTheCodeChangesOneSmallLayer() throws IOException {
    ImageArchive.Layer code = image.layerOf(JAR);
    assertThat(code.paths()).containsExactly(JAR);
    assertThat(image.file(JAR)).hasSizeLessThan(4_000_000);
    assertThat(image.layerOf(libraries().iterator().next()).paths())
        .containsExactlyInAnyOrderElementsOf(libraries());
  }

  @Test
  void nobodyMayWriteToItAndNothingInItRaisesRights() {
    for (ImageArchive.Layer layer : ours()) {
      for (ImageArchive.Entry entry : layer.entries()) {
        assertThat(entry.user()).as(entry.path()).isZero();
        assertThat(entry.group()).as(entry.path()).isZero();
        assertThat(entry.mode()).as(entry.path()).isEqualTo(entry.directory() ? 0755 : 0644);
      }
    }
  }

  @Test
  void itRunsAsTheChartSaysAndNotAsTheBaseDoes() {
    assertThat(image.texts("Entrypoint"))
        .startsWith("java", "-XX:Flags=/app/java.flags", "-Xlog:aot*=off:stdout")
        .endsWith("-cp", "@/app/jib-classpath-file", "dev.planwright.cli.Main");
    assertThat(image.running().path("Cmd").isMissingNode() || image.texts("Cmd").isEmpty())
        .as("the command of the base")
        .isTrue();
    // What the base needs for its Java stays.
    assertThat(image.texts("Env"))
        .containsExactlyInAnyOrder(
            "PATH=/opt/java/openjdk/bin:/usr/bin:/bin",
            "JAVA_HOME=/opt/java/openjdk",
            "LANG=en_US.UTF-8");

    var chart = Chart.render("planwright", "planwright-system", "");
    JsonNode pod = chart.only("Deployment").at("/spec/template/spec");
    assertThat(image.manifest().at("/RepoTags/0").asText())
        .isEqualTo(chart.container().path("image").asText());
    assertThat(image.running().path("User").asText())
        .isEqualTo(
            pod.at("/securityContext/runAsUser").asText()
                + ":"
                + pod.at("/securityContext/runAsGroup").asText())
        .matches("[1-9]\\d*:[1-9]\\d*");
    assertThat(image.running().path("ExposedPorts").fieldNames())
        .toIterable()
        .containsExactly(chart.container().at("/ports/0/containerPort").asText() + "/tcp");
  }

  @Test
  void itsLabelsSayWhatItIs() throws Exception {
    JsonNode labels = image.running().path("Labels");
    String prefix = "org.opencontainers.image.";
    assertThat(labels.path(prefix + "title").asText()).isEqualTo("Planwright");
    assertThat(labels.path(prefix + "description").asText()).contains("billing system");
    assertThat(image.manifest().at("/RepoTags/0").asText())
        .endsWith(":" + labels.path(prefix + "version").asText());
    assertThat(labels.path(prefix + "licenses").asText()).isEqualTo("Apache-2.0");
    assertThat(labels.path(prefix + "base.name").asText()).contains(":25-jre");
    assertThat(labels.path(prefix + "revision").asText()).matches(revision() + "(-modified)?");
    assertThat(labels.path("base").asText()).isEqualTo("kept");
    labels.forEach(label -> assertThat(label.asText()).isNotEmpty().doesNotContain("${"));
  }

  private static String revision() throws Exception {
    if (!Files.exists(Path.of(".git"))) {
      return "unknown";
    }
    Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(git.waitFor()).isZero();
    return said;
  }

  @Test
  void itsListOfContentsNamesEachLibraryByItsDigest() throws Exception {
    JsonNode sbom = new ObjectMapper().readTree(image.file(SBOM));
    assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    JsonNode subject = sbom.at("/metadata/component");
    assertThat(subject.path("type").asText()).isEqualTo("application");
    assertThat(subject.path("purl").asText()).startsWith("pkg:maven/dev.planwright/planwright@");

    Set<String> listed = new HashSet<>();
    for (JsonNode component : sbom.path("components")) {
      assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
      for (JsonNode hash : component.path("hashes")) {
        if (hash.path("alg").asText().equals("SHA-256")) {
          listed.add(hash.path("content").asText());
        }
      }
    }
    Set<String> shipped = new HashSet<>();
    for (String library : libraries()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.file(library));
      shipped.add(HexFormat.of().formatHex(digest));
    }
    assertThat(listed).isEqualTo(shipped);
  }

  /** A cache is not: who needs the whole image so builds without. */
  @Test
  void builtAgainItIsTheSameByteForByteButForTheCache() throws IOException {
    int before = plain.layers().size();
    // Their names are their digests.
    assertThat(image.layers().subList(0, before)).isEqualTo(plain.layers());
    assertThat(without(image.config(), before)).isEqualTo(without(plain.config(), before));
    assertThat(image.manifest().path("RepoTags")).isEqualTo(plain.manifest().path("RepoTags"));
    // What would differ on another day.
    assertThat(image.config().path("created").asText()).isEqualTo("2026-01-01T00:00:00Z");
    for (ImageArchive.Layer layer : ours()) {
      for (ImageArchive.Entry entry : layer.entries()) {
        assertThat(entry.modified())
            .as(entry.path())
            .isBetween(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
      }
    }
    assertThat(new ObjectMapper().readTree(image.file(SBOM)).at("/metadata/timestamp").asText(""))
        .isIn("", "2026-01-01T00:00:00Z");
  }

  /** The configuration of an image that has no more layers than these. */
  private static JsonNode without(JsonNode config, int layers) {
    ObjectNode copy = config.deepCopy();
    ArrayNode digests = (ArrayNode) copy.at("/rootfs/diff_ids");
    ArrayNode history = (ArrayNode) copy.path("history");
    for (int more = digests.size() - layers; more > 0; more--) {
      digests.remove(digests.size() - 1);
      history.remove(history.size() - 1);
    }
    return copy;
  }
}
