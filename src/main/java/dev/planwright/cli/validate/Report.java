package dev.planwright.cli.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.cli.validate.Note.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Prints what came of a validation. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final Path builtFrom;

  /**
   * A report.
   *
   * @param builtFrom where the paths start that Kustomize wrote down
   */
  Report(PrintWriter out, Path builtFrom) {
    this.out = out;
    this.builtFrom = builtFrom;
  }

  void print(Validation.Result result, Validator.Format format) {
    switch (format) {
      case TEXT -> {
        result.notes().forEach(this::text);
        out.println(result.summary());
      }
      case JSON -> json(result);
      case GITHUB -> {
        result.notes().forEach(note -> annotation(note, origin(result, note)));
        out.println(oneLine(result.summary()));
      }
    }
    out.flush();
  }

  private void text(Note note) {
    Place place = note.place();
    String where =
        place.file().isEmpty()
            ? ""
            : place + (place.line() == 0 ? ": " : ":" + place.column() + ": ");
    out.println(oneLine(where + note.severity().word() + ": " + note.message()));
  }

  private void json(Validation.Result result) {
    ObjectNode all = JSON.createObjectNode();
    all.put("valid", result.exitCode() == 0);
    ArrayNode findings = all.putArray("findings");
    for (Note note : result.notes()) {
      ObjectNode finding = findings.addObject();
      finding.put("severity", severity(note.severity()));
      finding.put("file", note.place().file());
      origin(result, note).ifPresent(path -> finding.put("origin", path));
      finding.put("line", note.place().line());
      finding.put("column", note.place().column());
      finding.put("object", note.object());
      finding.put("field", note.field());
      finding.put("reason", note.reason());
      finding.put("message", note.message());
    }
    ObjectNode summary = all.putObject("summary");
    summary.put("files", result.files());
    ObjectNode objects = summary.putObject("objects");
    result.objects().forEach(objects::put);
    summary.put("ignoredDocuments", result.others());
    for (Severity severity : Severity.values()) {
      summary.put(severity(severity), result.count(severity));
    }
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can be written", e);
    }
  }

  /** {@code unusable}, {@code error}, {@code warning}, {@code offline}. */
  private static String severity(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  /** The file of this checkout that an object of standard input was made from. */
  private Optional<String> origin(Validation.Result result, Note note) {
    return Optional.ofNullable(result.origins().get(note.object()))
        .filter(path -> note.place().file().equals(GivenFile.STDIN))
        .map(path -> fromHere(builtFrom.resolve(path).toString()));
  }

  private void annotation(Note note, Optional<String> origin) {
    Place place = note.place();
    StringBuilder line = new StringBuilder("::").append(command(note.severity())).append(' ');
    boolean isFile = !place.file().isEmpty() && !place.file().equals(GivenFile.STDIN);
    origin.ifPresent(path -> line.append("file=").append(property(path)).append(','));
    if (isFile) {
      line.append("file=").append(property(fromHere(place.file()))).append(',');
      if (place.line() > 0) {
        line.append("line=")
            .append(place.line())
            .append(",col=")
            .append(place.column())
            .append(',');
      }
    }
    String title = note.reason().isEmpty() ? note.severity().word() : note.reason();
    line.append("title=").append(property(title)).append("::");
    line.append(message((isFile || place.file().isEmpty() ? "" : place + ": ") + note.message()));
    out.println(line);
  }

  private static String command(Severity severity) {
    return switch (severity) {
      case UNUSABLE, ERROR -> "error";
      case WARNING -> "warning";
      case OFFLINE -> "notice";
    };
  }

  /** GitHub knows files from the top of the checkout, where a workflow runs. */
  private static String fromHere(String file) {
    Path here = Path.of("").toAbsolutePath();
    Path there = here.resolve(file).normalize();
    return there.startsWith(here) ? here.relativize(there).toString() : file;
  }

  private static String message(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return message(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }
}
