package dev.planwright.cli.validate;

import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.catalog.Compilation;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.cli.validate.Note.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything there is to say, each thing once and at its place: what the schema refuses the
 * compiler refuses too, in better words.
 */
final class Findings {
  /** What a schema can tell better, since it knows the words that there are. */
  private static final Set<Rule> BETTER_BY_SCHEMA = Set.of(Rule.KNOWN_FIELD, Rule.ENUM);

  private record BySchema(Note note, String path, boolean broad) {}

  private final Map<String, Given> objects = new HashMap<>();
  private final Map<String, List<BySchema>> bySchema = new HashMap<>();
  private final Set<String> withoutSpec = new HashSet<>();
  private final List<Note> notes = new ArrayList<>();
  private final Set<Note> said = new HashSet<>();

  /** Lets what is said of the object be found. */
  void know(Given given) {
    objects.put(given.title(), given);
  }

  /** Has nothing said of what an object lacks in its spec: that there is none is told. */
  void hasNoSpec(Given given) {
    withoutSpec.add(given.title());
  }

  void add(Note note) {
    if (said.add(note)) {
      notes.add(note);
    }
  }

  /** What the schema refuses of an object. */
  void schema(Given given, List<Schema.Breach> breaches) {
    for (Schema.Breach breach : breaches) {
      Spot spot = Spot.of(given.document(), breach.path());
      String value = breach.value().isEmpty() ? "" : spot.written().orElse(breach.value());
      Violation violation =
          new Violation(given.title(), breach.path(), value, breach.problem(), breach.instead());
      bySchema
          .computeIfAbsent(given.title(), title -> new ArrayList<>())
          .add(
              new BySchema(
                  note(Severity.ERROR, spot.in(given.file()), violation, Reason.INVALID_SPEC),
                  spot.path(),
                  breach.rule().equals(Optional.of(Rule.REQUIRED))
                      || breach.problem().equals(Schema.TWICE)));
    }
  }

  /** What the compiler refuses. */
  void compiler(List<Compilation.Finding> findings) {
    for (Compilation.Finding finding : findings) {
      Violation violation = finding.violation();
      Given given = objects.get(violation.object());
      if (given == null) {
        violation(Severity.ERROR, violation, reason(finding.rule()));
        continue;
      }
      if (withoutSpec.contains(given.title())) {
        continue;
      }
      Spot spot = Spot.of(given.document(), violation.field());
      List<BySchema> known = bySchema.getOrDefault(given.title(), new ArrayList<>());
      boolean better =
          BETTER_BY_SCHEMA.contains(finding.rule())
              && known.stream()
                  .anyMatch(one -> isAt(spot.path(), one.path()) || isAt(one.path(), spot.path()));
      if (!better) {
        known.removeIf(one -> one.path().equals(spot.path()) || isBroadAbove(one, spot.path()));
        add(note(Severity.ERROR, spot.in(given.file()), violation, reason(finding.rule())));
      }
    }
  }

  private static Reason reason(Rule rule) {
    return rule == Rule.URL_SECURE ? Reason.INSECURE_URL : Reason.INVALID_SPEC;
  }

  /** Something about a field of an object that was given. */
  void violation(Severity severity, Violation violation, Reason reason) {
    Given given = objects.get(violation.object());
    Place place =
        given == null
            ? Place.NOWHERE
            : Spot.of(given.document(), violation.field()).in(given.file());
    add(note(severity, place, violation, reason));
  }

  /**
   * What a backend or the compiler warns of.
   *
   * @param text the operator's own words, which may begin with object and field
   */
  void warning(Given plan, String text) {
    String[] words = text.split("[ :]", 4);
    Given other = words.length > 2 ? objects.get(words[0] + " " + words[1]) : null;
    boolean hasField = other != null && words[2].startsWith("spec.");
    Given of = other == null ? plan : other;
    String field = hasField ? words[2] : "";
    add(
        new Note(
            Severity.WARNING,
            Spot.of(of.document(), field).in(of.file()),
            of.title(),
            field,
            "",
            other == null ? plan.title() + ": " + text : text));
  }

  /** What only the cluster or the account can tell. */
  void offline(Place place, String object, String field, String message) {
    add(new Note(Severity.OFFLINE, place, object, field, "", object + ": " + message));
  }

  /** All, in the order of files and lines. */
  List<Note> all() {
    List<Note> all = new ArrayList<>(notes);
    bySchema.values().forEach(list -> list.forEach(one -> all.add(one.note())));
    all.sort(
        Comparator.comparing((Note note) -> note.place().file())
            .thenComparing(note -> note.place().line())
            .thenComparing(note -> note.place().column())
            .thenComparing(Note::severity));
    return List.copyOf(all);
  }

  private static boolean isAt(String path, String other) {
    return path.equals(other) || path.startsWith(other + ".") || path.startsWith(other + "[");
  }

  private static boolean isBroadAbove(BySchema one, String path) {
    return one.broad() && path.startsWith(one.path() + ".");
  }

  private static Note note(Severity severity, Place place, Violation violation, Reason reason) {
    return new Note(
        severity,
        place,
        violation.object(),
        violation.field(),
        reason.toString(),
        violation.message());
  }
}
