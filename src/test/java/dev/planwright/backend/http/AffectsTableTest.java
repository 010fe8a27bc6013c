package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffectsTableTest {
  @Test
  void thePageShowsExactlyTheTableThatTheCodeDecidesBy() throws IOException {
    List<String> shown =
        Files.readAllLines(Path.of("docs/backends/http.md")).stream()
            .dropWhile(line -> !line.startsWith("| field | Keep | Migrate |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(shown)
        .containsExactlyElementsOf(
            AffectsTable.ROWS.stream()
                .map(
                    row ->
                        "| `%s` | %s | %s | %s |"
                            .formatted(
                                row.field(), words(row.keep()), words(row.migrate()), row.why()))
                .toList());
  }

  @Test
  void aFieldWithoutARowIsTakenToTouchWhoAlreadyPays() {
    assertThat(AffectsTable.of("prices.*.surcharge", ExistingSubscribers.KEEP))
        .isEqualTo(Affects.EXISTING_SUBSCRIBERS);
  }

  @Test
  void underKeepNothingReachesWhoAlreadyPays() {
    assertThat(AffectsTable.ROWS).noneMatch(row -> row.keep() == Affects.EXISTING_SUBSCRIBERS);
  }

  private static String words(Affects affects) {
    return switch (affects) {
      case NOBODY -> "nobody";
      case NEW_SUBSCRIBERS -> "new subscribers";
      case EXISTING_SUBSCRIBERS -> "existing subscribers";
    };
  }
}
