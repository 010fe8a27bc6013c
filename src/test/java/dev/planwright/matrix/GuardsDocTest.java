package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/guards.md} is what the planners decide by. Written anew with {@code
 * -Dplanwright.update=true}.
 */
class GuardsDocTest {
  private static final Path FILE = Path.of("docs", "guards.md");

  @Test
  void theDocumentSaysWhatTheCodeDecidesBy() throws IOException {
    String wanted = text();
    if (Boolean.getBoolean("planwright.update")) {
      Files.writeString(FILE, wanted);
    }

    assertThat(Files.readString(FILE))
        .as("run the test once with -Dplanwright.update=true, and read the difference")
        .isEqualTo(wanted);
  }

  private static String text() {
    StringBuilder text =
        new StringBuilder(
            """
            # Whom a change touches

            Every step that is sent to a billing system says whom it touches. Under
            `existingSubscribers: Keep` a step that touches existing subscribers is not sent while there
            are any, or while they cannot be counted. Under `Migrate` it is sent once it was approved,
            with the annotation `planwright.dev/approve`. It makes no difference whether the change comes
            from an edit, from drift that is put back, or from an adoption.

            This page is made from the tables that the code decides by, and a test tries every row.
            """);
    for (BackendUnderTest backend : Backends.OFFERED) {
      text.append("\n## ").append(backend.name()).append("\n\n");
      text.append("| what changes | under Keep | under Migrate | why |\n|---|---|---|---|\n");
      for (AffectsRow row : backend.factory().affects()) {
        text.append("| ")
            .append(row.what().contains("*") ? "`" + row.what() + "`" : row.what())
            .append(" | ")
            .append(word(row.underKeep()))
            .append(" | ")
            .append(word(row.underMigrate()))
            .append(" | ")
            .append(row.why())
            .append(" |\n");
      }
    }
    return text.toString();
  }

  private static String word(Affects affects) {
    return switch (affects) {
      case NOBODY -> "nobody";
      case NEW_SUBSCRIBERS -> "new subscribers";
      case EXISTING_SUBSCRIBERS -> "**existing subscribers**";
    };
  }
}
