package dev.planwright.cli.validate;

import static dev.planwright.cli.validate.ValidationTest.BACKEND;
import static dev.planwright.cli.validate.ValidationTest.PLAN;
import static dev.planwright.cli.validate.ValidationTest.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, directories and standard input, before anything in them is held against a rule. */
class InputTest {
  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("a: [b", "is no YAML"),
        Arguments.of("{{- if .Values.on }}\nkind: Plan\n{{- end }}\n", "helm template"),
        Arguments.of(PLAN.replace("name: team", "name: {{ .Values.name }}"), "helm template"),
        Arguments.of("Error: accumulating resources failed", "is no manifest"),
        Arguments.of("no such file or directory", "is no manifest"),
        Arguments.of("", "is empty"),
        Arguments.of("# nothing but a comment\n", "is empty"),
        Arguments.of("\u0001", "is no YAML"),
        Arguments.of(PLAN.replace("displayName: Team", "displayName: &a [*a]"), "anchor"),
        Arguments.of("{".repeat(5000), "is no YAML"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void whatIsNoManifestIsUnusableInputAndNeverAStackTrace(String text, String words) {
    Validated validated = Validated.of(text);

    assertThat(validated.code()).isEqualTo(2);
    assertThat(validated.out()).contains("stdin").contains(": unusable: ").contains(words);
    assertThat(validated.out() + validated.err()).doesNotContain("\tat ", "Exception");
    assertThat(validated.err()).isEmpty();
  }

  @Test
  void aDirectoryIsReadWithItsFoldersAndWithoutWhatIsHidden(@TempDir Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("deep/.git"));
    Files.writeString(folder.resolve("backend.yml"), BACKEND);
    Files.writeString(folder.resolve("deep/plan.yaml"), PLAN);
    Files.writeString(folder.resolve("deep/price.json"), "{\n\t\"apiVersion\": \"v1\"}");
    Files.writeString(folder.resolve("deep/price.yaml"), PRICE);
    Files.createDirectories(folder.resolve("deep/testdata/old"));
    Files.writeString(folder.resolve("deep/testdata/old/x.yaml"), "a: [");
    Files.writeString(folder.resolve("deep/.git/x.yaml"), "a: [");
    Files.writeString(folder.resolve("values.yaml"), "image: planwright\n");
    Files.writeString(folder.resolve("notes.txt"), "a: [");

    Validated validated =
        Validated.files(
            Optional.empty(), folder.toString(), folder.resolve("backend.yml").toString());

    assertThat(validated.out())
        .contains("3 objects (1 BillingBackend, 1 Plan, 1 Price) in 5 files")
        .contains("2 documents of other kinds ignored");
    assertThat(validated.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing\n", "---\n---\n", "---\n# a\n---\n...\n"})
  void aFileThatIsNamedAndEmptyIsUnusable(String text, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("empty.yaml"), text);

    Validated named = Validated.files(Optional.empty(), file.toString());
    assertThat(named.out()).contains(file + ": unusable: is empty: what writes it may have failed");
    assertThat(named.code()).isEqualTo(2);
    assertThat(Validated.of(text).out()).contains("stdin: unusable: is empty");
    assertThat(Validated.of(text).code()).isEqualTo(2);

    // Beside others it is nobody's mistake.
    Files.writeString(folder.resolve("plan.yaml"), PLAN + PRICE);
    Validated beside = Validated.files(Optional.empty(), folder.toString());
    assertThat(beside.code()).isZero();
    assertThat(beside.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiVersion: v1\nkind: List\nitems: []\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
        "apiVersion: planwright.dev/v1alpha1\nkind: PlanList\nitems: []\n"
      })
  void aCheckThatCheckedNothingSaysSo(String text, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.yaml"), text);
    String words = "nothing was checked: no Plan, Price or BillingBackend is among what was given";

    Validated asText = Validated.files(Optional.empty(), folder.toString());
    assertThat(asText.err()).isEqualTo("planwright validate: warning: " + words + "\n");
    assertThat(asText.code()).isZero();
    Validated github = Validated.of(text, Optional.empty(), Validator.Format.GITHUB, "-");
    assertThat(github.out()).contains("::warning title=warning::" + words);
    assertThat(github.err()).contains(words);
    Validated json = Validated.of(text, Optional.empty(), Validator.Format.JSON, "-");
    assertThat(json.json().at("/summary/warning").asInt()).isEqualTo(1);
    assertThat(json.json().at("/findings/0/message").asText()).isEqualTo(words);
    assertThat(json.code()).isZero();
    assertThat(Validated.of(PLAN + PRICE).err()).isEmpty();
  }

  @Test
  void whatIsNotThereIsUnusable(@TempDir Path folder) {
    assertThat(Validated.files(Optional.empty(), folder + "/nope.yaml").out())
        .contains("nope.yaml: unusable: there is no such file");
    assertThat(Validated.files(Optional.empty(), folder.toString()).out())
        .contains("holds no file *.yaml");
    assertThat(Validated.files(Optional.empty(), "a\0b").out()).contains("is no name of a file");
    assertThat(Validated.files(Optional.empty(), folder.toString()).code()).isEqualTo(2);
  }

  @Test
  void aWordWithoutEndIsUnusable() {
    String all = PLAN.replace("displayName: Team", "displayName: " + "x".repeat(2_000_000));

    Validated validated = Validated.of(all + PRICE);

    assertThat(validated.out())
        .contains(
            "stdin:5:16: unusable: has a word of 2000000 characters, and no object of Kubernetes may"
                + " be as long; mend it, or leave the file out");
    assertThat(validated.code()).isEqualTo(2);
    // As long as a word in a ConfigMap may be.
    String other =
        "apiVersion: v1\nkind: ConfigMap\nbinaryData: {a: " + "x".repeat(1_400_000) + "}\n---\n";
    assertThat(Validated.of(other + PLAN + PRICE).code()).isZero();
  }

  @Test
  void tenThousandDocumentsTakeSeconds() {
    List<String> parts = new ArrayList<>(List.of(BACKEND));
    for (int i = 0; i < 5000; i++) {
      String name = "plan-" + i;
      parts.add(
          PLAN.replace("team-monthly", name + "-m").replace("name: team}", "name: " + name + "}"));
      parts.add(
          PRICE.replace("team-monthly", name + "-m").replace("name: team}", "name: " + name + "}")
              + "---\n");
    }
    String all = String.join("", parts);
    long start = processorTime();

    Validated validated = Validated.of(all);

    // Of a processor, whatever else the machine does: it takes about 2 s.
    assertThat(Duration.ofNanos(processorTime() - start)).isLessThan(Duration.ofSeconds(8));
    assertThat(validated.code()).isZero();
    assertThat(validated.out()).contains("10001 objects");
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
