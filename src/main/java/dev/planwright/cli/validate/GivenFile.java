package dev.planwright.cli.validate;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The documents of one file.
 *
 * @param name as it was named, or {@code stdin}
 * @param mustBeManifests whether somebody named it, so that anything else in it is a mistake; a
 *     directory may hold other files too
 * @param documents up to the first place where the YAML itself breaks
 * @param broken why it breaks there
 */
record GivenFile(
    String name, boolean mustBeManifests, List<Node> documents, Optional<Note> broken) {
  /** What the standard input is called. */
  static final String STDIN = "stdin";

  private static final int DEPTH = 32;

  /** What an API server stores of one object at most, in bytes. */
  private static final int LONGEST_WORD = 1_572_864;

  /** What some editors begin a file with: where files are joined, it stands behind the dashes. */
  private static final Pattern BYTE_ORDER_MARK =
      Pattern.compile("(\\A|^---[^\\n]*\\n)\uFEFF", Pattern.MULTILINE);

  GivenFile {
    documents = List.copyOf(documents);
  }

  /** Whether there is nothing in it but comments. */
  boolean isEmpty() {
    return broken.isEmpty()
        && documents.stream()
            .allMatch(
                node -> node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL));
  }

  /**
   * The files of manifests in a directory, in the order of their names: without what is hidden, and
   * without directories named {@code testdata}, which hold fixtures of tests and nothing to apply.
   */
  static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(file -> isManifest(directory, file)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isManifest(Path directory, Path file) {
    String name = String.valueOf(file.getFileName());
    boolean isLeftOut =
        Stream.iterate(file, at -> !at.equals(directory), Path::getParent)
            .map(at -> String.valueOf(at.getFileName()))
            .anyMatch(part -> part.startsWith(".") || part.equals("testdata"));
    return !isLeftOut && name.matches("(?i).*\\.(ya?ml|json)") && Files.isRegularFile(file);
  }

  static GivenFile read(Path file, boolean mustBeManifests) {
    String name = file.toString();
    try {
      return parse(name, mustBeManifests, Files.readAllBytes(file));
    } catch (IOException e) {
      return unusable(name, Place.whole(name), "cannot be read: " + reason(e));
    }
  }

  /** The words of a failure for people: the kind says what the message leaves out. */
  static String reason(IOException e) {
    String kind = e.getClass().getSimpleName().replaceAll("(Exception|FileSystem)", "");
    return kind.isEmpty() || e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  static GivenFile parse(String name, boolean mustBeManifests, byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return unusable(name, Place.whole(name), "is no text in UTF-8");
    }
    String clean = BYTE_ORDER_MARK.matcher(text).replaceAll("$1");
    if (!JsonStream.mayBe(clean)) {
      return compose(name, mustBeManifests, clean);
    }
    JsonStream.Read json = JsonStream.read(name, clean);
    GivenFile read = new GivenFile(name, mustBeManifests, json.documents(), json.broken());
    if (json.broken().isEmpty()) {
      return read;
    }
    // A map of YAML may begin with a brace too.
    GivenFile yaml = compose(name, mustBeManifests, clean);
    return yaml.broken().isPresent() && !json.documents().isEmpty() ? read : yaml;
  }

  private static GivenFile compose(String name, boolean mustBeManifests, String text) {
    Optional<Note> endless = endlessWord(name, text);
    if (endless.isPresent()) {
      return new GivenFile(name, mustBeManifests, List.of(), endless);
    }
    List<Node> documents = new ArrayList<>();
    try {
      for (Node document : new Yaml(new SafeConstructor(options())).composeAll(reader(text))) {
        documents.add(document);
      }
      return new GivenFile(name, mustBeManifests, documents, Optional.empty());
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      Place place =
          mark == null
              ? Place.whole(name)
              : new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
      String problem = e.getProblem() == null ? "it cannot be parsed" : e.getProblem();
      return new GivenFile(
          name,
          mustBeManifests,
          documents,
          Optional.of(Note.unusable(place, "is no YAML: " + oneLine(problem) + hint(text))));
    } catch (YAMLException e) {
      return new GivenFile(
          name,
          mustBeManifests,
          documents,
          Optional.of(
              Note.unusable(
                  Place.whole(name),
                  "is no YAML: " + oneLine(String.valueOf(e.getMessage())) + hint(text))));
    }
  }

  /**
   * The parser reads a word again for each thousand letters of it: one of millions takes minutes.
   */
  private static Optional<Note> endlessWord(String name, String text) {
    int line = 1;
    int lineStart = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char at = i == text.length() ? '\n' : text.charAt(i);
      if (!Character.isWhitespace(at)) {
        continue;
      }
      if (i - start > LONGEST_WORD) {
        return Optional.of(
            Note.unusable(
                new Place(name, line, start - lineStart + 1),
                "has a word of "
                    + (i - start)
                    + " characters, and no object of Kubernetes may be as long"
                    + hint("")));
      }
      start = i + 1;
      if (at == '\n') {
        line++;
        lineStart = start;
      }
    }
    return Optional.empty();
  }

  private static Reader reader(String text) {
    return new StringReader(text);
  }

  /** What to do about a text that is made into manifests by something else. */
  static String hint(String text) {
    return text.contains("{{")
        ? "; it looks like a template: render it first, as in \"helm template . | planwright"
            + " validate -\""
        : "; mend it, or leave the file out";
  }

  private static GivenFile unusable(String name, Place place, String message) {
    return new GivenFile(name, true, List.of(), Optional.of(Note.unusable(place, message)));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    // Ten thousand manifests are a few million letters; how much an anchor may blow up is watched
    // when the document is converted.
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(10_000);
    return options;
  }
}
