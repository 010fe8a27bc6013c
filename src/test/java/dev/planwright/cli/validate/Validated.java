package dev.planwright.cli.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.operator.Providers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What {@code planwright validate} answered, for tests of every package.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it printed beside
 */
public record Validated(int code, String out, String err) {
  /** Manifests on standard input. */
  public static Validated of(String yaml) {
    return of(yaml, Optional.empty(), Validator.Format.TEXT, "-");
  }

  /** Manifests on standard input, for a billing system that was not given. */
  public static Validated forBackend(String provider, String yaml) {
    return of(yaml, Optional.of(provider), Validator.Format.TEXT, "-");
  }

  /** Manifests on standard input, with what a program reads. */
  public static Validated asJson(String yaml) {
    return of(yaml, Optional.empty(), Validator.Format.JSON, "-");
  }

  /** Files, for a billing system that was not given. */
  public static Validated files(Optional<String> provider, String... inputs) {
    return of("", provider, Validator.Format.TEXT, inputs);
  }

  static Validated of(
      String yaml, Optional<String> provider, Validator.Format format, String... inputs) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new Validator(
                Providers.all(),
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err))
            .run(
                new Validator.Request(
                    List.of(inputs), "default", provider, false, format, Path.of("production")));
    return new Validated(code, out.toString(), err.toString());
  }

  /** The lines that are errors. */
  public List<String> errors() {
    return out.lines().filter(line -> line.contains(": error: ")).toList();
  }

  /** Why, for each error; this and the next under {@code -o json} only. */
  public SortedSet<String> reasons() {
    return each(finding -> finding.path("reason").asText());
  }

  /** Object and field of each error. */
  public SortedSet<String> fieldsAtFault() {
    return each(finding -> finding.path("object").asText() + " " + finding.path("field").asText());
  }

  private SortedSet<String> each(Function<JsonNode, String> word) {
    SortedSet<String> words = new TreeSet<>();
    json()
        .path("findings")
        .valueStream()
        .filter(finding -> finding.path("severity").asText().equals("error"))
        .forEach(finding -> words.add(word.apply(finding)));
    return words;
  }

  /** The words of the warnings, without their places. */
  public List<String> warnings() {
    String mark = ": warning: ";
    return out.lines()
        .filter(line -> line.contains(mark))
        .map(line -> line.substring(line.indexOf(mark) + mark.length()))
        .toList();
  }

  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
