package dev.planwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadmeTest {
  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsExplainedInTheWordsOfTheCode(Reason reason) throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains("| `%s` | %s | %s |".formatted(reason, reason.meaning(), reason.whatToDo()));
  }
}
