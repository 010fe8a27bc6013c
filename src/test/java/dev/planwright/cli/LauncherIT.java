package dev.planwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as a process of its own: with JDKs and a Maven that only say what they were told.
 */
final class LauncherIT {
  private static final Path LAUNCHER = Path.of("planwright").toAbsolutePath();

  private Path folder;
  private Path project;
  private Path jdks;
  private Path tools;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void makeProject(@TempDir Path temporary) throws IOException {
    folder = temporary;
    project = Files.createDirectories(folder.resolve("a project"));
    jdks = Files.createDirectories(folder.resolve("jdks"));
    tools = Files.createDirectories(folder.resolve("tools"));
    script(project.resolve("planwright"), Files.readString(LAUNCHER));
    Files.createDirectories(project.resolve("src/main"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    script(
        tools.resolve("mvn"),
        """
        #!/bin/sh
        echo built >> ../builds
        sleep 1
        mkdir -p target/lib
        touch target/planwright.jar
        """);
    age(project.resolve("pom.xml"));
    age(project.resolve("src/main"));
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** A JDK that says its version, as a release file or only when asked, and what it is to run. */
  private Path jdk(String name, String version, boolean withReleaseFile) throws IOException {
    Path home = Files.createDirectories(jdks.resolve(name));
    if (withReleaseFile) {
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }
    script(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "%1$s"' >&2; exit 0; fi
        echo "%1$s"
        for argument in "$@"; do echo "[$argument]"; done
        exit 7
        """
            .formatted(version));
    return home;
  }

  private Process begin(Path command, Map<String, String> variables, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("bash", command.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().put("PLANWRIGHT_JDKS", jdks.toString());
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static Run end(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), out, err);
  }

  private Run run(Map<String, String> variables, String... arguments) throws Exception {
    return end(begin(project.resolve("planwright"), variables, arguments));
  }

  private long builds() throws IOException {
    Path log = folder.resolve("builds");
    if (!Files.exists(log)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.count();
    }
  }

  @Test
  void itPassesArgumentsAndTheExitCode() throws Exception {
    jdk("b-25", "25.0.1", true);
    Run run = run(Map.of(), "quickstart", "two words", "");
    assertThat(run.code()).isEqualTo(7);
    assertThat(run.out()).contains("[quickstart]\n[two words]\n[]\n");
    assertThat(run.err()).contains("building target/planwright.jar");
  }

  @Test
  void itTakesTheFirstJdkThatIsNewEnough() throws Exception {
    jdk("a-17", "17.0.2", true);
    jdk("b-8", "1.8.0_402", true);
    jdk("c-26", "26", false);
    assertThat(run(Map.of()).out()).startsWith("26\n");
  }

  @Test
  void aJavaHomeThatIsNewEnoughComesFirst() throws Exception {
    jdk("a-25", "25.0.1", true);
    Path later = jdk("b-27", "27.0.1", true);
    Path old = jdk("c-21", "21", true);
    assertThat(run(Map.of("JAVA_HOME", later.toString())).out()).startsWith("27.0.1\n");
    assertThat(run(Map.of("JAVA_HOME", old.toString())).out()).startsWith("25.0.1\n");
  }

  @Test
  void theJdkThatSomebodyNamedIsUsedOrRefusedAndNeverReplaced() throws Exception {
    jdk("a-25", "25.0.1", true);
    Path named = jdk("b-28", "28", true);
    Path old = jdk("c-21", "21", true);
    assertThat(run(Map.of("PLANWRIGHT_JAVA_HOME", named.toString())).out()).startsWith("28\n");
    Run refused = run(Map.of("PLANWRIGHT_JAVA_HOME", old.toString()));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains(old.toString()).contains("25 or newer");
  }

  @Test
  void withoutAJdkItSaysTheWaysOut() throws Exception {
    jdk("a-17", "17.0.2", true);
    Run run = run(Map.of());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("install one").contains("PLANWRIGHT_JAVA_HOME=");
    assertThat(builds()).isZero();
  }

  @Test
  void itBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    jdk("a-25", "25.0.1", true);
    run(Map.of());
    run(Map.of());
    assertThat(builds()).isEqualTo(1);
    Path source = project.resolve("src/main/New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    run(Map.of());
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void ofTwoStartedAtOnceOneBuildsAndTheOtherWaits() throws Exception {
    jdk("a-25", "25.0.1", true);
    Process one = begin(project.resolve("planwright"), Map.of());
    Process two = begin(project.resolve("planwright"), Map.of());
    assertThat(end(one).code()).isEqualTo(7);
    assertThat(end(two).code()).isEqualTo(7);
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void itWorksThroughALink() throws Exception {
    jdk("a-25", "25.0.1", true);
    Path link = Files.createSymbolicLink(tools.resolve("pw"), Path.of("../a project/planwright"));
    Run run = end(begin(link, Map.of(), "x"));
    assertThat(run.code()).as(run.err()).isEqualTo(7);
    assertThat(run.out()).contains("[x]");
  }

  @Test
  void aBuildThatFailsIsSaidAndNothingRuns() throws Exception {
    jdk("a-25", "25.0.1", true);
    script(tools.resolve("mvn"), "#!/bin/sh\nexit 3");
    Run run = run(Map.of());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("the build failed");
  }

  @Test
  void whatMavenSaysIsShownWithoutColoursAlsoWhereMavenCannotBeToldSo() throws Exception {
    jdk("a-25", "25.0.1", true);
    script(
        tools.resolve("mvn"),
        "#!/bin/sh\nprintf '\\033[0m[\\033[1;31mERROR\\033[m] price lost\\n' >&2\nprintf 'more\\033[0m\\n'\nexit 3");
    Run run = run(Map.of());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("[ERROR] price lost", "more", "the build failed")
        .doesNotContain("\033");
  }

  @Test
  void theRealOneSaysItsVersion() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "--version");
    builder.environment().put("PLANWRIGHT_JAVA_HOME", System.getProperty("java.home"));
    Run run = end(builder.directory(folder.toFile()).start());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).matches("planwright \\d+\\.\\d+\\.\\d+\\S*\\s*");
  }
}
