package dev.planwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.emulator.noderails.Switch;
import dev.planwright.emulator.paygentic.PaygenticDoubt;
import dev.planwright.emulator.schematic.Question;
import dev.planwright.emulator.stigg.StiggSwitch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of open questions on each vendor's page: what the documentation leaves open is a switch
 * of the emulator, each switch is in the table, and the tests that it names are there.
 */
class OpenQuestionsTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern TEST =
      Pattern.compile("@(?:Test|Property|ParameterizedTest)[\\s\\S]*?\\bvoid\\s+(\\w+)\\s*\\(");

  /**
   * @param question what is asked, in words
   * @param switches names of the emulator's switches, as the page writes them
   * @param tests names of test methods and test classes
   */
  private record Row(String question, String handling, List<String> switches, List<String> tests) {}

  static Stream<Arguments> pages() {
    return Stream.of(
        Arguments.of("stigg", names(StiggSwitch.values())),
        Arguments.of("paygentic", names(PaygenticDoubt.values())),
        Arguments.of("noderails", names(Switch.values())),
        Arguments.of(
            "schematic",
            Arrays.stream(Question.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList()));
  }

  private static List<String> names(Enum<?>[] switches) {
    return Arrays.stream(switches).map(Enum::name).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void theTableNamesEverySwitchOnceAndNoOther(String backend, List<String> switches)
      throws IOException {
    List<String> named = rows(backend).stream().flatMap(it -> it.switches().stream()).toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(switches);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void everyRowSaysWhatWeDoAndNamesTestsThatAreThere(String backend, List<String> switches)
      throws IOException {
    Set<String> there = tests();
    List<Row> rows = rows(backend);
    assertThat(rows).hasSizeGreaterThan(10);
    for (Row row : rows) {
      assertThat(row.handling()).as(row.question()).isNotBlank();
      assertThat(row.tests()).as(row.question()).isNotEmpty();
      assertThat(there).as(row.question()).containsAll(row.tests());
    }
  }

  /** The rows of the one table whose first column is headed "question". */
  private static List<Row> rows(String backend) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs", "backends", backend + ".md"));
    List<Integer> heads = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("| question |")) {
        heads.add(i);
      }
    }
    assertThat(heads).as("tables of open questions in %s.md", backend).hasSize(1);
    List<Row> rows = new ArrayList<>();
    for (int i = heads.getFirst() + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
      String[] cells = lines.get(i).split("\\|", -1);
      assertThat(cells).as(lines.get(i)).hasSize(6);
      rows.add(new Row(cells[1].strip(), cells[2].strip(), code(cells[3]), code(cells[4])));
    }
    return rows;
  }

  private static List<String> code(String cell) {
    Matcher found = CODE.matcher(cell);
    List<String> words = new ArrayList<>();
    while (found.find()) {
      words.add(found.group(1));
    }
    return words;
  }

  /** Every test class and test method there is. */
  private static Set<String> tests() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
      sources
          .filter(it -> it.toString().endsWith(".java"))
          .forEach(
              source -> {
                Matcher test = TEST.matcher(text(source));
                while (test.find()) {
                  names.add(test.group(1));
                  names.add(source.getFileName().toString().replace(".java", ""));
                }
              });
    }
    return names;
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
