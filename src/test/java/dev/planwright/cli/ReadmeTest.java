package dev.planwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+?)(#[^)]*)?\\)");

  @Test
  void everyLinkInADocumentLeadsSomewhere() throws IOException {
    for (Path document : documents()) {
      List<String> links =
          LINK.matcher(Files.readString(document).replaceAll("`[^`]*`", ""))
              .results()
              .map((MatchResult link) -> link.group(1))
              .filter(link -> !link.matches("[a-z]+:.*"))
              .toList();
      for (String link : links) {
        assertThat(document.resolveSibling(link)).as("link in %s", document).exists();
      }
    }
  }

  @Test
  void everyDocumentAndEveryCommandIsInTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      docs.filter(Files::isRegularFile)
          .forEach(doc -> assertThat(readme).contains("](" + doc + ")"));
    }
    Main.commandLine()
        .getSubcommands()
        .keySet()
        .forEach(command -> assertThat(readme).contains("./planwright " + command));
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md")), docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }
}
