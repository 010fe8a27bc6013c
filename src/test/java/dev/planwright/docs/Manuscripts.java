package dev.planwright.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every manifest that people may copy: YAML blocks of documents, and the examples. */
final class Manuscripts {
  private static final Pattern BLOCK =
      Pattern.compile("^( *)```ya?ml\\n(.*?)^ *```", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern GIT_TOOLS =
      Pattern.compile("^apiVersion: (argoproj|[a-z]+\\.toolkit\\.fluxcd)\\.io/", Pattern.MULTILINE);

  /**
   * Manifests that belong together.
   *
   * @param title where they stand
   * @param yaml what they are
   */
  record Manuscript(String title, String yaml) {
    /** Without the objects of Argo CD and Flux, whose kinds are not ours to install. */
    Manuscript withoutGitTools() {
      String rest =
          Pattern.compile("^---\\s*$", Pattern.MULTILINE)
              .splitAsStream(yaml)
              .filter(document -> !GIT_TOOLS.matcher(document).find())
              .collect(Collectors.joining("---\n"));
      return new Manuscript(title, rest);
    }

    @Override
    public String toString() {
      return title;
    }
  }

  private Manuscripts() {}

  static List<Manuscript> all() {
    return Stream.concat(blocks(), examples()).toList();
  }

  /** Each block of a document by itself. */
  private static Stream<Manuscript> blocks() {
    return Stream.of(Path.of("README.md"), Path.of("docs"), Path.of("examples"))
        .flatMap(Manuscripts::files)
        .filter(file -> file.toString().endsWith(".md"))
        .flatMap(
            file -> {
              String text = read(file);
              return BLOCK
                  .matcher(text)
                  .results()
                  .map(
                      block ->
                          new Manuscript(
                              file + ":" + (text.substring(0, block.start()).lines().count() + 1),
                              block.group(2).stripIndent()));
            });
  }

  /**
   * The files of each folder together: they are applied so. The health scripts of Argo CD and what
   * they are tested with are not applied.
   */
  private static Stream<Manuscript> examples() {
    return files(Path.of("examples"))
        .filter(file -> file.toString().matches(".*\\.ya?ml"))
        .map(Path::getParent)
        .filter(folder -> !folder.toString().contains("resource_customizations"))
        .distinct()
        .map(
            folder -> {
              String yaml =
                  files(folder)
                      .filter(file -> folder.equals(file.getParent()))
                      .filter(file -> file.toString().matches(".*\\.ya?ml"))
                      .map(Manuscripts::read)
                      .reduce("", (all, one) -> all + "---\n" + one + "\n");
              return new Manuscript(folder.toString(), yaml);
            });
  }

  private static Stream<Path> files(Path from) {
    try (Stream<Path> all = Files.walk(from)) {
      return all.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
