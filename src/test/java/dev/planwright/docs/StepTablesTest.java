package dev.planwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.operator.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom each step touches: each backend's page shows the table that its planner decides by. */
class StepTablesTest {
  static Stream<String> providers() {
    return Providers.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void thePageShowsTheTableThatTheCodeDecidesBy(String name) throws IOException {
    ProviderFactory factory = Optional.ofNullable(Providers.all().get(name)).orElseThrow();
    List<String> page = Files.readAllLines(Path.of("docs/backends/" + name + ".md"));
    int head = head(page);
    boolean byPolicy = page.get(head).contains("Keep");

    List<String> shown =
        page.stream()
            .skip(head + 2L)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.replace("**", "").replace("`", ""))
            .toList();

    assertThat(shown)
        .containsExactlyElementsOf(
            factory.affects().stream().map(row -> line(row, byPolicy)).toList());
    if (!byPolicy) {
      assertThat(factory.affects()).allMatch(row -> row.underKeep() == row.underMigrate());
    }
  }

  private static int head(List<String> page) {
    for (int i = 0; i < page.size(); i++) {
      if (page.get(i)
          .matches("\\|[^|]*\\|( affects \\|| (under )?Keep \\| (under )?Migrate \\|) why \\|")) {
        return i;
      }
    }
    throw new AssertionError("the page has no table of whom a step touches");
  }

  private static String line(AffectsRow row, boolean byPolicy) {
    String whom =
        byPolicy
            ? words(row.underKeep()) + " | " + words(row.underMigrate())
            : words(row.underKeep());
    return "| %s | %s | %s |".formatted(row.what(), whom, row.why());
  }

  private static String words(Affects affects) {
    return switch (affects) {
      case NOBODY -> "nobody";
      case NEW_SUBSCRIBERS -> "new subscribers";
      case EXISTING_SUBSCRIBERS -> "existing subscribers";
    };
  }
}
