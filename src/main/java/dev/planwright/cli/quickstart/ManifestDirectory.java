package dev.planwright.cli.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The manifests of a directory, looked at again and again. Editors write a file in several steps,
 * or move it away for a moment: a change counts when two looks in a row see the same, and a file
 * that cannot be read as a whole keeps the objects that it had, so that nothing is deleted for
 * being half written.
 */
final class ManifestDirectory {
  private static final int DEPTH = 16;

  private record Stamp(long size, FileTime modified) {}

  private record Entry(Stamp stamp, List<Manifest> manifests, List<Manifest.Problem> problems) {}

  private final Path directory;
  private final Map<Path, Entry> entries = new TreeMap<>();
  private Map<Path, Stamp> lastSeen = new HashMap<>();
  private Set<Path> missing = new HashSet<>();
  private List<Manifest.Problem> wholeProblems = List.of();
  private boolean first = true;

  ManifestDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Looks.
   *
   * @return whether objects or problems may differ from before
   */
  boolean look() {
    Map<Path, Stamp> now;
    try {
      now = files();
      if (!wholeProblems.isEmpty()) {
        wholeProblems = List.of();
      }
    } catch (IOException | UncheckedIOException e) {
      List<Manifest.Problem> before = wholeProblems;
      wholeProblems =
          List.of(
              new Manifest.Problem(
                  directory, 0, "cannot be listed, everything stays as it is: " + e.getMessage()));
      return before.isEmpty();
    }
    boolean changed = false;
    for (Map.Entry<Path, Stamp> file : now.entrySet()) {
      Entry known = entries.get(file.getKey());
      boolean isNew = known == null || !known.stamp().equals(file.getValue());
      if (isNew && (first || file.getValue().equals(lastSeen.get(file.getKey())))) {
        entries.put(file.getKey(), read(file.getKey(), file.getValue(), known));
        changed = true;
      }
    }
    Set<Path> gone = new HashSet<>(entries.keySet());
    gone.removeAll(now.keySet());
    for (Path file : gone) {
      if (missing.contains(file)) {
        entries.remove(file);
        changed = true;
      }
    }
    missing = gone;
    lastSeen = now;
    first = false;
    return changed;
  }

  private static Entry read(
      Path file, Stamp stamp, @org.jspecify.annotations.Nullable Entry known) {
    List<Manifest> before = known == null ? List.of() : known.manifests();
    ManifestReader.Content content = ManifestReader.read(file);
    if (!content.problems().isEmpty()) {
      return new Entry(stamp, before, content.problems());
    }
    if (content.manifests().isEmpty() && !before.isEmpty()) {
      return new Entry(
          stamp,
          before,
          List.of(
              new Manifest.Problem(
                  file, 0, "is empty now: its objects stay; to delete them, delete the file")));
    }
    return new Entry(stamp, content.manifests(), List.of());
  }

  /** Whether there is any file of manifests. */
  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The objects by name; of an object that is written twice the first, in the order of files. */
  Map<ObjectRef, Manifest> manifests() {
    Map<ObjectRef, Manifest> all = new TreeMap<>();
    entries
        .values()
        .forEach(entry -> entry.manifests().forEach(one -> all.putIfAbsent(one.ref(), one)));
    return all;
  }

  /** Everything that is wrong with files. */
  List<Manifest.Problem> problems() {
    List<Manifest.Problem> problems = new ArrayList<>(wholeProblems);
    Map<ObjectRef, Manifest> firsts = manifests();
    for (Entry entry : entries.values()) {
      problems.addAll(entry.problems());
      for (Manifest manifest : entry.manifests()) {
        Manifest used = firsts.get(manifest.ref());
        if (used != null && !used.equals(manifest)) {
          problems.add(
              new Manifest.Problem(
                  manifest.file(),
                  manifest.line(),
                  manifest.ref()
                      + " is written in "
                      + used.file()
                      + ":"
                      + used.line()
                      + " too, and that one counts"));
        }
      }
    }
    return problems;
  }

  private Map<Path, Stamp> files() throws IOException {
    Map<Path, Stamp> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) all.filter(ManifestDirectory::isManifest)::iterator) {
        try {
          BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
          if (attributes.isRegularFile()) {
            files.put(file, new Stamp(attributes.size(), attributes.lastModifiedTime()));
          }
        } catch (NoSuchFileException e) {
          // Gone since it was listed: the next look tells whether it stays away.
          files.remove(file);
        }
      }
    }
    return files;
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
  }
}
